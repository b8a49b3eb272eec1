"""`tissage verify_journal`: was a sealed line of the journal altered or taken away? Exit status 1 when one was."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import connection
from django.db.models import Sum

from tissage.people.models import Entry, Seal
from tissage.people.operations import verify_journal
from tissage.people.triggers import JOURNAL
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Vérifie que les lignes scellées du journal sont intactes."

    def answer(self, **options: Any) -> dict[str, Any]:
        faults = list(verify_journal())
        result = {
            "entries": Entry.objects.count(),
            "sealed": Seal.objects.aggregate(total=Sum("count"))["total"] or 0,
            "last_seal": Seal.objects.order_by("-pk").values_list("hash", flat=True).first(),
            "triggers": JOURNAL.is_in_place(connection),
            "faults": [asdict(fault) for fault in faults],
        }
        if faults or not result["triggers"]:
            words = [str(fault) for fault in faults]
            if not result["triggers"]:
                words.append("les déclencheurs qui protègent le journal manquent : lancez « tissage init »")
            raise Refusal("Le journal n’est pas intact : " + " ; ".join(words) + ".", **result)
        return result

    def words(self, result: dict[str, Any]) -> str:
        return f"Le journal est intact : {result['sealed']} lignes scellées sur {result['entries']}. Dernier scellé : {result['last_seal'] or 'aucun'}."
