"""`tissage propose-evidence [--territory SLUG] [--json]`: reads trainings, agreements, activities, decisions and money, and proposes what may prove something."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.commitments.operations.evidence import propose_evidence
from tissage.people.models import Territory
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Propose des preuves tirées de ce que Tissage sait déjà ; une personne les valide ensuite."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--territory", default="", metavar="ADRESSE", help="adresse courte d’un territoire ; tous, sinon")

    def answer(self, **options: Any) -> dict[str, Any]:
        territories = Territory.objects.order_by("slug")
        if slug := options["territory"]:
            territories = territories.filter(slug=slug)
            if not territories:
                raise Refusal(f"Aucun territoire « {slug} ».")
        now = timezone.now()
        made = {one.slug: len(propose_evidence(territory=one, by=None, now=now)) for one in territories}
        return {"proposed": sum(made.values()), "territories": made}

    def words(self, result: dict[str, Any]) -> str:
        return f"{result['proposed']} preuves proposées, à valider par une personne."
