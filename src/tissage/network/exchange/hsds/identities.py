"""Identifiers of what has none of its own in the database: always the same for the same thing, and telling nothing about it."""

from __future__ import annotations

import uuid
from typing import Any

NAMESPACE = uuid.UUID("5f0e2a53-64b1-5c68-9d0f-3a1f8a6c7e21")


def made_from(*parts: Any) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def taxonomy_id(kind: str) -> str:
    return made_from("taxonomy", kind)


def term_id(kind: str, code: str) -> str:
    return made_from("term", kind, code)
