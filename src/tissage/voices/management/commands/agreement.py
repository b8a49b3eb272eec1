"""`tissage agreement --territory SLUG --json`: how far two people who coded the same criteria apart agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tissage.people.models import Territory
from tissage.ui.commands import JsonCommand, Refusal
from tissage.voices import agreement_words as words
from tissage.voices.queries.agreement import pairs_of
from tissage.voices.queries.double_coding import COMPONENT, LEVELS


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


class Command(JsonCommand):
    help = "Accord entre les personnes qui ont codé les mêmes critères sans se voir : observé, kappa, alpha et son intervalle à 95 %."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--territory", required=True, metavar="ADRESSE")
        parser.add_argument("--level", choices=LEVELS, default=COMPONENT, help="ce qui doit être pareil (par défaut, la composante)")

    def answer(self, **options: Any) -> dict[str, Any]:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucun"
            raise Refusal(f"Le territoire « {options['territory']} » n’existe pas. Territoires connus : {known}.")
        pairs = []
        for pair in pairs_of(territory, options["level"]):
            measured, alpha = pair.figures.measured, pair.figures.intervals.alpha
            pairs.append(
                {
                    "coders": list(pair.coders),
                    "n": measured.units,
                    "observed": rounded(measured.observed),
                    "kappa": rounded(measured.kappa),
                    "alpha": rounded(measured.alpha),
                    "interval": [rounded(bound) for bound in alpha] if alpha else None,
                }
            )
        return {"pairs": pairs}

    def words(self, result: dict[str, Any]) -> str:
        if not result["pairs"]:
            return "Rien n’est encore codé deux fois dans ce territoire."
        lines = []
        for pair in result["pairs"]:
            found = pair["interval"]
            interval = f" (de {words.number(found[0])} à {words.number(found[1])})" if found else ""
            lines.append(
                f"{' · '.join(pair['coders'])} : {round(pair['observed'] * pair['n'])} sur {pair['n']} pareils,"
                f" kappa {words.number(pair['kappa'])}, alpha {words.number(pair['alpha'])}{interval}."
            )
        return "\n".join(lines)
