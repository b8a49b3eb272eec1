"""The sheet of one workshop: every word of the group, coded or not, and what the group accepted of it.

It is handed to the group itself: nothing is suppressed, nothing is read beforehand. Words of a question still open, withdrawn words
and words of a phone set aside are not there; a card hidden on the wall is counted, not shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tissage.core.nomenclature import Nomenclature
from tissage.frameworks.queries import territory_nomenclature
from tissage.synthesis.models import SheetLink
from tissage.voices.models import Coding, Criterion, Expression, Question, Workshop


@dataclass(frozen=True, slots=True)
class Note:
    """One wording of one or several notes, exactly as written; `times` how many notes say exactly that."""

    text: str
    language: str = ""
    french_text: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Idea:
    """A criterion. `notes` are the notes it was made of, where their words differ from its own; `code` is empty while uncoded.

    `code_accepted` and `code_refused` say what the group answered when its code was read back; neither when nobody asked.
    """

    text: str
    language: str
    french_text: str
    expressions: int
    component: str
    code: str
    validated_on: dt.date | None
    notes: tuple[Note, ...] = ()
    code_accepted: bool = False
    code_refused: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was said to it. `wordings`: (language, exact words), empty when nobody noted them."""

    code: str
    title: str
    wordings: tuple[tuple[str, str], ...]
    ideas: tuple[Idea, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class WorkshopSheet:
    """`name` is how the group is called on this sheet: its internal name stays with the team. `hidden` cards are left out."""

    territory: str
    name: str
    held_on: dt.date
    place: str
    made_on: dt.date
    questions: tuple[Asked, ...]
    nomenclature: Nomenclature
    hidden: int = 0
    is_demonstration: bool = False
    address: str = ""
    until: dt.date | None = None

    @property
    def criteria(self) -> int:
        return sum(len(asked.ideas) for asked in self.questions)

    @property
    def expressions(self) -> int:
        """Every note: those that criteria stand for, and those that no criterion holds yet."""
        return sum(idea.expressions for asked in self.questions for idea in asked.ideas) + self.loose

    @property
    def loose(self) -> int:
        return sum(note.times for asked in self.questions for note in asked.notes)

    @property
    def validated_on(self) -> dt.date | None:
        """The last day on which the group accepted one of its criteria."""
        return max((idea.validated_on for asked in self.questions for idea in asked.ideas if idea.validated_on), default=None)

    def coded(self) -> dict[str, list[tuple[Asked, Idea]]]:
        """The coded criteria by component, dimensions and components in the order of the nomenclature, unknown codes last."""
        found: dict[str, list[tuple[Asked, Idea]]] = {}
        for asked in self.questions:
            for idea in asked.ideas:
                if idea.component:
                    found.setdefault(idea.component, []).append((asked, idea))
        order = [term.code for letter in self.nomenclature.dimensions for term in self.nomenclature.components_of(letter.code)]
        place = {code: position for position, code in enumerate(order)}
        return {code: found[code] for code in sorted(found, key=lambda code: (place.get(code, len(place)), code))}


def workshop_sheet(workshop: Workshop, *, day: dt.date, link: SheetLink | None = None, address: str = "") -> WorkshopSheet:
    """The sheet as it stands on `day`; with the address of its link, when the group accepted one and it is open. Four queries."""
    notes = list(
        Expression.objects.live()
        .filter(Q(workshop=workshop) | Q(criterion__workshop=workshop))
        .order_by("pk")
        .values_list("question_id", "criterion_id", "text", "language", "french_text", "hidden_at")
    )
    gathered = Expression.objects.live().filter(workshop=workshop, criterion__isnull=False).order_by().values("criterion")
    coding = Coding.objects.filter(criterion=OuterRef("pk"), superseded_at__isnull=True)
    criteria = list(
        Criterion.objects.live()
        .filter(Q(workshop=workshop) | Q(pk__in=gathered))
        .annotate(
            code_accepted=Exists(coding.filter(group_validated_on__isnull=False)),
            code_refused=Exists(coding.filter(group_disagreed_on__isnull=False)),
        )
        .order_by("pk")
    )
    words: dict[tuple[int, int | None], list[Note]] = {}
    hidden = 0
    for question, criterion, text, language, french, hidden_at in notes:
        if hidden_at is None:
            words.setdefault((question, criterion), []).append(Note(text, language, french))
        elif criterion is None:
            hidden += 1
    ideas: dict[int, list[Idea]] = {}
    for criterion_ in criteria:
        ideas.setdefault(criterion_.question_id, []).append(_idea(criterion_, words.get((criterion_.question_id, criterion_.pk), [])))
    group = workshop.group
    return WorkshopSheet(
        territory=workshop.territory.name,
        name=group.public_name,
        held_on=workshop.held_on,
        place=workshop.place,
        made_on=day,
        questions=tuple(_asked(workshop, ideas, words)),
        nomenclature=territory_nomenclature(workshop.territory),
        hidden=hidden,
        is_demonstration=workshop.territory.is_demonstration,
        address=address if link is not None and link.is_open_on(day) else "",
        until=link.expires_on if link is not None else None,
    )


def _asked(workshop: Workshop, ideas: dict[int, list[Idea]], words: dict[tuple[int, int | None], list[Note]]) -> Iterable[Asked]:
    """The questions put, in their order, then those that were answered without being noted as put."""
    wordings: dict[int, list[tuple[str, str]]] = {}
    for question, language, wording in workshop.questions.order_by("position", "pk").values_list("question_id", "language", "wording"):
        wordings.setdefault(question, []).append((language, wording))
    answered = set(ideas) | {question for question, criterion in words if criterion is None}
    questions = {question.pk: question for question in Question.objects.filter(territory=workshop.territory).order_by("position", "code")}
    order = [*wordings, *(pk for pk in questions if pk in answered and pk not in wordings)]
    for pk in order:
        loose = tuple(_counted(words.get((pk, None), [])))
        yield Asked(questions[pk].code, questions[pk].title, tuple(wordings.get(pk, ())), tuple(ideas.get(pk, ())), loose)


def _idea(criterion: Any, notes: list[Note]) -> Idea:
    own = (criterion.text, criterion.french_text)
    differing = [note for note in notes if (note.text, note.french_text) not in (own, (criterion.text, ""))]
    return Idea(
        text=criterion.text,
        language=criterion.language,
        french_text=criterion.french_text,
        expressions=criterion.expression_count,
        component=criterion.component,
        code=criterion.code,
        validated_on=criterion.group_validated_on,
        notes=tuple(_counted(differing)),
        code_accepted=criterion.code_accepted,
        code_refused=criterion.code_refused,
    )


def _counted(notes: Iterable[Note]) -> list[Note]:
    """The same words once, with how often; in the order they were first written."""
    times: dict[Note, int] = {}
    for note in notes:
        times[note] = times.get(note, 0) + 1
    return [replace(note, times=count) for note, count in times.items()]


def sheet_link_of(workshop: Workshop) -> SheetLink | None:
    """The link that nobody closed, expired or not."""
    return SheetLink.objects.filter(workshop=workshop, revoked_at__isnull=True).first()
