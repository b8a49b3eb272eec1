"""Screens of the synthesis. One file a subject; the addresses take their functions from here."""

from .downloads import group_sheet, live_download, version_download
from .freezing import freeze, freezing, stop_freezing
from .live import component, dimension, dimension_picture, live, live_picture, spread, uncoded
from .publishing import publish, withdraw
from .reading import carry_over, read_all, read_line, reading
from .sheets import revoke_sheet_link, sheet, sheet_link, sheet_pdf, workshop_sheet
from .statistics import statistics, statistics_picture
from .versions import (
    compare,
    marks,
    version,
    version_component,
    version_dimension,
    version_dimension_picture,
    version_picture,
    version_spread,
    version_uncoded,
    versions,
)

__all__ = [
    "carry_over",
    "compare",
    "component",
    "dimension",
    "dimension_picture",
    "freeze",
    "freezing",
    "group_sheet",
    "live",
    "live_download",
    "live_picture",
    "marks",
    "publish",
    "read_all",
    "read_line",
    "reading",
    "revoke_sheet_link",
    "sheet",
    "sheet_link",
    "sheet_pdf",
    "spread",
    "statistics",
    "statistics_picture",
    "stop_freezing",
    "uncoded",
    "version",
    "version_component",
    "version_dimension",
    "version_dimension_picture",
    "version_download",
    "version_picture",
    "version_spread",
    "version_uncoded",
    "versions",
    "withdraw",
    "workshop_sheet",
]
