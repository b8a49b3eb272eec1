"""Database triggers: what is published stays. The same rule on SQLite and PostgreSQL, whoever writes.

A published version is neither removed nor unpublished; its codes keep kind, code and version, and are not removed.
"""

from __future__ import annotations

from typing import Any

_REFUSED = {
    "frameworks_node_keeps_code": (
        "frameworks_node",
        "UPDATE OF kind, code, version_id",
        "(OLD.kind <> NEW.kind OR OLD.code <> NEW.code OR OLD.version_id <> NEW.version_id)"
        " AND EXISTS (SELECT 1 FROM frameworks_frameworkversion WHERE id = OLD.version_id AND published_at IS NOT NULL)",
        "a code of a published version does not change",
    ),
    "frameworks_node_stays": (
        "frameworks_node",
        "DELETE",
        "EXISTS (SELECT 1 FROM frameworks_frameworkversion WHERE id = OLD.version_id AND published_at IS NOT NULL)",
        "a code of a published version is not removed",
    ),
    "frameworks_version_stays": (
        "frameworks_frameworkversion",
        "DELETE",
        "OLD.published_at IS NOT NULL",
        "a published version is not removed",
    ),
    "frameworks_version_stays_published": (
        "frameworks_frameworkversion",
        "UPDATE OF published_at, label, framework_id",
        "OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR OLD.label <> NEW.label OR OLD.framework_id <> NEW.framework_id)",
        "a published version stays published under its name",
    ),
}


def create_triggers(apps: Any, schema_editor: Any) -> None:
    for name, (table, event, condition, message) in _REFUSED.items():
        for statement in _statements(schema_editor.connection.vendor, name, table, event, condition, message):
            schema_editor.execute(statement, params=None)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    for name, (table, *_rest) in _REFUSED.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}_refuse()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def _statements(vendor: str, name: str, table: str, event: str, condition: str, message: str) -> list[str]:
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"]
    # PostgreSQL allows no sub-query in WHEN: the function asks, and lets the row through when the rule does not bear on it.
    going = "OLD" if event == "DELETE" else "NEW"
    return [
        f"CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {going}; END $$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_refuse()",
    ]
