"""What a sheet of the directory must say before strangers read it (`network.md` §6.5)."""

from __future__ import annotations

from enum import StrEnum

from .quality import ServiceFacts
from .vocabulary import ON_SITE

DEFUNCT = "defunct"


class Gap(StrEnum):
    """Something that a sheet does not say yet."""

    STATUS = "status"
    CONTACT = "contact"
    AREA = "area"
    RECEPTION = "reception"
    PLACE = "place"
    ADDRESS = "address"
    AUDIENCE = "audience"
    THEME = "theme"


def missing(facts: ServiceFacts) -> list[Gap]:
    """The gaps of a sheet, in the order one fills it; none: it may be published.

    A service that no longer exists is not published. On site asks for a place; an address asks for its street only where it is public.
    """
    on_site = ON_SITE in facts.receptions
    gaps = {
        Gap.STATUS: not facts.status or facts.status == DEFUNCT,
        Gap.CONTACT: not (facts.has_phone or facts.has_email),
        Gap.AREA: not facts.area.strip(),
        Gap.RECEPTION: not facts.receptions,
        Gap.PLACE: on_site and not facts.has_place,
        Gap.ADDRESS: on_site and facts.has_place and not facts.address_is_whole,
        Gap.AUDIENCE: not facts.audiences,
        Gap.THEME: not facts.themes,
    }
    return [gap for gap, is_missing in gaps.items() if is_missing]
