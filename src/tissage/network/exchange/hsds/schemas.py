"""What every answer is held to: the standard's fields, the Belgian profile laid over them, and our pages of results.

`standard.json`: fields, types and required members of HSDS 3.0, by file name of the standard. `belgian_profile.json`: the merge patch that we publish.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tissage.core.merge_patch import merge_patch

DATA = Path(__file__).parents[2] / "data" / "hsds"
STANDARD = "3.0"
PROFILE_VERSION = "1.0.0"
PROFILE_NAME = "Profil belge de HSDS, tel que Tissage le publie"

Schema = dict[str, Any]


def standard() -> Schema:
    return _read("standard")


def profile_patch() -> Schema:
    """The published merge patch, over the schemas of the standard by file name."""
    return _read("belgian_profile")


@cache
def schemas() -> dict[str, Schema]:
    """Every schema by name (`service`, `location`…), references as in an OpenAPI document (`#/components/schemas/…`)."""
    profiled: Schema = merge_patch(standard(), profile_patch())
    found = {name.removesuffix(".json"): _with_references(schema) for name, schema in profiled.items()}
    records = ("service", "organization", "taxonomy", "taxonomy_term", "service_at_location")
    return (
        found
        | {"service_minimal": _MINIMAL, "about": _ABOUT, "profile": _PROFILE, "problem": _PROBLEM}
        | {f"{name}_page": _page_of(*((f"{name}", "service_minimal") if name == "service" else (name,))) for name in records}
    )


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _read(name: str) -> Schema:
    read: Schema = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _with_references(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            name: f"#/components/schemas/{value.removesuffix('.json')}" if name == "$ref" else _with_references(value)
            for name, value in schema.items()
        }
    if isinstance(schema, list):
        return [_with_references(one) for one in schema]
    return schema


def _closed(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _page_of(*names: str) -> Schema:
    items = reference(names[0]) if len(names) == 1 else {"anyOf": [reference(name) for name in names]}
    return _closed(
        {
            **{name: {"type": "integer", "minimum": 0} for name in ("total_items", "total_pages", "page_number", "size")},
            **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
            "contents": {"type": "array", "items": items},
        }
    )


_ADDRESS = {"type": "string", "format": "uri"}
_MINIMAL = _closed({"id": {"type": "string", "format": "uuid"}, "last_modified": {"type": "string", "format": "date-time"}})
_ABOUT = _closed({"version": {"const": STANDARD}, "profile": _ADDRESS, "openapi_url": _ADDRESS})
_PROFILE = _closed(
    {
        "name": {"type": "string"},
        "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "hsds_version": {"const": STANDARD},
        "merge_patch": {"type": "object"},
    }
)
_PROBLEM = _closed({"detail": {"type": "string"}, "where": {"type": "array", "items": {"type": "string"}}}, optional=("where",))
