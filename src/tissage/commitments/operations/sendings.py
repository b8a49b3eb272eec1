"""Sending the frozen text to lists: every sending is logged, with its proof; a link opens a page and does nothing by being opened.

A coordinator's pause of public forms does not reach here: a municipality stops no answer given to an association.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.commitments.models import AskSet, Contestant, Sending, Space, SpaceFile
from tissage.commitments.queries.ask_texts import text_of
from tissage.core.ask_text import text_sha256
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.people.mail import send_letter
from tissage.people.models import User

from .contestants import contact_of
from .spaces import note


class SendingRefused(ValueError):
    """Why nothing was sent, in words for the user."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A sending and the link it carries. The link is known here only: the database keeps the hash of its secret."""

    sending: Sending
    link: str


@transaction.atomic
def send_to(
    *,
    ask_set: AskSet,
    contestant: Contestant,
    channel: str,
    sent_on: dt.date,
    by: User | None,
    now: dt.datetime,
    proof: SpaceFile | None = None,
) -> Sent:
    """Sends the frozen text to one list, and logs it. By e-mail the link leaves by itself; otherwise it is for the letter. Raises `SendingRefused`."""
    kept = _ready(ask_set, now=now)
    if contestant.election_id != kept.election_id:
        raise SendingRefused(_("Cette liste ne se présente pas à l’élection de cet ensemble."))
    if Sending.objects.filter(ask_set=kept, contestant=contestant).exists():
        raise SendingRefused(_("%(name)s a déjà reçu cet ensemble.") % {"name": contestant.name})
    today = timezone.localtime(now).date()
    if kept.frozen_on is None or not kept.frozen_on <= sent_on <= today:
        raise SendingRefused(_("Le jour de l’envoi se situe entre celui où le texte a été figé et aujourd’hui."))
    if channel == Sending.Channel.EMAIL and sent_on != today:
        raise SendingRefused(_("Un e-mail part aujourd’hui : son jour d’envoi est celui-ci."))
    email = contact_of(contestant).email if channel == Sending.Channel.EMAIL else ""
    if channel == Sending.Channel.EMAIL and not email:
        raise SendingRefused(_("%(name)s n’a pas d’adresse e-mail. Notez-la, ou remettez la lettre autrement.") % {"name": contestant.name})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    sending = Sending.objects.create(
        ask_set=kept,
        contestant=contestant,
        channel=channel,
        sent_on=sent_on,
        text_sha256=kept.text_sha256,
        proof=proof,
        token_hash=hash_token(token),
        by=by,
        at=now,
    )
    note("send_ask_set", _space(kept), by=by, now=now, fields=[channel])
    return _carried(sending, token, email, "ask_set_link")


@transaction.atomic
def send_to_all(*, ask_set: AskSet, by: User, now: dt.datetime) -> list[Sent]:
    """Sends by e-mail, today, to every list that was not sent anything yet. All or nothing: one without address stops it. Raises `SendingRefused`."""
    kept = _ready(ask_set, now=now)
    left = list(Contestant.objects.filter(election=kept.election_id).exclude(sendings__ask_set=kept).order_by("pk"))
    if not left:
        raise SendingRefused(_("Toutes les listes ont déjà reçu cet ensemble."))
    if bare := [one.name for one in left if not contact_of(one).email]:
        raise SendingRefused(
            _("Sans adresse e-mail : %(names)s. Le même canal vaut pour toutes : notez ces adresses, ou envoyez à toutes par courrier.")
            % {"names": ", ".join(bare)}
        )
    today = timezone.localtime(now).date()
    return [send_to(ask_set=kept, contestant=one, channel=Sending.Channel.EMAIL, sent_on=today, by=by, now=now) for one in left]


