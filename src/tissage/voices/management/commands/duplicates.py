"""`tissage duplicates --territory SLUG --json`: criteria that may say the same thing, as groups to look at. Nothing is merged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import CommandParser

from tissage.people.models import Territory
from tissage.ui.commands import JsonCommand, Refusal
from tissage.voices.models import Criterion
from tissage.voices.queries.duplicates import territory_duplicates
from tissage.voices.queries.suggesters import encoder


class Command(JsonCommand):
    help = "Propose les critères d’un territoire qui disent peut-être la même chose. Rien n’est fusionné."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--territory", required=True, metavar="ADRESSE")

    def answer(self, **options: Any) -> dict[str, Any]:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucun"
            raise Refusal(f"Le territoire « {options['territory']} » n’existe pas. Territoires connus : {known}.")
        if encoder() is None:
            self.say("Le modèle de langue n’est pas là : seuls les critères écrits pareil sont rapprochés.")
        groups = territory_duplicates(territory)
        rows = {
            pk: (source, external_id, text)
            for pk, source, external_id, text in Criterion.objects.live()
            .filter(territory=territory)
            .order_by("pk")
            .values_list("pk", "source", "external_id", "text")
        }
        shared = Counter(external_id for _source, external_id, _text in rows.values())
        names = {
            pk: f"{source}/{external_id}" if shared[external_id] > 1 else external_id for pk, (source, external_id, _text) in rows.items()
        }
        return {
            "groups": [[names[pk] for pk in group] for group in groups],
            "texts": {names[pk]: rows[pk][2] for group in groups for pk in group},
        }

    def words(self, result: dict[str, Any]) -> str:
        blocks = ["\n".join(f"{name} : {result['texts'][name]}" for name in group) for group in result["groups"]]
        return "\n\n".join(blocks) or "Aucun critère ne ressemble à un autre."
