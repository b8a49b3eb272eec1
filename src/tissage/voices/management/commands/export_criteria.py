"""`tissage export criteria SLUG --format csv|xlsx|ods|jsonl FILE`: every live criterion, for another Tissage or another tool."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.people.exchange.errors import TooLong, UnreadableFile
from tissage.people.models import Territory
from tissage.people.operations import record
from tissage.ui.commands import JsonCommand, Refusal
from tissage.voices.exchange.writers import FORMATS, write_criteria


class Command(JsonCommand):
    help = "Exporte les critères d’un territoire : csv, xlsx, ods ou jsonl."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("territory", metavar="ADRESSE")
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--format", default="", help=" | ".join(FORMATS) + " (sinon, d’après l’extension)")

    def answer(self, **options: Any) -> dict[str, Any]:
        path = Path(options["file"])
        format = options["format"] or path.suffix.lstrip(".").lower()
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucun"
            raise Refusal(f"Le territoire « {options['territory']} » n’existe pas. Territoires connus : {known}.")
        partial = path.with_name(f".{path.name}.partiel")
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                count = write_criteria(stream, territory, format)
            partial.replace(path)
        except (UnreadableFile, TooLong) as error:
            raise Refusal(str(error)) from None
        except OSError as error:
            raise Refusal(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror or error}.") from None
        finally:
            partial.unlink(missing_ok=True)
        record(
            verb="voices.export_criteria",
            by=None,
            territory=territory,
            on=territory,
            fields=[format],
            numbers={"criteria": count},
            now=timezone.now(),
        )
        return {"territory": territory.slug, "format": format, "file": str(path), "criteria": count}

    def words(self, result: dict[str, Any]) -> str:
        return f"{result['criteria']} critères écrits dans {result['file']}."
