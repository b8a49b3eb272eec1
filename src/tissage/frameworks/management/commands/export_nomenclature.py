"""`tissage export nomenclature FILE [--version LABEL]`: a version as CSV, with the columns that import reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from tissage.frameworks.exchange.nomenclature_csv import write_nomenclature
from tissage.frameworks.management.versions import version_called
from tissage.frameworks.queries import nomenclature_of
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Écrit une version de la nomenclature SPIRAL en CSV."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Django's own --version (of Django) gives way to ours.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", help="fichier à écrire")
        parser.add_argument("--version", dest="label", default="", help="nom de la version (par défaut, la dernière publiée)")

    def answer(self, **options: Any) -> dict[str, Any]:
        version = version_called(options["label"])
        terms = nomenclature_of(version).terms
        try:
            Path(options["file"]).write_text(write_nomenclature(terms), encoding="utf-8", newline="")
        except OSError as error:
            raise Refusal(f"{options['file']} : le fichier ne peut pas être écrit ({error.strerror}).") from None
        return {"file": options["file"], "version": version.label, "codes": len(terms)}

    def words(self, result: dict[str, Any]) -> str:
        return f"{result['file']} : version {result['version']}, {result['codes']} codes."
