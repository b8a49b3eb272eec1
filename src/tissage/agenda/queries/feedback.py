"""What anonymous answers say together: nothing below five, then how many chose each answer."""

from __future__ import annotations

from dataclasses import dataclass

from tissage.agenda.models import FeedbackAnswer, FeedbackForm

FROM = 5
"""Results are shown from so many answers on (`agenda.md` §7)."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question: its words, its kind, and {score: how many}."""

    text: str
    kind: str
    counts: dict[int, int]

    @property
    def answered(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Results:
    """`answers` None while there are too few: not even how many is said. `comments`: read by the lead first."""

    answers: int | None
    questions: tuple[Result, ...]
    comments: tuple[FeedbackAnswer, ...]


def results_of(form: FeedbackForm, *, is_lead: bool) -> Results:
    """The results of a questionnaire. Whoever is not of the lead reads the comments it showed, and no other. One query."""
    answers = list(FeedbackAnswer.objects.filter(form=form).order_by("uuid"))
    if len(answers) < FROM:
        return Results(None, (), ())
    told = []
    for number, question in enumerate(form.questions):
        values = (0, 1) if question["kind"] == "yes_no" else (1, 2, 3, 4, 5)
        given = [one.scores[number] for one in answers if number < len(one.scores)]
        told.append(Result(question["text"], question["kind"], {value: given.count(value) for value in values}))
    comments = tuple(one for one in answers if one.comment and (is_lead or one.comment_state == "shown"))
    return Results(len(answers), tuple(told), comments)
