"""Questions put in more than one wording: answers to different wordings are never pooled without saying so (`spiral.md` §3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tissage.core.folding import fold
from tissage.core.synthesis import Cell
from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis
from tissage.voices.models import WorkshopQuestion

Asked = tuple[int, str, str, str]
Wordings = dict[str, tuple[str, ...]]


def wordings_asked(territory: Territory, cells: Iterable[Cell]) -> list[Asked]:
    """(group, question, language, wording) as put at workshops, for groups that answered that question; oldest workshop first."""
    answered = {(cell.group, cell.question) for cell in cells}
    rows = (
        WorkshopQuestion.objects.filter(workshop__territory=territory)
        .order_by("workshop__held_on", "workshop", "position", "pk")
        .values_list("workshop__group", "question__code", "language", "wording")
    )
    found = dict.fromkeys((group, code, language, wording.strip()) for group, code, language, wording in rows if wording.strip())
    return [one for one in found if one[:2] in answered]


def differing(asked: Iterable[Asked]) -> Wordings:
    """By question, its wordings when there are several in one language. Case, accents, spaces and punctuation make no wording."""
    by_question: dict[str, dict[tuple[str, str], str]] = {}
    for _group, code, language, wording in asked:
        by_question.setdefault(code, {}).setdefault((language, _bare(wording)), wording)
    return {code: tuple(met.values()) for code, met in by_question.items() if len({language for language, _ in met}) < len(met)}


def _bare(wording: str) -> str:
    return " ".join(re.findall(r"\w+", fold(wording)))


def live_wordings(territory: Territory, cells: Iterable[Cell]) -> Wordings:
    return differing(wordings_asked(territory, cells))


def version_wordings(synthesis: Synthesis) -> Wordings:
    """As they were when the version was frozen, for the team."""
    return differing(_remembered(synthesis))


def public_wordings(synthesis: Synthesis, shown: Iterable[tuple[str, frozenset[int]]]) -> Wordings:
    """The same among the groups that are shown, by question: the wording put to a hidden group tells nothing of it."""
    members: dict[str, frozenset[int]] = {}
    for code, groups in shown:
        members[code] = members.get(code, frozenset()) | groups
    return differing(one for one in _remembered(synthesis) if one[0] in members.get(one[1], frozenset()))


def _remembered(synthesis: Synthesis) -> list[Asked]:
    return [(group, code, language, wording) for group, code, language, wording in synthesis.wordings]
