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
