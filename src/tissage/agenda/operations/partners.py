"""Partners of a campaign and their link without password: sent by mail, renewed towards the known address, closed.

The secret is known by the mail alone: the database keeps its hash. A new one takes the place of the former.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.agenda.models import Campaign, CampaignPartner
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Organization
from tissage.people.mail import send_letter
from tissage.people.models import User
from tissage.people.operations import record

AFTER = dt.timedelta(days=45)
"""What a link stays open after the campaign: reports are due until three weeks after the last date."""


class InvitationRefused(ValueError):
    """Why nothing was sent, in words for the user."""


@transaction.atomic
def add_partner(*, campaign: Campaign, organization: Organization, email: str = "", by: User, now: dt.datetime) -> CampaignPartner:
    """An organisation takes part; its link is sent later, or never when it has accounts."""
    found, made = CampaignPartner.objects.get_or_create(campaign=campaign, organization=organization, defaults={"email": email})
    if not made and email and found.email != email:
        found.email = email
        found.save(update_fields=["email"])
    if made:
        record(verb="agenda.add_partner", by=by, territory=campaign.territory, on=organization, now=now)
    return found


@transaction.atomic
def invite_partner(*, campaign: Campaign, organization: Organization, email: str, by: User | None, now: dt.datetime) -> str:
    """Sends a new link to this address and gives its secret; every former one is dead. Raises `InvitationRefused`."""
    if campaign.status == Campaign.Status.CLOSED:
        raise InvitationRefused(_("Cette campagne est close : un lien n’ouvrirait plus rien."))
    if not email:
        raise InvitationRefused(_("Donnez l’adresse à laquelle envoyer le lien."))
    found, _made = CampaignPartner.objects.get_or_create(campaign=campaign, organization=organization)
    held = CampaignPartner.objects.select_for_update(of=("self",)).order_by("pk").get(pk=found.pk)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    held.email, held.token_hash, held.sent_at, held.revoked_at = email, hash_token(token), now, None
    held.expires_at = max(end_of(campaign.ends_on) + AFTER, now + AFTER)
    held.save()
    send_letter(
        "agenda/mail/partner_link",
        to=email,
        language=settings.LANGUAGE_CODE,
        campaign=campaign,
        organization=organization,
        until=timezone.localdate(held.expires_at),
        address=settings.TISSAGE_ORIGIN.rstrip("/") + reverse("proposals:home", args=[token]),
    )
    record(verb="agenda.invite_partner", by=by, territory=campaign.territory, on=organization, now=now)
    return token


@transaction.atomic
def revoke_link(*, partner: CampaignPartner, by: User, now: dt.datetime) -> None:
    """From now on the link says that it is closed. Asked twice, it is nothing new."""
    held = CampaignPartner.objects.select_for_update(of=("self",)).order_by("pk").get(pk=partner.pk)
    if held.revoked_at is None and held.token_hash:
        partner.revoked_at = now
        partner.save(update_fields=["revoked_at"])
        record(verb="agenda.revoke_link", by=by, territory=partner.territory, on=partner.organization, now=now)


@transaction.atomic
def reopen_link(*, partner: CampaignPartner, by: User, now: dt.datetime) -> None:
    """Undoes a closing: the same link opens again, until its day."""
    if partner.revoked_at is not None:
        partner.revoked_at = None
        partner.save(update_fields=["revoked_at"])
        record(verb="agenda.reopen_link", by=by, territory=partner.territory, on=partner.organization, now=now)


@transaction.atomic
def remove_partner(*, partner: CampaignPartner, by: User, now: dt.datetime) -> None:
    """Takes an organisation out of a campaign it carries nothing in. Raises `InvitationRefused`."""
    if partner.campaign.activities.filter(lead=partner.organization_id).exists():
        raise InvitationRefused(_("%(name)s porte des activités de cette campagne : elle y reste.") % {"name": partner.organization.name})
    record(verb="agenda.remove_partner", by=by, territory=partner.territory, on=partner.organization, now=now)
    partner.delete()


def end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
