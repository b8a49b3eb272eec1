"""Charts as PNG for Word: drawn from the same SVG, at two pixels a point of the screen."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typst

from tissage.core.charts import Chart

from .pdf import TEMPLATES, draw, fonts

TWICE = 192.0  # pixels an inch: 96 is the scale of the screen


def pngs(charts: Sequence[Chart]) -> list[bytes]:
    """One PNG a chart, on white, in the order given."""
    if not charts:
        return []
    drawn = typst.compile(
        TEMPLATES / "pictures.typ",
        root=TEMPLATES,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"pictures": json.dumps([draw(chart) for chart in charts], ensure_ascii=False)},
        format="png",
        ppi=TWICE,
    )
    return [drawn] if isinstance(drawn, bytes) else list(drawn)
