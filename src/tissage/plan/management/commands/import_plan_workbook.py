"""`tissage import plan-workbook FILE --territory SLUG --plan NAME [--dry-run]`: a workbook of the plan, ours or the town's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from tissage.core.plan_merge import CHANGED, CONFLICT, CREATED
from tissage.plan.exchange.workbook_in import UnreadableFile, format_of, is_ours, open_workbook, sheets_to_read
from tissage.plan.models import Plan
from tissage.plan.operations.workbook import NothingToImport, Preview, apply_workbook, compare_workbook, known_mapping
from tissage.ui.commands import JsonCommand, Refusal


def find_plan(territory: str, name: str) -> Plan:
    """The plan of this name in this territory; its only plan when no name is said."""
    plans = Plan.objects.filter(territory__slug=territory).select_related("territory", "framework__framework").order_by("-starts_on", "pk")
    found = list(plans.filter(name=name) if name else plans)
    if len(found) != 1:
        known = [plan.name for plan in plans]
        said = "Aucun plan ne porte ce nom dans ce territoire." if name or not found else "Ce territoire a plusieurs plans : dites lequel."
        raise Refusal(said, territory=territory, plans=known)
    return found[0]


class Command(JsonCommand):
    help = "Importe un classeur du plan (XLSX ou ODS) ; avec --dry-run, montre les différences sans rien écrire."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire")
        parser.add_argument("--plan", default="", metavar="NOM", help="nom du plan ; inutile quand il n’y en a qu’un")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, ne rien écrire")
        parser.add_argument("--accept-problems", action="store_true", help="importer les lignes lisibles, dire les autres")

    def answer(self, **options: Any) -> dict[str, Any]:
        path = Path(options["file"])
        plan = find_plan(options["territory"], options["plan"])
        try:
            opened = open_workbook(path, format_of(path.name))
        except UnreadableFile as error:
            raise Refusal(str(error)) from None
        said = {one.title: known for one in opened if not one.reading.certain and (known := known_mapping(plan, one.key))}
        sheets = sheets_to_read(opened, said)
        with transaction.atomic():
            preview = compare_workbook(plan, sheets, ours=is_ours(sheets))
            result = as_data(preview)
            if preview.problems and not (options["dry_run"] or options["accept_problems"]):
                raise Refusal("Des lignes ne peuvent pas être lues. Corrigez-les, ou ajoutez --accept-problems.", **result)
            if not options["dry_run"]:
                try:
                    apply_workbook(
                        plan=plan, sheets=sheets, ours=is_ours(sheets), seen="", file_name=path.name, by=None, now=timezone.now()
                    )
                except NothingToImport:
                    result["applied"] = False
                else:
                    result["applied"] = True
        return result

    def words(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['created']} lignes créées, {result['changed']} modifiées, {result['unchanged']} inchangées,"
            f" {result['conflicts']} conflits laissés comme ils sont, {result['absent']} absentes du fichier et gardées."
        ]
        lines += [f"  {one['sheet']}, ligne {one['line']}, {one['column']} : {one['message']}" for one in result["problems"]]
        return "\n".join([*lines, *result["notices"]])


def as_data(preview: Preview) -> dict[str, Any]:
    return {
        "created": preview.count(CREATED),
        "changed": preview.count(CHANGED),
        "conflicts": preview.count(CONFLICT),
        "unchanged": preview.difference.untouched,
        "absent": len(preview.difference.absent),
        "changes": [
            {
                "status": one.status,
                "sheet": one.sheet,
                "line": one.line,
                "row": one.label,
                "fields": {field.name: [field.old, field.new] for field in one.fields},
            }
            for one in preview.difference.changes
        ],
        "problems": [
            {"sheet": one.sheet, "line": one.line, "column": one.column, "value": one.value, "message": str(one.message)}
            for one in preview.problems
        ],
        "notices": [str(one) for one in preview.notices],
    }
