"""`tissage backup FILE`: database, files, secret and keys in one file, while the site runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.config.backups import BackupRefused, make_backup
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Sauvegarde la base, les fichiers, le secret et les clés dans un seul fichier."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            manifest = make_backup(options["file"], now=timezone.now())
        except BackupRefused as refusal:
            raise Refusal(str(refusal)) from refusal
        return {"file": str(options["file"]), "bytes": options["file"].stat().st_size, "members": len(manifest["members"])}

    def words(self, result: dict[str, Any]) -> str:
        return (
            f"Sauvegarde faite : {result['file']} ({result['bytes']} octets).\n"
            "Ce fichier contient le secret et les clés : gardez-le en lieu sûr."
        )
