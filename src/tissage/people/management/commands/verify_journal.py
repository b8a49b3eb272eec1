"""`tissage verify_journal [FILE]`: was a sealed line of the journal, or of a file taken from it, altered or taken away? Exit status 1 when one was."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection
from django.db.models import Sum

from tissage.core.journal_chain import NotAJournalFile, check_file
from tissage.people.models import Entry, Seal
from tissage.people.operations import verify_journal
from tissage.people.triggers import JOURNAL
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Vérifie que les lignes scellées du journal sont intactes."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", help="un journal scellé emporté du site ; sans fichier, celui de cette installation")

    def answer(self, **options: Any) -> dict[str, Any]:
        return self.of_a_file(Path(options["file"])) if options["file"] else self.of_this_site()

    def of_a_file(self, path: Path) -> dict[str, Any]:
        """Checks the chain of a file; a seal that this site also holds under the same hash is said to be known."""
        try:
            with path.open(encoding="utf-8") as lines:
                checked = check_file(lines)
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f"« {path.name} » ne se lit pas : vérifiez son chemin.") from error
        except NotAJournalFile as error:
            raise Refusal(f"« {path.name} » n’est pas un journal scellé : la ligne {error.line} n’en est pas une.") from error
        if not checked.seals:
            raise Refusal(f"« {path.name} » ne contient aucun scellé : rien n’y prouve que rien n’a changé.", **asdict(checked))
        result = {**asdict(checked), "known_here": Seal.objects.filter(hash=checked.last_seal).exists()}
        if checked.faults:
            lines_ = ", ".join(map(str, checked.faults))
            raise Refusal(f"Ce fichier a été changé : la chaîne se rompt aux lignes {lines_}.", **result)
        return result

    def of_this_site(self) -> dict[str, Any]:
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
        if "seals" in result:
            site = "connu de ce site" if result["known_here"] else "inconnu de ce site"
            return f"Le fichier est intact : {result['shown']} lignes, {result['seals']} scellés. Dernier scellé, {site} : {result['last_seal'] or 'aucun'}."
        return f"Le journal est intact : {result['sealed']} lignes scellées sur {result['entries']}. Dernier scellé : {result['last_seal'] or 'aucun'}."
