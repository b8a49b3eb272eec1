"""Reading a town's own table with the columns a person named before."""

from __future__ import annotations

from collections.abc import Mapping

from tissage.voices.queries.mappings import known_mapping

from .sources import Source


def with_known_mapping(source: Source, slug: str, constants: Mapping[str, str]) -> Source:
    """The file read with the remembered mapping when its own header does not say all; given constants win over remembered ones."""
    if not source.needs_mapping:
        return source.mapped(constants=constants)
    known = known_mapping(slug, source.header)
    if known is None:
        return source.mapped(constants=constants)
    return source.mapped(known.mapping, {**known.defaults, **{name: value for name, value in constants.items() if value}})
