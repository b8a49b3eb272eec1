"""Encryption of the few secrets we keep: AES-GCM, keys in a ring outside the database, never derived from SECRET_KEY.

The ring is a JSON file that its owner alone may read: `{"current": "<id>", "keys": {"<id>": "<32 bytes, base64>"}}`. `tissage init`
makes it as TISSAGE_HOME/keys.json; production may keep it elsewhere and give its path in TISSAGE_KEYS. A new key is added beside
the old ones and named current: what was encrypted before stays readable.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = "t1"
KEY_BYTES = 32
NONCE_BYTES = 12


class KeyRingUnreadable(RuntimeError):
    """The key ring is absent or is not one. Says where it was sought and what to do."""


class Undecipherable(ValueError):
    """A ciphertext that was altered, moved from another place, or made with a key that is no longer in the ring."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    current: str
    keys: Mapping[str, bytes]

    def encrypt(self, text: str, *, place: str) -> str:
        """A token `t1.<key id>.<nonce and ciphertext>` that can be read back at the same `place` only (« mfa:12 »)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text.encode(), _bound_to(self.current, place))
        return f"{FORMAT}.{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode().rstrip('=')}"

    def decrypt(self, token: str, *, place: str) -> str:
        """The text of a token made at this place. Raises `Undecipherable`."""
        try:
            form, key_id, body = token.split(".")
            sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            if form != FORMAT:
                raise ValueError(form)
            return AESGCM(self.keys[key_id]).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound_to(key_id, place)).decode()
        except (KeyError, ValueError, binascii.Error, InvalidTag) as error:
            raise Undecipherable("Ce secret chiffré ne se lit pas avec le trousseau de cette installation.") from error


def _bound_to(key_id: str, place: str) -> bytes:
    return f"{FORMAT}|{key_id}|{place}".encode()


def key_ring() -> KeyRing:
    """The ring of this installation, read again when its file changes."""
    path = key_ring_path(settings.TISSAGE_HOME)
    try:
        changed_at = path.stat().st_mtime_ns
    except OSError as error:
        raise KeyRingUnreadable(
            f"Le trousseau de clés {path} est introuvable. Lancez « tissage init », ou corrigez TISSAGE_KEYS."
        ) from error
    return _read(path, changed_at)


def key_ring_path(home: Path) -> Path:
    given = os.environ.get("TISSAGE_KEYS", "")
    return Path(given).expanduser() if given else Path(home) / "keys.json"


@lru_cache(maxsize=4)
def _read(path: Path, changed_at: int) -> KeyRing:
    try:
        ring = json.loads(path.read_text(encoding="utf-8"))
        keys = {key_id: base64.b64decode(key, validate=True) for key_id, key in ring["keys"].items()}
        if ring["current"] not in keys or any(len(key) != KEY_BYTES or "." in key_id for key_id, key in keys.items()):
            raise ValueError("current")
        return KeyRing(current=ring["current"], keys=keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyRingUnreadable(f"Le trousseau de clés {path} est illisible. Restaurez-le depuis une sauvegarde.") from error


def ensure_key_ring(home: Path) -> bool:
    """Makes the key ring once, readable by its owner only. False when there is one already, or when TISSAGE_KEYS gives one."""
    path = key_ring_path(home)
    if path.exists() or os.environ.get("TISSAGE_KEYS"):
        return False
    key_id = secrets.token_hex(4)
    ring = {"current": key_id, "keys": {key_id: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(ring, stream, indent=2)
    return True
