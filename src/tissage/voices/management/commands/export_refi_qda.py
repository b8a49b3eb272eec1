"""`tissage export refi-qda SLUG FILE`: the project of a territory (`.qdpx`), or its codebook alone (`.qdc`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.frameworks.exchange.refi_codebook import write_codebook
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.people.operations import record
from tissage.ui.commands import JsonCommand, Refusal
from tissage.voices.exchange.refi_qda.writer import write_project


class Command(JsonCommand):
    help = "Exporte un territoire au format REFI-QDA : .qdpx (projet, avec les paroles) ou .qdc (nomenclature seule)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("territory", metavar="ADRESSE")
        parser.add_argument("file", metavar="FICHIER", help="l’extension décide : .qdpx ou .qdc")

    def answer(self, **options: Any) -> dict[str, Any]:
        path = Path(options["file"])
        kind = path.suffix.lower().lstrip(".")
        if kind not in ("qdpx", "qdc"):
            raise Refusal(
                f"L’extension « {path.suffix or path.name} » n’est pas de REFI-QDA. Attendu : .qdpx (projet) ou .qdc (nomenclature)."
            )
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucun"
            raise Refusal(f"Le territoire « {options['territory']} » n’existe pas. Territoires connus : {known}.")
        result: dict[str, Any] = {"territory": territory.slug, "format": kind, "file": str(path)}
        partial = path.with_name(f".{path.name}.partiel")
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                result |= self._write(stream, territory, kind)
            partial.replace(path)
        except OSError as error:
            raise Refusal(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror or error}.") from None
        finally:
            partial.unlink(missing_ok=True)
        if kind == "qdpx":
            numbers = {"criteria": result["criteria"]}
            record(
                verb="voices.export_criteria",
                by=None,
                territory=territory,
                on=territory,
                fields=[kind],
                numbers=numbers,
                now=timezone.now(),
            )
        return result

    def _write(self, stream: IO[bytes], territory: Territory, kind: str) -> dict[str, Any]:
        if kind == "qdpx":
            return {"criteria": write_project(stream, territory)}
        nomenclature = territory_nomenclature(territory)
        if not nomenclature.terms:
            raise Refusal("Ce territoire n’a pas encore choisi de nomenclature : il n’y a rien à exporter.")
        stream.write(write_codebook(nomenclature))
        return {"codes": len(nomenclature.terms)}

    def words(self, result: dict[str, Any]) -> str:
        if "codes" in result:
            return f"{result['codes']} codes écrits dans {result['file']}."
        return f"{result['criteria']} critères écrits dans {result['file']}."
