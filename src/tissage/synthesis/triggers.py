"""Triggers that keep a frozen synthesis as it is, on both engines, whoever writes. Installed after every migration.

A frozen version keeps its number, words, selection, counts and lines; only its dated marks and its publication move.
Not a migration of their own: SQLite rebuilds a table to alter it, refuses to while the trigger of another table names it, and
forgets those of its own. They step aside before a migration and come back after it.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

SYNTHESIS, LINE = "synthesis_synthesis", "synthesis_synthesisline"
REFUSAL = "A frozen synthesis does not change"
KEPT = (
    "territory_id",
    "number",
    "title",
    "note",
    "nomenclature_id",
    "selection",
    "suppression",
    "cube",
    "groups",
    "lines_total",
    "lines_done",
    "started_at",
    "frozen_at",
)


def step_aside_before_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    connection = connections[using]
    if {SYNTHESIS, LINE} <= set(connection.introspection.table_names()):
        remove(connection)


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    connection = connections[using]
    if {SYNTHESIS, LINE} <= set(connection.introspection.table_names()):
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers in place. Run again, it changes nothing."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers away, for a database that is emptied whole."""
    with connection.cursor() as cursor:
        for name, (table, _event, _condition) in _RULES.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def are_in_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands, for `tissage check`."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(_RULES) <= {row[0] for row in cursor.fetchall()}


def _frozen(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SYNTHESIS} WHERE id = {row}.synthesis_id AND frozen_at IS NOT NULL)"


_RULES = {
    "synthesis_keeps_its_content": (SYNTHESIS, f"UPDATE OF {', '.join(KEPT)}", "OLD.frozen_at IS NOT NULL"),
    "synthesis_stays": (SYNTHESIS, "DELETE", "OLD.frozen_at IS NOT NULL"),
    "synthesis_line_stays": (LINE, "DELETE", _frozen("OLD")),
    "synthesis_line_keeps": (LINE, "UPDATE", _frozen("OLD")),
    "synthesis_line_comes_before": (LINE, "INSERT", _frozen("NEW")),
}


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for name, (table, event, condition) in _RULES.items()
        ]
    # PostgreSQL allows no sub-query in WHEN: the function asks, and lets the row through when the rule does not bear on it.
    statements = []
    for name, (table, event, condition) in _RULES.items():
        going = "OLD" if event == "DELETE" else "NEW"
        statements.append(
            f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {going}; END $$"
        )
        statements.append(f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_refuse()")
    return statements