@transaction.atomic
def renew_link(*, sending: Sending, by: User, now: dt.datetime) -> Sent:
    """A new secret in place of the former: a letter that was lost, a mail that did not arrive. Raises `SendingRefused`."""
    kept = _held(sending)
    _open(kept, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    kept.token_hash = hash_token(token)
    kept.save(update_fields=["token_hash"])
    note("renew_reply_link", _space(kept.ask_set), by=by, now=now)
    email = contact_of(kept.contestant).email if kept.channel == Sending.Channel.EMAIL else ""
    return _carried(kept, token, email, "ask_set_link")


@transaction.atomic
def remind_all(*, ask_set: AskSet, by: User, now: dt.datetime) -> list[Sent]:
    """The same reminder, the same day, to every list: its date is noted for all, and a mail with a new link leaves to those sent to by e-mail
    that did not hand in yet. What is sent by post or by hand comes back as links, for letters. Raises `SendingRefused`."""
    kept = _ready(ask_set, now=now)
    today = timezone.localtime(now).date().isoformat()
    sendings = list(
        Sending.objects.filter(ask_set=kept)
        .select_related("contestant", "ask_set__space", "ask_set__election")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not sendings:
        raise SendingRefused(_("Rien n’a encore été envoyé."))
    if any(today in one.reminders for one in sendings):
        raise SendingRefused(_("Un rappel est déjà parti aujourd’hui, le même pour toutes les listes."))
    told = []
    for one in sendings:
        one.reminders = [*one.reminders, today]
        if one.submitted_at is None and one.revoked_at is None and one.channel == Sending.Channel.EMAIL:
            token = secrets.token_urlsafe(TOKEN_BYTES)
            one.token_hash = hash_token(token)
            told.append(_carried(one, token, contact_of(one.contestant).email, "ask_set_reminder"))
        one.save(update_fields=["reminders", "token_hash"])
    note("remind_all", _space(kept), by=by, now=now, numbers={"lists": len(sendings)})
    return told


@transaction.atomic
def prove_sending(*, sending: Sending, proof: SpaceFile, by: User, now: dt.datetime) -> Sending:
    """Adds the proof of a sending: a receipt, the mail as it left."""
    kept = _held(sending)
    kept.proof = proof
    kept.save(update_fields=["proof"])
    note("prove_sending", _space(kept.ask_set), by=by, now=now)
    return kept


@transaction.atomic
def reopen_reply(*, sending: Sending, by: User, now: dt.datetime) -> Sending:
    """Lets a list that handed in change its answers until the deadline. What it handed in stays received: reopening never turns an answer into
    silence. Raises `SendingRefused`."""
    kept = _held(sending)
    if kept.revoked_at is None and kept.submitted_at is None:
        return kept
    if kept.ask_set.published_on is not None:
        raise SendingRefused(_("Les réponses sont publiées : notez ce qui arrive encore, avec sa date."))
    kept.submitted_at = None
    _open(kept, now=now)
    kept.save(update_fields=["submitted_at"])
    note("reopen_reply", _space(kept.ask_set), by=by, now=now)
    return kept


def _ready(ask_set: AskSet, *, now: dt.datetime) -> AskSet:
    """The set, held, when it may be sent: frozen, its text still the one that was frozen, its deadline to come, its phase open."""
    sets = AskSet.objects.select_related("space__organization", "election").select_for_update(of=("self",)).order_by("pk")
    kept = sets.get(pk=ask_set.pk)
    if kept.frozen_on is None:
        raise SendingRefused(_("Figez le texte d’abord : rien ne part avant, pour que toutes les listes reçoivent le même."))
    if kept.text_sha256 != text_sha256(text_of(kept)):
        raise SendingRefused(_("Le texte n’est plus celui qui a été figé : son empreinte a changé. Rien n’est parti."))
    if kept.election is None or kept.answer_deadline is None:
        raise SendingRefused(_("Choisissez d’abord l’élection et le dernier jour pour répondre, les mêmes pour toutes les listes."))
    if kept.election.closed_at is not None or kept.status == AskSet.Status.CLOSED:
        raise SendingRefused(_("La phase des candidatures est close : rien ne part plus."))
    if kept.answer_deadline < timezone.localtime(now).date():
        raise SendingRefused(_("Le délai du %(day)s est passé.") % {"day": date_format(kept.answer_deadline, "j F Y")})
    return kept


def _held(sending: Sending) -> Sending:
    rows = Sending.objects.select_related("ask_set__space__organization", "ask_set__election", "contestant")
    return rows.select_for_update(of=("self",)).order_by("pk").get(pk=sending.pk)


def _open(sending: Sending, *, now: dt.datetime) -> None:
    deadline = sending.ask_set.answer_deadline
    if sending.revoked_at is not None or sending.ask_set.status == AskSet.Status.CLOSED:
        raise SendingRefused(_("La phase des candidatures est close : les liens sont fermés."))
    if sending.submitted_at is not None:
        raise SendingRefused(_("Cette liste a remis ses réponses."))
    if deadline is None or deadline < timezone.localtime(now).date():
        raise SendingRefused(_("Le délai est passé : notez la réponse telle qu’elle arrive, avec sa date."))


def _carried(sending: Sending, token: str, email: str, letter: str) -> Sent:
    link = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("replies:answer", args=[token])
    if email:
        send_letter(
            f"commitments/mail/{letter}", to=email, language=sending.ask_set.language, sending=sending, ask_set=sending.ask_set, link=link
        )
    return Sent(sending, link)


def _space(ask_set: AskSet) -> Space:
    assert ask_set.space is not None
    return ask_set.space
