"""`tissage flush`, and the tests that empty the whole database: what may never be deleted goes too, so triggers step aside meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from tissage.people.triggers import Guard


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        for guard in Guard.everywhere:
            guard.remove(connection)
        try:
            super().handle(**options)
        finally:
            for guard in Guard.everywhere:
                guard.install(connection)
