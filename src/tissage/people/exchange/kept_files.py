"""Files of the house in the data folder (photos, recordings, documents), one file a row, named by its uuid. Never under a name that somebody typed.

A file is written before its row, and goes after it: whatever stops in between leaves a file without a row, which `forget_strays`
takes away, never a row that shows nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

PHOTOS, RECORDINGS, DOCUMENTS, PICTURES = "photos", "recordings", "documents", "pictures"
SETTLING = dt.timedelta(hours=1)
"""A file this young may belong to a row that is being written."""


def path_of(folder: str, uuid: UUID) -> Path:
    return Path(settings.TISSAGE_FILES) / folder / str(uuid)


def keep(folder: str, uuid: UUID, content: bytes) -> None:
    """Writes a file for its owner alone, within the transaction that writes its row: taken away when that fails."""
    path = path_of(folder, uuid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)


def forget(folder: str, uuid: UUID) -> None:
    """Takes a file away once its row is gone for good; a file that is not there is no trouble."""
    path = path_of(folder, uuid)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def forget_strays(folder: str, known: Collection[UUID], *, now: dt.datetime) -> int:
    """Takes away the files of a folder that no row knows; gives how many."""
    place = Path(settings.TISSAGE_FILES) / folder
    names = {str(uuid) for uuid in known}
    gone = 0
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            written = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
            if path.name not in names and now - written >= SETTLING:
                path.unlink()
                gone += 1
    return gone
