"""Writes on reference data. One file a subject; import names from here."""

from .choices import choose_version
from .crosswalks import UnknownTarget, map_code, propose_crosswalk
from .nodes import CodeExists, CodeRefused, PublishedCodesStay, add_code, correct_code, remove_code
from .shipped import SHIPPED_VERSION, load_shipped_frameworks, spiral_version
from .shipped_plans import SHIPPED_PLANS, load_shipped_plan_frameworks
from .shipped_vocabulary import load_shipped_vocabulary
from .versions import (
    AlreadyPublished,
    EmptyVersion,
    FileHasProblems,
    LabelTaken,
    discard_draft,
    import_version,
    publish_version,
    store_terms,
)

__all__ = [
    "SHIPPED_PLANS",
    "SHIPPED_VERSION",
    "AlreadyPublished",
    "CodeExists",
    "CodeRefused",
    "EmptyVersion",
    "FileHasProblems",
    "LabelTaken",
    "PublishedCodesStay",
    "UnknownTarget",
    "add_code",
    "choose_version",
    "correct_code",
    "discard_draft",
    "import_version",
    "load_shipped_frameworks",
    "load_shipped_plan_frameworks",
    "load_shipped_vocabulary",
    "map_code",
    "propose_crosswalk",
    "publish_version",
    "remove_code",
    "spiral_version",
    "store_terms",
]
