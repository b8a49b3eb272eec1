"""`tissage flush`, and the tests that empty the whole database: what may never be deleted goes too, so triggers step aside meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from tissage.people import triggers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "postgresql":  # empties with TRUNCATE, which the journal's triggers alone refuse
            triggers.remove(connection)
            try:
                super().handle(**options)
            finally:
                triggers.install(connection)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = cursor.fetchall()
            for name, _sql in standing:
                cursor.execute(f"DROP TRIGGER {name}")
            try:
                super().handle(**options)
            finally:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                back = {name for (name,) in cursor.fetchall()}  # some apps put theirs back themselves, after a flush as after a migration
                for name, sql in standing:
                    if name not in back:
                        cursor.execute(sql)
