"""`tissage demo`: an invented town, its synthesis, four accounts, and the site. Run twice, it neither duplicates nor destroys."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tissage.config.demonstration import prepare_demonstration
from tissage.config.installation import prepare
from tissage.config.supervision import run_together

from .serve import together


class Command(BaseCommand):
    help = "Prépare une ville inventée et lance le site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="préparer sans lancer le site")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ["TISSAGE_CANDIDATE_PHASE"] = "1"  # for the site that it starts: the town is invented, so are its candidates
        now = timezone.now()
        prepare(settings.TISSAGE_HOME, now=now)
        accounts = prepare_demonstration(settings.TISSAGE_HOME, now=now)
        who = " · ".join(f"{account.email} / {account.password} ({account.words})" for account in accounts)
        self.stdout.write(f"Tissage : http://127.0.0.1:{options['port']}/ — {who}")
        self.stdout.flush()
        if not options["no_serve"]:
            sys.exit(run_together(together("127.0.0.1", options["port"]), essential="site"))
