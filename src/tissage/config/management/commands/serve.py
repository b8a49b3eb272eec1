"""`tissage serve`: the site, the background worker and the scheduler, until Ctrl-C."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tissage.config.installation import troubles
from tissage.config.supervision import manage_command, run_together, server_command


class Command(BaseCommand):
    help = "Lance le site, le travail de fond et le planificateur."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if blocking := [trouble for trouble in troubles() if trouble.blocking]:
            raise CommandError("\n".join(f"{trouble.what} {trouble.remedy}" for trouble in blocking))
        self.stdout.write(f"Tissage : http://{options['host']}:{options['port']}/ — Ctrl-C pour arrêter.")
        self.stdout.flush()
        sys.exit(run_together(together(options["host"], options["port"]), essential="site"))


def together(host: str, port: int) -> dict[str, list[str]]:
    return {
        "site": server_command(host, port),
        "worker": manage_command("db_worker", "--interval", "1"),
        "scheduler": manage_command("scheduler"),
    }
