"""Secrets that open something without a password: they are drawn elsewhere, and only their hash is kept."""

from __future__ import annotations

import hashlib

TOKEN_BYTES = 32
"""256 bits, in 43 url-safe characters: nobody finds one by trying."""


def hash_token(token: str) -> str:
    """All that is kept of a secret: its SHA-256, 64 hexadecimal digits. A secret drawn at random needs no salt.

    >>> hash_token("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(token.encode()).hexdigest()
