"""`tissage export plan-workbook FILE --territory SLUG --plan NAME`: the whole plan as a workbook to work in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.plan.exchange.workbook_out import render_workbook
from tissage.plan.operations.workbook.files import note_export
from tissage.plan.queries.workbook import known_rows
from tissage.ui.commands import JsonCommand, Refusal

from .import_plan_workbook import find_plan


class Command(JsonCommand):
    help = "Écrit le classeur d’un plan (XLSX), à modifier et à rendre."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire")
        parser.add_argument("--plan", default="", metavar="NOM", help="nom du plan ; inutile quand il n’y en a qu’un")

    def answer(self, **options: Any) -> dict[str, Any]:
        plan = find_plan(options["territory"], options["plan"])
        now = timezone.now()
        path = Path(options["file"])
        try:
            path.write_bytes(render_workbook(plan, day=timezone.localtime(now).date()))
        except OSError as error:
            raise Refusal(f"Le fichier ne peut pas être écrit : {error}.") from None
        note_export(plan=plan, by=None, now=now)
        return {"file": str(path), "plan": plan.name, "rows": len(known_rows(plan))}

    def words(self, result: dict[str, Any]) -> str:
        return f"{result['plan']} : {result['rows']} lignes dans {result['file']}."
