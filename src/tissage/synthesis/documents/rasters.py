"""Charts as PNG for Word: drawn from the same SVG, at two pixels a point of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from tissage.core.charts import Chart
from tissage.ui.press import set_pngs

from .pdf import TEMPLATES, draw


def pngs(charts: Sequence[Chart]) -> list[bytes]:
    """One PNG a chart, on white, in the order given."""
    return set_pngs(TEMPLATES / "pictures.typ", pictures=[draw(chart) for chart in charts]) if charts else []
