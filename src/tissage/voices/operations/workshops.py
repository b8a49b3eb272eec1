"""Writes on workshops, on the wordings put there, and on the questions of a territory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import Criterion, Expression, Hall, HomogeneousGroup, Question, Workshop, WorkshopQuestion


class WorkshopClosed(ValueError):
    """A closed workshop takes no new entry and no correction."""

    def __init__(self) -> None:
        super().__init__(gettext("Cet atelier est clos : il ne reçoit plus rien. La coordination peut le rouvrir."))


class ProtectedQuestion(ValueError):
    """WB, IB and ACT are the method's: neither removed nor renamed."""

    def __init__(self) -> None:
        super().__init__(gettext("Cette question est celle de la méthode : elle ne peut être ni retirée ni recodée."))


class QuestionInUse(ValueError):
    def __init__(self) -> None:
        super().__init__(gettext("Cette question a déjà reçu des réponses ou figure dans un atelier : elle ne peut plus être retirée."))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it was put: the exact words, and their language."""

    question: Question
    wording: str
    language: str = "fr"


@transaction.atomic
def create_workshop(
    *,
    group: HomogeneousGroup,
    by: User,
    now: dt.datetime,
    wordings: Iterable[Wording] = (),
    facilitators: Iterable[User] = (),
    **details: Any,
) -> Workshop:
    workshop = Workshop.objects.create(territory=group.territory, group=group, **details)
    workshop.facilitators.set(facilitators)
    _write_wordings(workshop, wordings)
    record(verb="voices.create_workshop", by=by, territory=group.territory, on=workshop, now=now)
    return workshop


@transaction.atomic
def change_workshop(
    *,
    workshop: Workshop,
    by: User,
    now: dt.datetime,
    wordings: Iterable[Wording] = (),
    facilitators: Iterable[User] = (),
    **details: Any,
) -> Workshop:
    """Changes a workshop that is still open. Raises `WorkshopClosed`."""
    if workshop.closed_at is not None:
        raise WorkshopClosed
    changed = {name for name, value in details.items() if getattr(workshop, name) != value}
    for name in changed:
        setattr(workshop, name, details[name])
    workshop.save()
    workshop.facilitators.set(facilitators)
    if _write_wordings(workshop, wordings):
        from .halls import follow_questions

        changed.add("wordings")
        for hall in Hall.objects.select_for_update(of=("self",)).filter(workshop=workshop):
            follow_questions(hall)
    record(verb="voices.change_workshop", by=by, territory=workshop.territory, on=workshop, fields=changed, now=now)
    return workshop


@transaction.atomic
def translate_questions(*, workshop: Workshop, language: str, wordings: dict[Question, str], by: User, now: dt.datetime) -> bool:
    """Writes the questions of a workshop in one more language; an empty text takes a translation away. True when one changed.

    The first wording of a question, the one it was noted in, is never taken away. Raises `WorkshopClosed`.
    """
    if workshop.closed_at is not None:
        raise WorkshopClosed
    noted = list(workshop.questions.select_related("question").order_by("position", "pk"))
    first = {item.question_id: item.language for item in reversed(noted)}
    rows = []
    for item in noted:
        given = wordings.get(item.question, item.wording) if item.language == language else item.wording
        if given or first[item.question_id] == language:
            rows.append(Wording(item.question, given or item.wording, item.language))
    there = {(row.question.pk, row.language) for row in rows}
    rows += [Wording(one, text, language) for one, text in wordings.items() if text and one.pk in first and (one.pk, language) not in there]
    if not _write_wordings(workshop, rows):
        return False
    record(verb="voices.change_workshop", by=by, territory=workshop.territory, on=workshop, fields=["wordings"], now=now)
    return True


def _write_wordings(workshop: Workshop, wordings: Iterable[Wording]) -> bool:
    """Replaces the wordings put at a workshop; True when one of them differs."""
    wanted = [(item.question.pk, item.language, item.wording) for item in wordings]
    if list(workshop.questions.values_list("question", "language", "wording")) == wanted:
        return False
    workshop.questions.all().delete()
    WorkshopQuestion.objects.bulk_create(
        WorkshopQuestion(workshop=workshop, question_id=question, language=language, wording=wording, position=position)
        for position, (question, language, wording) in enumerate(wanted)
    )
    return True


@transaction.atomic
def close_workshop(*, workshop: Workshop, by: User, now: dt.datetime) -> Workshop:
    """From now on the workshop refuses new entries: what was said there is complete. Its hall closes, and nothing stays of any device."""
    from .halls import close_hall

    if workshop.closed_at is None:
        close_hall(workshop=workshop, by=by, now=now)
        workshop.closed_at = now
        workshop.save(update_fields=["closed_at"])
        record(verb="voices.close_workshop", by=by, territory=workshop.territory, on=workshop, now=now)
    return workshop


@transaction.atomic
def reopen_workshop(*, workshop: Workshop, by: User, now: dt.datetime) -> Workshop:
    if workshop.closed_at is not None:
        workshop.closed_at = None
        workshop.save(update_fields=["closed_at"])
        record(verb="voices.reopen_workshop", by=by, territory=workshop.territory, on=workshop, now=now)
    return workshop


@transaction.atomic
def add_question(*, territory: Territory, code: str, by: User, now: dt.datetime, **details: Any) -> Question:
    last = Question.objects.filter(territory=territory).aggregate(last=Max("position"))["last"]
    question = Question.objects.create(territory=territory, code=code, position=0 if last is None else last + 1, **details)
    record(verb="voices.add_question", by=by, territory=territory, on=question, now=now)
    return question


@transaction.atomic
def change_question(*, question: Question, by: User, now: dt.datetime, **details: Any) -> Question:
    """Changes title, usual wording, side or code. Raises `ProtectedQuestion` for the code or side of a protected one."""
    changed = {name for name, value in details.items() if getattr(question, name) != value}
    if question.is_protected and changed & {"code", "side"}:
        raise ProtectedQuestion
    for name in changed:
        setattr(question, name, details[name])
    question.save()
    record(verb="voices.change_question", by=by, territory=question.territory, on=question, fields=changed, now=now)
    return question


@transaction.atomic
def remove_question(*, question: Question, by: User, now: dt.datetime) -> None:
    """Removes a question nobody was asked. Raises `ProtectedQuestion` or `QuestionInUse`."""
    if question.is_protected:
        raise ProtectedQuestion
    used = (Criterion, Expression, WorkshopQuestion)
    if any(model.objects.filter(question=question).exists() for model in used):
        raise QuestionInUse
    record(verb="voices.remove_question", by=by, territory=question.territory, on=question, now=now)
    question.delete()
