"""What can be printed of a workshop: its questions as they were worded, and the words already gathered there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tissage.voices.models import Criterion, Expression, Hall, Question, Workshop


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """A question with its wordings (language, exact words), in order; the usual one in French when none was noted."""

    pk: int
    code: str
    title: str
    wordings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Words as they were written; `times` above one where criteria were typed with their number."""

    question: int
    text: str
    language: str = ""
    french_text: str = ""
    times: int = 1


def hall_of(workshop: Workshop) -> Hall | None:
    return Hall.objects.filter(workshop=workshop).first()


def put_questions(workshop: Workshop, *, also: Iterable[int] = ()) -> list[PutQuestion]:
    """The questions of a workshop, then those of `also` (keys) that it does not list; the method's own when there is none. Two queries."""
    wordings: dict[int, list[tuple[str, str]]] = {}
    for question, language, wording in workshop.questions.order_by("position", "pk").values_list("question_id", "language", "wording"):
        wordings.setdefault(question, []).append((language, wording))
    known = {question.pk: question for question in Question.objects.filter(territory=workshop.territory_id).order_by("position", "code")}
    wanted = [*wordings, *(pk for pk in known if pk in set(also) and pk not in wordings)]
    if not wanted:
        wanted = [pk for pk, question in known.items() if question.is_protected]
    return [
        PutQuestion(pk, known[pk].code, known[pk].title, tuple(wordings.get(pk, [("fr", known[pk].wording or known[pk].title)])))
        for pk in wanted
    ]


def gathered_words(workshop: Workshop) -> list[Gathered]:
    """Every note of the workshop that may be read (its question is closed, nobody took it back, it is not hidden on the wall), then the
    criteria that were typed without notes. In the order they were written; two queries."""
    notes = (
        Expression.objects.live()
        .filter(workshop=workshop, hidden_at__isnull=True)
        .order_by("pk")
        .values_list("question_id", "text", "language", "french_text")
    )
    typed = (
        Criterion.objects.live()
        .filter(workshop=workshop, imported_count__gt=0)
        .order_by("pk")
        .values_list("question_id", "text", "language", "french_text", "imported_count")
    )
    return [*(Gathered(*row) for row in notes), *(Gathered(*row) for row in typed)]
