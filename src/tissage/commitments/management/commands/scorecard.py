"""`tissage scorecard SLUG --ask-set CODE [--json]`: the score of a received set as it stands today. Reads, and writes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tissage.commitments.models import AskSet
from tissage.commitments.queries.scorecards import scorecard_as_json
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Dit ce qui est prouvé, possible et documenté d’un ensemble de demandes."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("territory", metavar="ADRESSE", help="adresse courte du territoire")
        parser.add_argument("--ask-set", required=True, metavar="CODE", help="code de l’ensemble de demandes")

    def answer(self, **options: Any) -> dict[str, Any]:
        found = AskSet.objects.of_territory().filter(territory__slug=options["territory"], code=options["ask_set"]).first()
        if found is None:
            known = AskSet.objects.of_territory().filter(territory__slug=options["territory"]).order_by("code")
            codes = ", ".join(known.values_list("code", flat=True)) or "aucun"
            raise Refusal(f"Aucun ensemble « {options['ask_set']} » dans « {options['territory']} ». Ensembles connus : {codes}.")
        return scorecard_as_json(found)

    def words(self, result: dict[str, Any]) -> str:
        if result["headline"] is None:
            return "Sans objet : aucune demande vérifiable de la compétence de la commune."
        written = {name: f"{result[name]:.1f}".replace(".", ",") for name in ("headline", "coverage", "ceiling")}
        return f"{written['headline']} % prouvé ({written['coverage']} % documenté, jusqu’à {written['ceiling']} %)"
