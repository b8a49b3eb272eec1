"""Vectors kept on disk so that nothing is encoded twice. A folder per encoder, a file per territory, rebuilt at any time.

A file holds digests and vectors, never a word; it is readable by the account that runs Tissage alone, replaced whole (two
processes may write it at once: the last one wins, nothing is torn), and left out of backups.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .encoder import Encoder

# Whole numbers: sums of them are exact in double precision up to 2^53, so that taking an example away gives back what was.
SCALE = 4096
Whole = NDArray[np.int16]
_SPARE = 64  # fewer new vectors than this are encoded anew sooner than written
_PASSING = 256  # vectors of what was only asked about, at hand for a while: what is suggested for is often coded next


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
        self._passing: dict[bytes, Whole] = {}
        self._passes = threading.Lock()
        self._unsaved = 0
        self._read()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, texts: Sequence[str], *, keep: bool = True) -> Whole:
        """Shape (n, dim). Encodes what is new; writes the file when enough of it is.

        `keep=False`: what is new is in memory for a while (the last 256 texts), never in a file.
        """
        keys = [digest(text) for text in texts]
        known = self._rows
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            made = self._made(missing)
            if keep:
                self._rows.update(made)
                self._unsaved += len(made)
                if self._unsaved >= _SPARE:
                    self.save()
            else:
                known = {**{key: known[key] for key in keys if key in known}, **made}
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, self.encoder.dim), dtype=np.int16)

    def _made(self, missing: dict[bytes, str]) -> dict[bytes, Whole]:
        with self._passes:
            made = {key: self._passing[key] for key in missing if key in self._passing}
        new = {key: text for key, text in missing.items() if key not in made}
        if new:
            encoded = dict(zip(new, whole(self.encoder.encode(list(new.values()))), strict=True))
            made.update(encoded)
            with self._passes:
                self._passing.update(list(encoded.items())[-_PASSING:])
                for key in list(self._passing)[:-_PASSING]:
                    del self._passing[key]
        return made

    def keep_only(self, texts: Iterable[str]) -> int:
        """Forgets every other text: what was withdrawn leaves. Gives how many left."""
        kept = {digest(text) for text in texts}
        with self._passes:
            self._passing.clear()
        before = len(self._rows)
        self._rows = {key: row for key, row in self._rows.items() if key in kept}
        gone = before - len(self._rows)
        if gone:
            self.save()
        return gone

    def save(self) -> None:
        """Replaces the file whole. A disk that refuses costs time at the next start, nothing else."""
        self._unsaved = 0
        if self._path is not None:
            _write(self._path, self._rows, self.encoder.dim)

    def _read(self) -> None:
        if self._path is not None and (held := _read(self._path)) is not None and held[1].shape[1] == self.encoder.dim:
            self._rows = {key.tobytes(): row for key, row in zip(*held, strict=True)}


def prune_files(folder: Path, name: str, texts: Iterable[str]) -> int:
    """Drops from the files of this name, of whatever encoder, what is not in `texts`; gives how many vectors went. No encoder is loaded."""
    kept: set[bytes] | None = None
    gone = 0
    for path in sorted(folder.glob(f"*/{name}.npz")):
        kept = {digest(text) for text in texts} if kept is None else kept
        held = _read(path)
        if held is None:
            path.unlink(missing_ok=True)
            continue
        rows = {key.tobytes(): row for key, row in zip(*held, strict=True) if key.tobytes() in kept}
        if len(rows) < len(held[0]):
            gone += len(held[0]) - len(rows)
            _write(path, rows, held[1].shape[1])
    return gone


def _write(path: Path, held: dict[bytes, Whole], dim: int) -> None:
    keys = np.frombuffer(b"".join(held), dtype=np.uint8).reshape(-1, 16)
    rows = np.stack(list(held.values())) if held else np.zeros((0, dim), dtype=np.int16)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")  # 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, keys=keys, rows=rows)
            os.replace(partial, path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _read(path: Path) -> tuple[NDArray[np.uint8], Whole] | None:
    """(digests (n, 16), vectors (n, dim)); None when the file is absent, torn, foreign or of another shape: it is made again."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            keys, rows = held["keys"], held["rows"]
    except Exception:
        return None
    if rows.ndim != 2 or rows.dtype != np.int16 or keys.shape != (len(rows), 16):
        return None
    return keys, rows
