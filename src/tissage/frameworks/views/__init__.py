"""Pages of reference data: find what the person may see, make one call, answer."""

from .editing import add, correct, discard, publish, remove
from .exchanging import export_codebook, export_nomenclature, import_nomenclature
from .mapping import crosswalk, export_crosswalk, map_one
from .reading import beneficiaries, component, differences, search, senses, show_version, versions
from .territories import choose, territory_choice

__all__ = [
    "add",
    "beneficiaries",
    "choose",
    "component",
    "correct",
    "crosswalk",
    "differences",
    "discard",
    "export_codebook",
    "export_crosswalk",
    "export_nomenclature",
    "import_nomenclature",
    "map_one",
    "publish",
    "remove",
    "search",
    "senses",
    "show_version",
    "territory_choice",
    "versions",
]
