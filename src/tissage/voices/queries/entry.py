"""Checking lines before they are recorded: what they say, and what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from tissage.core.criteria import search_columns
from tissage.core.entry import CheckedLine, check_lines, read_note
from tissage.core.folding import fold
from tissage.core.nomenclature import COMPONENT, Nomenclature
from tissage.frameworks.queries import explain, territory_nomenclature
from tissage.people.models import Territory
from tissage.voices.models import Criterion, HomogeneousGroup, Question


@dataclass(frozen=True, slots=True)
class LineView:
    """A checked line as the person reads it: its code in words, the standing of its label, what is worth a look."""

    line: CheckedLine
    code: str = ""
    words: str = ""
    label_status: str = ""
    notices: tuple[str, ...] = ()
    error: str = ""
    """Why the line cannot be read, in the language of the screen."""

    @property
    def is_good(self) -> bool:
        return self.line.entry is not None


def check_entry(text: str, *, territory: Territory, group: HomogeneousGroup | None, question: Question | None) -> list[LineView]:
    """Every line of criteria, with notices: a code the nomenclature does not know, words said already. At most three queries."""
    lines = check_lines(text)
    nomenclature = territory_nomenclature(territory)
    known = _already_said([line for line in lines if line.entry], group, question)
    seen: dict[str, int] = {}
    return [_view(line, nomenclature, known, seen) for line in lines]


def check_notes(text: str) -> list[LineView]:
    """Every line of raw notes. Two people may say the same words: nothing is pointed out."""
    return [_refused(line) if line.refusal else LineView(line) for line in check_lines(text, read_note)]


def _refused(line: CheckedLine) -> LineView:
    assert line.refusal is not None
    return LineView(line, error=explain(line.refusal))


def _already_said(lines: list[CheckedLine], group: HomogeneousGroup | None, question: Question | None) -> set[str]:
    if group is None or question is None or not lines:
        return set()
    keys = {search_columns(line.entry.text)[1] for line in lines if line.entry}
    said = Criterion.objects.live().filter(group=group, question=question, sort_key__in=keys).order_by()
    return {search.partition("\n")[0] for search in said.values_list("search", flat=True)}


def _view(line: CheckedLine, nomenclature: Nomenclature, known: set[str], seen: dict[str, int]) -> LineView:
    if line.entry is None:
        return _refused(line)
    language = (get_language() or "fr").split("-")[0]
    notices = []
    key = fold(line.entry.text)
    if key in seen:
        notices.append(gettext("Mêmes mots qu’à la ligne %(number)s.") % {"number": seen[key]})
    elif key in known:
        notices.append(gettext("Ce groupe l’a déjà dit, mot pour mot, à cette question."))
    seen.setdefault(key, line.number)
    code = line.entry.code
    if code is None:
        return LineView(line, notices=tuple(notices))
    if nomenclature.unknown_parts(code):
        notices.append(gettext("Ce code n’est pas dans la nomenclature du territoire ; il sera gardé tel quel."))
    term = nomenclature.get(COMPONENT, code.object)
    return LineView(line, str(code), nomenclature.explain(code, language), term.status if term else "", tuple(notices))
