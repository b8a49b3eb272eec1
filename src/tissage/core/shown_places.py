"""What of an address may leave the house, by its level (`network.md` §6.6). Every page, feed, export and error asks here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PUBLIC, AREA_ONLY, ON_REQUEST, NEVER = "public", "area_only", "on_request", "never"


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """What a stranger reads of a place. Street and coordinates are there for `public` only."""

    level: str
    name: str = ""
    street: str = ""
    postal_code: str = ""
    area: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def is_withheld(self) -> bool:
        """The address is kept back on purpose: said as such, never as a gap."""
        return self.level != PUBLIC


def shown_place(
    level: str,
    *,
    name: str = "",
    street: str = "",
    postal_code: str = "",
    area: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> ShownPlace:
    """The part of a place that its level lets out. An unknown level lets nothing out.

    >>> shown_place("area_only", name="Le refuge", street="rue Haute 1", postal_code="7000", area="centre de Mons")
    ShownPlace(level='area_only', name='', street='', postal_code='7000', area='centre de Mons', latitude=None, longitude=None)
    """
    if level == PUBLIC:
        return ShownPlace(PUBLIC, name, street, postal_code, area, latitude, longitude)
    if level == AREA_ONLY:
        return ShownPlace(AREA_ONLY, postal_code=postal_code, area=area)
    if level == ON_REQUEST:
        return ShownPlace(ON_REQUEST, area=area)
    return ShownPlace(NEVER)
