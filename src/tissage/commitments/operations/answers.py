"""What lists answer, word for word: by their link until the deadline, or on paper typed in with its proof. Silence is no row, and never a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.commitments.models import Answer, Ask, AskSet, Contestant, Election, Sending, Space, SpaceFile
from tissage.people.models import User

from .spaces import forget_space_file, note


class AnswerRefused(ValueError):
    """Why nothing was written, in words for whoever answers."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one ask: a position of `Answer.Position`, how, and the words. Position empty: nothing is said."""

    position: str
    how: str = ""
    verbatim: str = ""


@transaction.atomic
def answer_by_link(*, sending: Sending, replies: Mapping[int, Reply], now: dt.datetime) -> int:
    """Saves what a list typed, by ask; gives how many asks it now speaks to. Nothing is handed in yet. Raises `AnswerRefused` once it is closed."""
    kept = _held_open(sending, now=now)
    asks = {ask.pk: ask for ask in kept.ask_set.asks.all()}
    held = {one.ask_id: one for one in Answer.objects.filter(ask__in=asks, contestant=kept.contestant)}
    for number, reply in replies.items():
        ask, answer = asks.get(number), held.get(number)
        if ask is None or (answer is not None and not answer.via_link):
            continue  # what the space typed from paper is changed by the space
        if not reply.position:
            if answer is not None:
                answer.delete()
            continue
        answer = answer or Answer(ask=ask, contestant=kept.contestant, via_link=True)
        if (answer.position, answer.how, answer.verbatim) == (reply.position, reply.how, reply.verbatim):
            continue
        answer.position, answer.how, answer.verbatim, answer.changed_at = reply.position, reply.how, reply.verbatim, now
        answer.save()
    return Answer.objects.filter(ask__in=asks, contestant=kept.contestant).count()


@transaction.atomic
def hand_in(*, sending: Sending, now: dt.datetime) -> Sending:
    """Hands the answers in, once: they are received today, and the link only reads from then on. Raises `AnswerRefused`."""
    kept = _held_open(sending, now=now)
    said = Answer.objects.filter(ask__ask_set=kept.ask_set, contestant=kept.contestant, via_link=True)
    if not said.exists():
        raise AnswerRefused(_("Aucune demande n’a encore de réponse : il n’y a rien à remettre."))
    said.update(received_on=timezone.localtime(now).date(), is_late=False)
    kept.submitted_at = now
    kept.save(update_fields=["submitted_at"])
    note("hand_in", _space(kept.ask_set), by=None, now=now)
    return kept


@transaction.atomic
def type_answer(
    *,
    ask: Ask,
    contestant: Contestant,
    position: str,
    received_on: dt.date,
    by: User | None,
    now: dt.datetime,
    how: str = "",
    verbatim: str = "",
    proof: SpaceFile | None = None,
) -> Answer:
    """Types in an answer that came on paper, with its proof. After the deadline it is marked late. A published one stays. Raises `AnswerRefused`."""
    ask_set = _frozen(ask.ask_set)
    if contestant.election_id != ask_set.election_id:
        raise AnswerRefused(_("Cette liste ne se présente pas à l’élection de cet ensemble."))
    today = timezone.localtime(now).date()
    if received_on > today:
        raise AnswerRefused(_("Une réponse ne peut pas être reçue après aujourd’hui."))
    if ask_set.frozen_on is not None and received_on < ask_set.frozen_on:
        raise AnswerRefused(_("Cette date vient avant celle où le texte a été figé."))
    answer = Answer.objects.filter(ask=ask, contestant=contestant).first() or Answer(ask=ask, contestant=contestant)
    if answer.published_on is not None:
        raise AnswerRefused(_("Cette réponse est publiée : elle reste telle qu’elle a été reçue."))
    if answer.pk and answer.via_link and answer.received_on is not None:
        raise AnswerRefused(_("La liste a remis cette réponse elle-même : rouvrez son lien pour qu’elle la change."))
    answer.position, answer.how, answer.verbatim = position, how.strip(), verbatim.strip()
    answer.received_on, answer.is_late = received_on, bool(ask_set.answer_deadline and received_on > ask_set.answer_deadline)
    answer.proof, answer.via_link, answer.typed_by, answer.changed_at = proof or answer.proof, False, by, now
    answer.save()
    note("type_answer", _space(ask_set), by=by, now=now)
    return answer


