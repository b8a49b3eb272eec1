"""Reads on organisations: by name, as a list, with what stands around one."""

from __future__ import annotations

from tissage.core.folding import fold
from tissage.network.models import Organization
from tissage.people.models import Territory


def find_by_name(territory: Territory, name: str, but: Organization | None = None) -> Organization | None:
    """The organisation of a territory that goes by this name, or by this other name, accents and case apart. One query."""
    wanted = fold(name)
    if not wanted:
        return None
    others = Organization.objects.filter(territory=territory, search__contains=wanted).order_by("pk")
    near = [one for one in others if but is None or one.pk != but.pk]
    by_name = (one for one in near if fold(one.name) == wanted)
    return next(by_name, None) or next((one for one in near if fold(one.alternate_name) == wanted), None)
