"""Anonymous feedback: a questionnaire that a poster opens, answers that say nothing of who or when, comments the lead reads first (`agenda.md` §7)."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tissage.agenda.models import Activity, FeedbackAnswer, FeedbackForm
from tissage.core.tokens import TOKEN_BYTES
from tissage.people.models import User
from tissage.people.operations import record

MOST_QUESTIONS = 5
SCALE = (
    (1, gettext_lazy("pas du tout")),
    (2, gettext_lazy("plutôt non")),
    (3, gettext_lazy("entre les deux")),
    (4, gettext_lazy("plutôt oui")),
    (5, gettext_lazy("tout à fait")),
)
YES_NO = ((1, gettext_lazy("oui")), (0, gettext_lazy("non")))
MOST_A_WEEK = 2000
"""Answers one questionnaire takes in a week: many halls, and no flood. Counted by its rows: nothing of who answers, nor when, is looked at."""


class FeedbackRefused(ValueError):
    """Why nothing was kept, in words for whoever asked."""


@transaction.atomic
def prepare_feedback(*, activity: Activity, questions: Sequence[dict[str, str]], by: User, now: dt.datetime) -> FeedbackForm:
    """Writes the questions of an activity, the same for all its dates. Once somebody answered they no longer change. Raises `FeedbackRefused`."""
    wanted = [{"text": one["text"].strip(), "kind": one["kind"]} for one in questions if one["text"].strip()]
    if not wanted:
        raise FeedbackRefused(_("Posez au moins une question."))
    if len(wanted) > MOST_QUESTIONS:
        raise FeedbackRefused(_("Cinq questions au plus : une feuille de trop et personne ne répond."))
    kept = FeedbackForm.objects.select_for_update(of=("self",)).filter(activity=activity).order_by("pk").first()
    if kept is None:
        kept = FeedbackForm.objects.create(activity=activity, questions=wanted, token=secrets.token_urlsafe(TOKEN_BYTES))
    elif kept.questions == wanted:
        return kept
    elif kept.answers.exists():
        raise FeedbackRefused(_("Des réponses sont déjà là : les questions ne changent plus, sinon elles ne se compareraient pas."))
    else:
        kept.questions = wanted
        kept.save(update_fields=["questions"])
    record(verb="agenda.prepare_feedback", by=by, territory=activity.territory, on=activity, now=now)
    return kept


@transaction.atomic
def answer_feedback(*, form: FeedbackForm, scores: Sequence[int | None], comment: str, now: dt.datetime) -> FeedbackAnswer:
    """Keeps one answer with its week, under a key drawn at random; not journalled: nothing of who answers is. Raises `FeedbackRefused`."""
    if form.closed_at is not None:
        raise FeedbackRefused(_("Ce questionnaire est fermé."))
    if len(scores) != len(form.questions) or (not any(one is not None for one in scores) and not comment.strip()):
        raise FeedbackRefused(_("Répondez au moins à une question, ou écrivez un mot."))
    today = timezone.localtime(now).date()
    week = today - dt.timedelta(days=today.weekday())
    if FeedbackAnswer.objects.filter(form=form, week=week).count() >= MOST_A_WEEK:
        raise FeedbackRefused(_("Ce questionnaire a reçu toutes les réponses qu’il peut prendre cette semaine."))
    return FeedbackAnswer.objects.create(
        uuid=uuid.uuid4(),
        form=form,
        scores=list(scores),
        comment=comment.strip(),
        comment_state="new" if comment.strip() else "shown",
        week=week,
    )


@transaction.atomic
def read_comment(*, answer: FeedbackAnswer, shows: bool, by: User, now: dt.datetime) -> FeedbackAnswer:
    """The lead read a comment: it is shown to the coordination, or withdrawn. Either may be taken back."""
    kept = FeedbackAnswer.objects.select_for_update(of=("self",)).order_by("pk").get(pk=answer.pk)
    state = "shown" if shows else "withdrawn"
    if kept.comment_state != state:
        kept.comment_state = state
        kept.save(update_fields=["comment_state"])
        activity = answer.form.activity
        verb = "agenda.show_comment" if shows else "agenda.withdraw_comment"
        record(verb=verb, by=by, territory=activity.territory, on=activity, now=now)
    return kept


@transaction.atomic
def close_feedback(*, form: FeedbackForm, is_open: bool, by: User, now: dt.datetime) -> FeedbackForm:
    """Closes a questionnaire, or opens it again: the poster keeps its address."""
    kept = FeedbackForm.objects.select_related("activity__territory").select_for_update(of=("self",)).order_by("pk").get(pk=form.pk)
    if (kept.closed_at is None) != is_open:
        kept.closed_at = None if is_open else now
        kept.save(update_fields=["closed_at"])
        verb = "agenda.reopen_feedback" if is_open else "agenda.close_feedback"
        record(verb=verb, by=by, territory=kept.territory, on=kept.activity, now=now)
    return kept
