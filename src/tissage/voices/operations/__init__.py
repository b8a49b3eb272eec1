"""Writes on groups, workshops, expressions, criteria and codings. One file a subject; import names from here."""

from .territories import open_territory

__all__ = ["open_territory"]
