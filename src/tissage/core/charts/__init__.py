"""Geometry of charts: values in, marks out. Drawn by `ui/charts/chart.svg`, the same on screen, on paper and in a PDF.

Every number of a mark is a string already rounded, with a dot: no localisation can break the drawing.
Letters and dimensions are not grades: a hue and a hatch tell them apart, no scale runs through them.
Lengths are in pixels of the viewBox. `narrow=True` gives the geometry of a telephone: labels above the bars.
"""

from tissage.core.charts.bars import bar_chart, stacked_bars
from tissage.core.charts.grids import coverage_grid, heat_map
from tissage.core.charts.inks import DIMENSIONS, SENSES, Ink, readable_on
from tissage.core.charts.marks import Bar, Chart, Column, Line, Pattern, Rect, Series, Stack, Table, Text
from tissage.core.charts.timeline import Span, TimelineWords, timeline
from tissage.core.charts.words import number_text, text_width, wrap

__all__ = [
    "DIMENSIONS",
    "SENSES",
    "Bar",
    "Chart",
    "Column",
    "Ink",
    "Line",
    "Pattern",
    "Rect",
    "Series",
    "Span",
    "Stack",
    "Table",
    "Text",
    "TimelineWords",
    "bar_chart",
    "coverage_grid",
    "heat_map",
    "number_text",
    "readable_on",
    "stacked_bars",
    "text_width",
    "timeline",
    "wrap",
]
