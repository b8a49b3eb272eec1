"""Identifiers that two programs give to the same thing without asking each other: UUIDs made from names (RFC 9562, version 5).

The same thing bears the same identifier in every file that leaves Tissage, whoever writes it and whenever.
"""

from __future__ import annotations

import hashlib
import re
import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://tissage.example/refi-qda")
_SPACE = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\}?")


def guid(kind: str, *names: str) -> str:
    """The identifier of a thing of this kind that bears these names; equal to `uuid.uuid5(NAMESPACE, …)`, three times as fast."""
    digest = _SPACE.copy()
    digest.update("\x1f".join((kind, *names)).encode("utf-8", "surrogatepass"))
    made = bytearray(digest.digest()[:16])
    made[6] = made[6] & 0x0F | 0x50
    made[8] = made[8] & 0x3F | 0x80
    text = made.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def coder_guid(email: str) -> str:
    """The identifier of a person who codes: made from the address, which the file need not hold."""
    return guid("coder", email.strip().lower())


def plain_guid(text: str) -> str:
    """An identifier as other programs write it (braces, capitals), in its plain form; empty when it is none.

    >>> plain_guid("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}")
    '6f9619ff-8b86-d011-b42d-00cf4fc964ff'
    """
    found = _GUID.fullmatch(text.strip())
    return found.group(1).lower() if found else ""
