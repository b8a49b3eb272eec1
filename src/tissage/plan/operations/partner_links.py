"""The link that opens one organisation's figures of a year: opened for all at once, reminded, renewed towards the known address, closed.

The secret has 256 bits and is known by the mail alone: the database keeps its hash. A new secret takes the place of the former one.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.core.addresses import home_of
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Organization
from tissage.people.mail import send_letter
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import PartnerLink, Plan
from tissage.plan.queries.partner_links import AddressedPartner, returned_count

MOST_ASKED_BY_LINK = 3
MOST_ASKED_BY_ADDRESS = 20
"""New links asked for in an hour; several partners may stand behind one address."""
_WINDOW = dt.timedelta(hours=1)


class LinksRefused(ValueError):
    """Why nothing was sent, in words for the user."""


@transaction.atomic
def open_partner_links(
    *, plan: Plan, year: int, deadline: dt.date, partners: Sequence[AddressedPartner], by: User, now: dt.datetime
) -> list[PartnerLink]:
    """Opens a link for each partner that has an address and no open link, and sends each its mail. Raises `LinksRefused`."""
    today = timezone.localtime(now).date()
    if deadline < today:
        raise LinksRefused(_("Ce délai est déjà passé. Choisissez aujourd’hui ou un jour à venir."))
    if year not in plan.years:
        raise LinksRefused(_("Le plan ne couvre pas l’année %(year)s.") % {"year": year})
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    opened = set(PartnerLink.objects.filter(plan=plan, year=year, revoked_at__isnull=True).values_list("organization", flat=True))
    made = []
    for partner in partners:
        if not partner.email or partner.organization.pk in opened:
            continue
        link = PartnerLink(
            plan=plan,
            organization=partner.organization,
            year=year,
            email=partner.email,
            deadline=deadline,
            made_by=by,
            made_at=now,
        )
        _send(link, "figures_link", now=now)
        made.append(link)
    if not made:
        raise LinksRefused(_("Aucun lien à ouvrir : chaque partenaire en a déjà un, ou n’a pas d’adresse."))
    record(verb="plan.open_partner_links", by=by, territory=plan.territory, on=plan, numbers={"links": len(made)}, now=now)
    return made


@transaction.atomic
def change_deadline(*, plan: Plan, year: int, deadline: dt.date, by: User, now: dt.datetime) -> int:
    """Moves the deadline of every open link of a year; gives how many. Raises `LinksRefused`."""
    if deadline < timezone.localtime(now).date():
        raise LinksRefused(_("Ce délai est déjà passé. Choisissez aujourd’hui ou un jour à venir."))
    moved = PartnerLink.objects.filter(plan=plan, year=year, revoked_at__isnull=True).exclude(deadline=deadline).update(deadline=deadline)
    if moved:
        record(verb="plan.change_deadline", by=by, territory=plan.territory, on=plan, numbers={"links": moved}, now=now)
    return moved


@transaction.atomic
def remind_partner(*, link: PartnerLink, by: User, now: dt.datetime) -> PartnerLink:
    """One mail for all that this partner still owes, or was returned, with a new link. At most one a day. Raises `LinksRefused`."""
    kept = _locked(link)
    today = timezone.localtime(now).date()
    last = kept.reminded_at or kept.sent_at
    if kept.revoked_at is not None:
        raise LinksRefused(_("Ce lien est fermé. Ouvrez-en un nouveau."))
    if last is not None and timezone.localtime(last).date() >= today:
        told = {"organization": kept.organization, "hour": date_format(timezone.localtime(last), "H:i")}
        raise LinksRefused(_("%(organization)s a déjà reçu un message aujourd’hui, à %(hour)s. Un par jour suffit.") % told)
    kept.reminded_at = now
    _send(kept, "figures_reminder", now=now)
    record(verb="plan.remind_partner", by=by, territory=kept.plan.territory, on=kept.organization, now=now)
    return kept


@transaction.atomic
def renew_partner_link(*, token: str, address: str, now: dt.datetime) -> bool:
    """A new secret for whoever holds a former one, sent to the registered address and nowhere else. Gives whether a mail left.

    The caller answers the same whatever happened: an unknown secret, a closed link and too many tries are not told apart.
    """
    held = hash_token(token)
    if not _may_ask(f"address:{home_of(address)}", MOST_ASKED_BY_ADDRESS, now):
        return False
    found = PartnerLink.objects.filter(token_hash=held).first() or PartnerLink.objects.filter(previous_hash=held).order_by("pk").first()
    if found is None or found.revoked_at is not None or not _may_ask(f"link:{found.pk}", MOST_ASKED_BY_LINK, now):
        return False
    link = _locked(found)
    _send(link, "figures_link", now=now)
    record(verb="plan.renew_partner_link", by=None, territory=link.plan.territory, on=link.organization, now=now)
    return True


@transaction.atomic
def revoke_partner_link(*, link: PartnerLink, by: User, now: dt.datetime) -> PartnerLink:
    """From now on the link says that it is closed, and renews no more. Asked twice, it is nothing new."""
    kept = _locked(link)
    if kept.revoked_at is None:
        kept.revoked_at = now
        kept.save(update_fields=["revoked_at"])
        record(verb="plan.revoke_partner_link", by=by, territory=kept.plan.territory, on=kept.organization, now=now)
    return kept


def _locked(link: PartnerLink) -> PartnerLink:
    links = PartnerLink.objects.select_related("plan__territory", "organization")
    return links.select_for_update(of=("self",)).order_by("pk").get(pk=link.pk)


def _send(link: PartnerLink, letter: str, *, now: dt.datetime) -> None:
    """Draws a new secret, keeps its hash, and sends it to the address of the link."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link.previous_hash, link.token_hash, link.sent_at = link.token_hash, hash_token(token), now
    link.save()
    with override(settings.LANGUAGE_CODE):
        send_letter(
            f"plan/mail/{letter}",
            to=link.email,
            language=settings.LANGUAGE_CODE,
            link=link,
            address=settings.TISSAGE_ORIGIN.rstrip("/") + reverse("partners:answer", args=[token]),
            returned=returned_count(link),
        )


def _may_ask(what: str, most: int, now: dt.datetime) -> bool:
    """Whether this was asked less than `most` times in the hour; counts it. Kept as a keyed hash, two hours at most."""
    window = int(now.timestamp() // _WINDOW.total_seconds())
    key = f"partner-link:{salted_hmac('tissage.partners', what).hexdigest()[:32]}:{window}"
    asked = int(cache.get(key, 0))
    if asked >= most:
        return False
    cache.set(key, asked + 1, timeout=2 * _WINDOW.total_seconds())
    return True


def link_of(organization: Organization, plan: Plan, year: int) -> PartnerLink | None:
    """The open link of an organisation for a year."""
    return PartnerLink.objects.filter(plan=plan, organization=organization, year=year, revoked_at__isnull=True).first()
