"""`tissage restore FILE`: puts a backup back in the place of what is there. Asks first, unless --yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection

from tissage.config.backups import BackupRefused, restore_backup
from tissage.people.models import Territory, User
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Remet une sauvegarde à la place de ce qui est là."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="ne pas demander de confirmation")

    def answer(self, **options: Any) -> dict[str, Any]:
        if not options["yes"]:
            self.confirm()
        try:
            manifest = restore_backup(options["file"])
        except BackupRefused as refusal:
            raise Refusal(str(refusal)) from refusal
        return {"file": str(options["file"]), "made_at": manifest["made_at"], "territories": Territory.objects.count()}

    def confirm(self) -> None:
        settings.TISSAGE_HOME.mkdir(parents=True, exist_ok=True)
        if Territory._meta.db_table not in connection.introspection.table_names():
            return
        territories, accounts = Territory.objects.count(), User.objects.count()
        if not (territories or accounts):
            return
        self.say(f"Ceci remplace {territories} territoire(s) et {accounts} compte(s). Relancez avec --yes pour le faire.")
        raise Refusal("Rien n’a été touché.")

    def words(self, result: dict[str, Any]) -> str:
        return f"Sauvegarde du {result['made_at']} remise en place : {result['territories']} territoire(s)."
