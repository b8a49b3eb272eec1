"""What a workbook would change in a plan: the difference, what cannot be read, what is worth a look. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tissage.core.folding import fold
from tissage.core.messages import Message, gettext_noop, say
from tissage.core.plan_cells import split_list
from tissage.core.plan_merge import CREATED, Change, Difference, merge
from tissage.core.plan_rows import Problem, RawSheet, RowReader
from tissage.core.plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, PARTNERS, SHEETS
from tissage.plan.models import FundingLine, Observation, Plan
from tissage.plan.models.actions import ReviewState
from tissage.plan.queries.workbook import known_rows, vocabulary

LINE_FIELDS = ("funder", "basis", "function_code")


@dataclass(frozen=True, slots=True)
class Preview:
    """`notices` are worth a look and stop nothing; a row with a problem is left out of the difference."""

    difference: Difference
    problems: tuple[Problem, ...]
    notices: tuple[Message, ...]
    read: int

    def count(self, status: str, kind: str = "") -> int:
        return sum(one.status == status and (not kind or one.kind == kind) for one in self.difference.changes)

    @property
    def is_empty(self) -> bool:
        return not self.difference.changes


def compare_workbook(plan: Plan, sheets: Iterable[RawSheet], *, ours: bool) -> Preview:
    """Reads the sheets and sets them beside the plan as it is now. A constant number of queries."""
    chosen = list(sheets)
    words = vocabulary(plan)
    reader = RowReader(words, ours=ours)
    given = reader.read(chosen)
    kinds = {sheet.kind for sheet in chosen}
    difference = merge(known_rows(plan), given, kinds, reader.unread)
    problems = list(reader.problems)
    for row, first in difference.twice:
        # An amount or a figure said twice with the same words is a repeat; anything else is a question.
        said = gettext_noop("Cette ligne parle de « %(what)s », comme la ligne %(first)s. Une seule est lue : gardez celle qui convient.")
        problems.append(Problem(row.sheet, row.line, "", row.label, say(said, what=row.label, first=first)))
    kept, refused = _sound(plan, difference.changes)
    problems += refused
    difference = replace(difference, changes=tuple(kept))
    problems.sort(key=lambda one: ([sheet.title for sheet in chosen].index(one.sheet), one.line))
    return Preview(difference, tuple(problems), tuple(_notices(kept, difference, words.names)), len(given))


def _sound(plan: Plan, changes: Iterable[Change]) -> tuple[list[Change], list[Problem]]:
    """What can be written, and what cannot as things stand."""
    changes = list(changes)
    problems: list[Problem] = []
    waiting = _waiting_figures(plan, changes)
    lines = {(str(year), fold(label)): None for year, label in FundingLine.objects.filter(plan=plan).values_list("year", "label")}
    numbers = {str(one) for one in plan.actions.order_by("pk").values_list("sequence", flat=True)}
    indicators = {
        (str(number), fold(name)) for number, name in plan.actions.order_by("pk").values_list("sequence", "indicators__name") if name
    }
    indicators |= {(one.key[0], one.key[1]) for one in changes if one.kind == INDICATORS}
    made = {(one.key[1], one.key[2]) for one in changes if one.kind == AMOUNTS and any(field.name == "funder" for field in one.fields)}
    said_of_line: dict[tuple[str, str, str], str] = {}
    kept: list[Change] = []
    for one in changes:
        fields = {field.name: field for field in one.fields}
        refusal: Message | None = None
        if one.kind == ACTIONS and one.status != CREATED and "number" in fields and fields["number"].new in numbers:
            refusal = say(
                gettext_noop("Le numéro %(number)s est celui d’une autre action. Choisissez-en un libre."), number=fields["number"].new
            )
        elif one.kind == FIGURES and one.pk in waiting:
            refusal = say(
                gettext_noop("Ce chiffre est en relecture (%(state)s) : approuvez-le ou renvoyez-le d’abord."), state=waiting[one.pk or 0]
            )
        elif one.kind == FIGURES and one.status == CREATED and one.key[:2] not in indicators:
            refusal = say(gettext_noop("Cette action n’a pas d’indicateur de ce nom. Ajoutez-le dans la feuille des indicateurs."))
        elif one.kind == AMOUNTS:
            place = (one.key[1], one.key[2])
            if one.status == CREATED and place not in lines and place not in made:
                refusal = say(gettext_noop("Cette ligne de financement est nouvelle : dites son pouvoir subsidiant."))
            for name in LINE_FIELDS:
                if refusal is None and name in fields and said_of_line.setdefault((*place, name), fields[name].new) != fields[name].new:
                    refusal = say(gettext_noop("Une autre rangée de la même ligne de financement dit autre chose. Accordez-les."))
        if refusal is None:
            kept.append(one)
        else:
            column = one.fields[0].name if one.fields else ""
            heading = SHEETS[one.kind].column(column).heading if column else ""
            problems.append(Problem(one.sheet, one.line, heading, one.label, refusal))
    return kept, problems


def _waiting_figures(plan: Plan, changes: list[Change]) -> dict[int, str]:
    rows = Observation.objects.filter(indicator__action__plan=plan).exclude(state=ReviewState.APPROVED).order_by("pk")
    touched = {one.pk for one in changes if one.kind == FIGURES}
    return {pk: str(ReviewState(state).label) for pk, state in rows.values_list("pk", "state") if pk in touched}


def _notices(changes: list[Change], difference: Difference, known: Mapping[str, str]) -> Iterable[Message]:
    """New organisations and neighbourhoods that the file would make, rows that are not in it."""
    new: dict[str, set[str]] = defaultdict(set)
    for one in changes:
        for field in one.fields:
            if field.name in ("lead_service", "funder") or (field.name == "organization" and one.kind in (PARTNERS, INDICATORS)):
                new["organization"].update(name for name in [field.new] if name and fold(name) not in known)
            elif field.name == "neighbourhoods":
                new["place"].update(name for name in split_list(field.new) if fold(name) not in known)
    if new["organization"]:
        said = gettext_noop("Organisations qui entreront dans le registre : %(names)s.")
        yield say(said, names=", ".join(sorted(new["organization"], key=fold)))
    if new["place"]:
        yield say(gettext_noop("Quartiers qui entreront dans la liste : %(names)s."), names=", ".join(sorted(new["place"], key=fold)))
    if difference.older:
        said = gettext_noop(
            "%(count)s ligne(s) ont changé dans Tissage depuis ce classeur, qui n’y touche pas : elles restent comme elles sont."
        )
        yield say(said, count=difference.older)
