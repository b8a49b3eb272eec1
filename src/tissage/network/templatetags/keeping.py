"""What was proposed on a service, beside the forms with which the team follows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from tissage.network.models import Service
from tissage.network.queries.suggestions import taken_over

register = template.Library()
BESIDE = dt.timedelta(hours=2)


@register.inclusion_tag("network/keeping/beside.html", takes_context=True)
def proposals_beside(context: Context, service: Service | None = None) -> dict[str, Any]:
    """The texts that this person took over these last hours, on this service; without one, of services that are missing."""
    territory, user = context.get("territory"), context["request"].user
    if territory is None or not user.has_perm("network.moderate", territory):
        return {"proposals": []}
    return {"proposals": taken_over(territory, service or None, by=user, since=timezone.now() - BESIDE)}
