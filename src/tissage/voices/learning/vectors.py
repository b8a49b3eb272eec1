"""Vectors kept on disk so that nothing is encoded twice. A folder per encoder, a file per territory, rebuilt at any time.

A file holds digests and vectors, never a word; it is readable by the account that runs Tissage alone, replaced whole (two
processes may write it at once: the last one wins, nothing is torn), and left out of backups.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .encoder import Encoder

# Whole numbers: sums of them are exact in double precision up to 2^53, so that taking an example away gives back what was.
SCALE = 4096
Whole = NDArray[np.int16]
_SPARE = 64  # fewer new vectors than this are encoded anew sooner than written


def whole(vectors: NDArray[np.float32]) -> Whole:
    """Vectors of length 1 as whole numbers (`SCALE` stands for 1)."""
    return np.rint(vectors * SCALE).astype(np.int16)


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorStore:
    """The vectors of one territory (or of one version of the key) in memory, read from its file when there is one.

    `folder` empty: memory only.
    """

    def __init__(self, encoder: Encoder, folder: Path | None, name: str) -> None:
        self.encoder = encoder
        self._path = folder / re.sub(r"[^\w.-]", "_", encoder.id) / f"{name}.npz" if folder else None
        self._rows: dict[bytes, Whole] = {}
        self._unsaved = 0
        self._read()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, texts: Sequence[str]) -> Whole:
        """Shape (n, dim). Encodes what is new; writes the file when enough of it is."""
        keys = [digest(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if missing:
            made = whole(self.encoder.encode(list(missing.values())))
            self._rows.update(zip(missing, made, strict=True))
            self._unsaved += len(missing)
            if self._unsaved >= _SPARE:
                self.save()
        if not keys:
            return np.zeros((0, self.encoder.dim), dtype=np.int16)
        rows = self._rows
        return np.stack([rows[key] for key in keys])

    def keep_only(self, texts: Iterable[str]) -> int:
        """Forgets every other text: what was withdrawn leaves. Gives how many left."""
        kept = {digest(text) for text in texts}
        before = len(self._rows)
        self._rows = {key: row for key, row in self._rows.items() if key in kept}
        gone = before - len(self._rows)
        if gone:
            self.save()
        return gone

    def save(self) -> None:
        """Replaces the file whole. A disk that refuses costs time at the next start, nothing else."""
        self._unsaved = 0
        if self._path is None:
            return
        keys = np.frombuffer(b"".join(self._rows), dtype=np.uint8).reshape(-1, 16)
        rows = np.stack(list(self._rows.values())) if self._rows else np.zeros((0, self.encoder.dim), dtype=np.int16)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, partial = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.stem}-")  # 0600
            try:
                with os.fdopen(handle, "wb") as stream:
                    np.savez(stream, keys=keys, rows=rows)
                os.replace(partial, self._path)
            except BaseException:
                Path(partial).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def _read(self) -> None:
        if self._path is None or not self._path.is_file():
            return
        try:
            with np.load(self._path, allow_pickle=False) as held:
                keys, rows = held["keys"], held["rows"]
        except Exception:  # torn, foreign or of another shape: it is made again
            return
        if rows.ndim == 2 and rows.shape[1] == self.encoder.dim and rows.dtype == np.int16 and keys.shape == (len(rows), 16):
            self._rows = {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
