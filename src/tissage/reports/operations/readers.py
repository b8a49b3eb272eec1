"""Personal links of readers, and what readers write. A link opens adopted things for one person; only the hash of its secret is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Person
from tissage.people.mail import send_letter
from tissage.people.models import User, fold_email
from tissage.people.operations import record
from tissage.plan.models import Plan
from tissage.reports.models import ReaderComment, ReaderLink

LONGEST_COMMENT = 4000
MOST_COMMENTS = 200
"""What one link may leave behind it: a link that was lost fills nothing."""


class ReaderRefused(ValueError):
    """Why a link is not given, or a comment not kept, in words for the user."""


@dataclass(frozen=True, slots=True)
class Given:
    """A link and its address, known here and in the mail only."""

    link: ReaderLink
    address: str


@transaction.atomic
def inscribe_reader(*, plan: Plan, name: str, email: str, by: User, now: dt.datetime) -> Person:
    """Somebody who reads and is of no organisation of the register; the person already known by this address, if there is one."""
    known: Person | None = (
        Person.objects.filter(territory=plan.territory, email__iexact=email.strip(), ended_on__isnull=True).order_by("pk").first()
    )
    if known is not None:
        return known
    made = Person.objects.create(territory=plan.territory, display_name=name.strip(), email=fold_email(email))
    record(verb="reports.inscribe_reader", by=by, territory=plan.territory, on=plan, now=now)
    return made


@transaction.atomic
def give_link(*, plan: Plan, person: Person, role: str, expires_on: dt.date, by: User, now: dt.datetime) -> Given:
    """A new link for one person, sent to the address of their card; the one they had no longer opens. Raises `ReaderRefused`."""
    if person.territory_id != plan.territory_id:
        raise ReaderRefused(_("Cette personne n’est pas de ce territoire."))
    if not person.email:
        raise ReaderRefused(_("Cette personne n’a pas d’adresse e-mail : inscrivez-la d’abord."))
    if role not in ReaderLink.Role.values:
        raise ReaderRefused(_("Dites à quel titre cette personne lit."))
    if expires_on < timezone.localtime(now).date():
        raise ReaderRefused(_("Cette date est passée. Choisissez aujourd’hui ou un jour à venir."))
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    ReaderLink.objects.filter(plan=plan, person=person, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ReaderLink.objects.create(
        plan=plan, person=person, role=role, token_hash=hash_token(token), made_by=by, made_at=now, expires_on=expires_on
    )
    record(verb="reports.give_reader_link", by=by, territory=plan.territory, on=link, now=now)
    address = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("readers:home", args=[token])
    send_letter("reports/mail/reader_link", to=person.email, language=settings.LANGUAGE_CODE, link=link, by=by, address=address)
    return Given(link, address)


@transaction.atomic
def revoke_link(*, link: ReaderLink, by: User, now: dt.datetime) -> bool:
    """The link opens nothing from now on; what its reader wrote stays. Gives whether it was open."""
    if not ReaderLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=now):
        return False
    record(verb="reports.revoke_reader_link", by=by, territory=link.territory, on=link, now=now)
    return True


@transaction.atomic
def write_comment(
    *, plan: Plan, subject: str, subject_id: int, text: str, now: dt.datetime, user: User | None = None, link: ReaderLink | None = None
) -> ReaderComment:
    """A comment on an adopted thing, by an account or by a link. Raises `ReaderRefused` without words, or with too many."""
    text = text.strip()
    if not text:
        raise ReaderRefused(_("Écrivez quelques mots."))
    if len(text) > LONGEST_COMMENT:
        raise ReaderRefused(_("Un commentaire compte %(most)s caractères au plus.") % {"most": LONGEST_COMMENT})
    if link is not None and link.comments.count() >= MOST_COMMENTS:
        raise ReaderRefused(_("Ce lien a déjà laissé beaucoup de commentaires. Écrivez à l’équipe du plan."))
    comment = ReaderComment.objects.create(plan=plan, subject=subject, subject_id=subject_id, text=text, user=user, link=link, at=now)
    verb = "reports.comment" if user else "reports.comment_by_link"
    record(verb=verb, by=user, territory=plan.territory, on=comment, now=now)
    return comment


@transaction.atomic
def answer_comment(*, comment: ReaderComment, text: str, by: User, now: dt.datetime) -> ReaderComment:
    """What the team answers; a later answer takes the place of the former. Raises `ReaderRefused` without words."""
    text = text.strip()
    if not text:
        raise ReaderRefused(_("Écrivez quelques mots."))
    stored = ReaderComment.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=comment.pk)
    stored.answer, stored.answered_at = text[:LONGEST_COMMENT], now
    stored.save(update_fields=["answer", "answered_at"])
    record(verb="reports.answer_comment", by=by, territory=stored.plan.territory, on=stored, now=now)
    return stored
