"""What a document of the plan is made of, before any format: the blocks of every paper of the house, and key numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tissage.synthesis.documents.blocks import Block, Cover, Figure, Grid, Heading, Paper, Paragraph, Points

__all__ = ["Cover", "Figure", "Grid", "Heading", "Number", "Numbers", "Paper", "Paragraph", "Part", "Piece", "Points", "deeper"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number for whoever has a minute: what it is, the number with its unit, how it was counted. `alert`: it asks for attention."""

    label: str
    value: str
    unit: str
    how: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    items: tuple[Number, ...]


Piece = Block | Numbers


@dataclass(frozen=True, slots=True)
class Part:
    """A document: `lead` opens it (the two pages of the councillor), then contents, then `blocks`."""

    lead: Sequence[Piece]
    blocks: Sequence[Piece]


def deeper(pieces: Sequence[Piece], by: int) -> list[Piece]:
    """The same blocks, their headings lower by so many levels: a report inside a dossier."""
    return [replace(one, level=one.level + by) if isinstance(one, Heading) else one for one in pieces]
