"""A version as it would be published now, in memory only: what « voir comme le public » shows before the act."""

from __future__ import annotations

import copy

from tissage.synthesis.models import Synthesis

from .versions import publication_preview, version_cells


def as_if_published(synthesis: Synthesis) -> Synthesis:
    """A copy that holds the publication of this moment. Not to be saved: publishing is an operation."""
    decision = publication_preview(synthesis)
    shown = copy.copy(synthesis)
    shown.publication = decision.as_json()
    shown.public_cube = [list(cell) for cell in decision.public_cells(version_cells(synthesis))]
    return shown
