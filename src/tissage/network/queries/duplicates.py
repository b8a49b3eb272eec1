"""Pairs of sheets that may be one organisation, and merges that can be taken back."""

from __future__ import annotations

from tissage.core.enterprise_number import SCHEME
from tissage.core.likeness import Sheet, pairs_alike
from tissage.network.models import Identifier, NotTheSame, Organization, OrganizationMerge
from tissage.people.models import Territory


def pairs_of(territory: Territory) -> list[tuple[Organization, Organization, str]]:
    """Three queries: pairs that look alike, by name, with why (a code of `core.likeness`)."""
    numbers = dict(Identifier.objects.filter(organization__territory=territory, scheme=SCHEME).values_list("organization", "value"))
    known = {one.pk: one for one in Organization.objects.filter(territory=territory).select_related("parent").order_by("pk")}
    sheets = [
        Sheet(one.pk, one.name, one.alternate_name, numbers.get(one.pk, ""), one.email, one.phone, one.parent_id) for one in known.values()
    ]
    apart = NotTheSame.objects.filter(first__territory=territory).values_list("first", "second")
    return [(known[first.pk], known[second.pk], why) for first, second, why in pairs_alike(sheets, apart)]


def merges_of(territory: Territory) -> list[OrganizationMerge]:
    return list(OrganizationMerge.objects.filter(territory=territory).select_related("kept", "by").order_by("-at", "-pk")[:50])
