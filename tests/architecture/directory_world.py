"""What keeps the directory true: a review with its link, a proposal."""

from __future__ import annotations

import datetime as dt
import secrets

CANARY = "<script>alert('canari')</script>"


def directory_world(territory, service, now) -> dict[str, object]:
    """`review_token`: the secret of an open review of this service; `suggestion`."""
    from tissage.core.tokens import hash_token
    from tissage.network.models import ChangeSuggestion, ReviewAnswer, ReviewRequest, Service

    asked = Service.objects.get(uuid=service)
    Service.objects.filter(pk=asked.pk).update(publication="published", assured_on=now.date())
    token = secrets.token_urlsafe(32)
    review = ReviewRequest.objects.create(
        organization=asked.organization,
        email="maison@example.org",
        token_hash=hash_token(token),
        first_sent_at=now,
        sent_at=now,
        expires_at=now + dt.timedelta(days=3650),
    )
    ReviewAnswer.objects.create(request=review, service=asked)
    told = ChangeSuggestion.objects.create(territory=territory, service=asked, text=CANARY, received_at=now)
    return {"review_token": token, "suggestion": told.uuid}


def directory_of_the_secret_world(write, told, here, organization, today, now) -> dict[str, object]:
    """A published service of an organisation of its own, whose words everybody reads; beside it a draft, a review, a proposal and a past pause, which nobody does."""
    from tissage.network import models as network

    website = {"website": "https://exemple.be/"}
    known = _said(told, "organisation", "name alternate_name description")
    house = write(network.Organization, **here, **website, **known, email="zqmaison@example.org")
    sheet = "name short_description description area audience_note application_process required_documents fee_note alert"
    listed = write(
        network.Service, **here, organization=house, publication="published", assured_on=today, alert_until=today, created_at=now,
        modified_at=now, contact_link="https://exemple.be/", **_said(told, "service", sheet),
    )  # fmt: skip
    write(network.ServiceTerm, service=listed, kind="language", code="fr")
    write(network.ServiceContact, service=listed, **_said(told, "contact", "label phone"), email="", languages=["fr"])
    write(network.ServiceContact, service=listed, visibility="hidden", email="zqcache@example.org")
    refuge = write(network.Place, **here, organization=house, address_visibility="never", postal_code="7000", nis_code="53053")
    write(network.ServiceAtPlace, service=listed, place=refuge, opening_hours=told("hours of a listed service"))
    draft = write(network.Service, **here, organization=organization)
    review = write(
        network.ReviewRequest, organization=organization, email="zqdemande@example.org", token_hash=f"v{organization.pk}", expires_at=now
    )
    write(network.ReviewAnswer, request=review, service=draft)
    told_us = write(network.ChangeSuggestion, **here, service=draft)
    write(network.FormsPause, **here, ended_at=now)
    write(network.FieldChange, service=draft)
    return {"service": listed.uuid, "suggestion": told_us.uuid, "organization": house.pk}


def _said(told, what: str, names: str) -> dict[str, str]:
    return {name: told(f"{name} of a listed {what}") for name in names.split()}
