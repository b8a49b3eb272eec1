"""Triggers that hold what may never change, on both engines, whoever writes. Each app declares its own rules; here is how they stand.

They are not migrations of their own: SQLite rebuilds a table to alter it, refuses to while the trigger of another table names it, and
forgets those of its own. So they step aside before every migration and come back after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, slots=True)
class Rule:
    """Refuses `event` (`DELETE`, `UPDATE`, `UPDATE OF a, b`, `INSERT`) on rows of `table` that meet `condition` (SQL on OLD and NEW; empty: all)."""

    table: str
    event: str
    condition: str
    message: str


class Guard:
    """The rules of one app, by trigger name. Made once per app; `everywhere` lists them all."""

    everywhere: list[Guard] = []

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.everywhere.append(self)

    def stand_after_migrations(self, config: AppConfig) -> None:
        pre_migrate.connect(self._before, sender=config, weak=False)
        post_migrate.connect(self._after, sender=config, weak=False)

    def _before(self, using: str, **kwargs: Any) -> None:
        if self._tables_exist(connections[using]):
            self.remove(connections[using])

    def _after(self, using: str, **kwargs: Any) -> None:
        if self._tables_exist(connections[using]):
            self.install(connections[using])

    def _tables_exist(self, connection: BaseDatabaseWrapper) -> bool:
        return {rule.table for rule in self.rules.values()} <= set(connection.introspection.table_names())

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Puts the triggers in place. Run again, it changes nothing."""
        with connection.cursor() as cursor:
            for name, rule in self.rules.items():
                for statement in _statements(connection.vendor, name, rule):
                    cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Takes the triggers away, for a migration or a database that is emptied whole."""
        with connection.cursor() as cursor:
            for name, rule in self.rules.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {rule.table}" if connection.vendor == "postgresql" else ""))

    def is_in_place(self, connection: BaseDatabaseWrapper) -> bool:
        query = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        with connection.cursor() as cursor:
            cursor.execute(query)
            standing = {name for (name,) in cursor.fetchall()}
        return {name for name, rule in self.rules.items() if _statements(connection.vendor, name, rule)} <= standing


def _statements(vendor: str, name: str, rule: Rule) -> list[str]:
    if vendor == "sqlite":
        if rule.event == "TRUNCATE":
            return []
        when = f" WHEN {rule.condition}" if rule.condition else ""
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {rule.event} ON {rule.table}{when} BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
        ]
    # PostgreSQL allows no sub-query in WHEN: the function asks, and lets the row through when the rule does not bear on it.
    refuse = f"RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"IF {rule.condition} THEN {refuse} END IF; RETURN {'OLD' if rule.event == 'DELETE' else 'NEW'};" if rule.condition else refuse
    each = "STATEMENT" if rule.event == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH {each} EXECUTE FUNCTION {name}_refuse()",
    ]


APPEND_ONLY = "The journal is append-only"
JOURNAL = Guard(
    {
        f"{table}_no_{event.lower()}": Rule(table, event, "", APPEND_ONLY)
        for table in ("people_entry", "people_seal")
        for event in ("UPDATE", "DELETE", "TRUNCATE")
    }
)
