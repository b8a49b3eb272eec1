"""A workbook of the plan: received, compared, written as one act, undone as one act."""

from .applying import ChangedSincePreview, NothingToImport, apply_workbook
from .comparing import Preview, compare_workbook
from .files import abandon_workbook, known_mapping, receive_workbook, remember_mapping, workbook_file
from .undoing import CannotUndo, undo_workbook

__all__ = [
    "CannotUndo",
    "ChangedSincePreview",
    "NothingToImport",
    "Preview",
    "abandon_workbook",
    "apply_workbook",
    "compare_workbook",
    "known_mapping",
    "receive_workbook",
    "remember_mapping",
    "undo_workbook",
    "workbook_file",
]
