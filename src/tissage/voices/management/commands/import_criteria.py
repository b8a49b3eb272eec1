"""`tissage import criteria FILE --territory SLUG`: CSV, XLSX, ODS, JSON Lines or lines `NB;criterion;component`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from tissage.core.columns import EXPORTED
from tissage.core.messages import gettext_noop
from tissage.people.exchange.errors import UnreadableFile
from tissage.voices.exchange.mappings import with_known_mapping
from tissage.voices.exchange.sources import Source, format_of, open_source

from .import_wikispiral import ImportCommand


class Command(ImportCommand):
    help = "Importe des critères (csv, xlsx, ods, jsonl, ou lignes NB;critère;composante en txt)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--group", default="", help="groupe de toutes les lignes, quand le fichier n’a pas cette colonne")
        parser.add_argument(
            "--question", default="", help="question de toutes les lignes (WB, IB, ACT…), quand le fichier n’a pas cette colonne"
        )

    def source(self, path: Path, options: dict[str, Any]) -> Source:
        source = with_known_mapping(
            open_source(path, format_of(path)), options["territory"], {"group": options["group"], "question": options["question"]}
        )
        if source.missing:
            named = ", ".join(EXPORTED[name] for name in source.missing)
            raise UnreadableFile(
                gettext_noop(
                    "Colonnes introuvables : %(missing)s. Le fichier a : %(header)s. "
                    "Renommez les colonnes, donnez --group et --question, ou importez depuis l’écran, qui demande laquelle est laquelle."
                ),
                missing=named,
                header=", ".join(source.header),
            )
        return source
