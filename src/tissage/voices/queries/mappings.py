"""Which column is which in a town's own table: what was answered last time for the same header."""

from __future__ import annotations

from collections.abc import Sequence

from tissage.core.columns import header_key
from tissage.voices.models import ColumnMapping


def known_mapping(slug: str, header: Sequence[str]) -> ColumnMapping | None:
    """The mapping remembered for this header in this territory."""
    return ColumnMapping.objects.filter(territory__slug=slug, header_hash=header_key(header)).first()
