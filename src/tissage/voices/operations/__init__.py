"""Writes on groups, workshops, expressions, criteria and codings. One file a subject; what other apps call stands here."""

from .batches import cancel_import, delete_old_import_files, purge_hidden_rows, undo_import
from .imports import ImportCancelled, ImportRefused, import_source, plan_import
from .territories import open_territory

__all__ = [
    "ImportCancelled",
    "ImportRefused",
    "cancel_import",
    "delete_old_import_files",
    "import_source",
    "open_territory",
    "plan_import",
    "purge_hidden_rows",
    "undo_import",
]