@transaction.atomic
def publish_answers(*, ask_set: AskSet, by: User | None, now: dt.datetime) -> int:
    """Publishes every received answer, all at once and under one date; later ones come with the date of theirs. Gives how many. Raises `AnswerRefused`."""
    kept = _frozen(ask_set)
    today = timezone.localtime(now).date()
    if kept.answer_deadline is None or kept.answer_deadline >= today:
        raise AnswerRefused(
            _("Les listes répondent jusqu’au %(day)s : tout se publie ensemble, le lendemain au plus tôt.")
            % {"day": date_format(kept.answer_deadline, "j F Y") if kept.answer_deadline else "…"}
        )
    left = Answer.objects.filter(ask__ask_set=kept, received_on__isnull=False, published_on__isnull=True)
    if kept.published_on is not None and not left.exists():
        raise AnswerRefused(_("Toutes les réponses reçues sont déjà publiées."))
    published = left.update(published_on=today)
    if kept.published_on is None:
        kept.published_on = today
        kept.save(update_fields=["published_on"])
    note("publish_answers", _space(kept), by=by, now=now, numbers={"answers": published})
    return published


@transaction.atomic
def close_phase(*, election: Election, installed_on: dt.date, by: User | None, now: dt.datetime, forget_proofs: bool = True) -> Election:
    """Closes the phase when the council is installed: contacts and what was never handed in are purged, links close, public answers stay.

    `forget_proofs` takes away the proofs of sending too: they often bear an address. The log of sendings stays. Raises `AnswerRefused`.
    """
    election = Election.objects.select_related("space").select_for_update(of=("self",)).order_by("pk").get(pk=election.pk)
    if election.closed_at is not None:
        return election
    today = timezone.localtime(now).date()
    if not election.held_on <= installed_on <= today:
        raise AnswerRefused(_("Le conseil s’installe après le scrutin, et la phase se clôt une fois qu’il l’est."))
    purged = election.contestants.exclude(contact="").update(contact="")
    sendings = Sending.objects.filter(ask_set__election=election)
    sendings.filter(revoked_at__isnull=True).update(revoked_at=now)
    sendings.update(token_hash=None)
    Answer.objects.filter(contestant__election=election, received_on__isnull=True).delete()
    if forget_proofs:
        for file in SpaceFile.objects.filter(pk__in=list(sendings.exclude(proof=None).values_list("proof", flat=True))):
            forget_space_file(file)
    for ask_set in election.ask_sets.exclude(status=AskSet.Status.DRAFT):
        ask_set.status, ask_set.closed_on = AskSet.Status.CLOSED, today
        ask_set.save(update_fields=["status", "closed_on"])
    election.installed_on, election.closed_at = installed_on, now
    election.save(update_fields=["installed_on", "closed_at"])
    assert election.space is not None
    note("close_phase", election.space, by=by, now=now, numbers={"contacts": purged})
    return election


def _held_open(sending: Sending, *, now: dt.datetime) -> Sending:
    rows = Sending.objects.select_related("ask_set__space__organization", "contestant")
    kept = rows.select_for_update(of=("self",)).order_by("pk").get(pk=sending.pk)
    if not takes_replies(kept, timezone.localtime(now).date()):
        raise AnswerRefused(_("Ces réponses sont remises, ou le délai est passé : cette page ne fait plus que se lire."))
    return kept


def takes_replies(sending: Sending, today: dt.date) -> bool:
    """Whether the link of this sending still writes: not handed in, not closed, its deadline not past."""
    deadline = sending.ask_set.answer_deadline
    return sending.revoked_at is None and sending.submitted_at is None and deadline is not None and today <= deadline


def _frozen(ask_set: AskSet) -> AskSet:
    sets = AskSet.objects.select_related("space__organization").select_for_update(of=("self",)).order_by("pk")
    kept = sets.get(pk=ask_set.pk)
    if kept.frozen_on is None:
        raise AnswerRefused(_("Le texte n’est pas encore figé : aucune réponse ne peut y être donnée."))
    return kept


def _space(ask_set: AskSet) -> Space:
    assert ask_set.space is not None
    return ask_set.space
