"""Writes on the money of a plan: funding lines, budget stages, allocations, help in kind, staff. Each is journalled without any amount."""

from .allocations import GridChangedMeanwhile, save_grid
from .beside import change_help, change_staff, create_help, create_staff, remove_help, remove_staff
from .funding import change_funding, copy_funding, create_funding, remove_funding
from .refusals import MoneyRefused
from .stages import change_stage, create_stage, latest_stage, remove_stage

__all__ = [
    "GridChangedMeanwhile",
    "MoneyRefused",
    "change_funding",
    "change_help",
    "change_staff",
    "change_stage",
    "copy_funding",
    "create_funding",
    "create_help",
    "create_staff",
    "create_stage",
    "latest_stage",
    "remove_funding",
    "remove_help",
    "remove_staff",
    "remove_stage",
    "save_grid",
]
