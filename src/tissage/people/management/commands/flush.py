"""`tissage flush`, and the tests that empty the whole database: the journal goes too, so its triggers step aside meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from tissage.people import triggers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            triggers.install(connection)
