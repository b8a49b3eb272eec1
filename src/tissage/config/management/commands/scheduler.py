"""`tissage scheduler`: the acts of `config/schedule.py`, each at its time. `serve` runs it; `--once` runs all of them now."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from tissage.config.schedule import SCHEDULE, due

PAUSE_SECONDS = 30


class Command(BaseCommand):
    help = "Fait ce que la maison fait à heure fixe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="tout faire une fois, maintenant")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for act in SCHEDULE:
                act.run(timezone.now())
            return
        last_runs: dict[str, dt.datetime] = {}
        while True:
            for act in due(last_runs, timezone.now()):
                try:
                    act.run(timezone.now())
                except Exception as error:  # one failing act must not silence the others
                    self.stderr.write(f"{act.name} : {error}")
                last_runs[act.name] = timezone.now()
            close_old_connections()
            time.sleep(PAUSE_SECONDS)
