"""`tissage export asks FILE --ask-set CODE (--territory SLUG | --space SLUG) [--text-only]`: a frozen set as the file that travels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.commitments.exchange.ask_file import NotFrozen, write_ask_file
from tissage.commitments.models import AskSet
from tissage.commitments.operations.spaces import note
from tissage.people.operations import record
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Écrit un ensemble de demandes au texte figé, avec ses réponses publiées, en un fichier vérifiable."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--ask-set", required=True, metavar="CODE")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--territory", default="", metavar="ADRESSE", help="l’ensemble reçu par ce territoire")
        where.add_argument("--space", default="", metavar="ADRESSE", help="l’ensemble de cet espace")
        parser.add_argument(
            "--text-only", action="store_true", help="sans élection, listes ni réponses : pour qu’un autre groupe envoie le même"
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        code, answers = options["ask_set"], not options["text_only"]
        sets = AskSet.objects.select_related("territory", "space", "election").filter(code=code)
        here = (
            sets.filter(space__slug=options["space"])
            if options["space"]
            else sets.of_territory().filter(territory__slug=options["territory"])
        )
        found = here.first()
        if found is None:
            raise Refusal(f"Aucun ensemble « {code} » à cet endroit.", ask_set=code)
        try:
            content = write_ask_file(found, answers=answers)
        except NotFrozen:
            raise Refusal("Le texte de cet ensemble n’est pas figé : il pourrait encore changer.", ask_set=code) from None
        path = Path(options["file"])
        try:
            path.write_bytes(content)
        except OSError as error:
            raise Refusal(f"Le fichier ne peut pas être écrit : {error}.", ask_set=code) from None
        if found.space is not None:
            note("export_ask_set", found.space, by=None, now=timezone.now())
        else:
            record(verb="commitments.export_ask_set", by=None, territory=found.territory, on=found, now=timezone.now())
        return {"file": str(path), "ask_set": code, "text_sha256": found.text_sha256, "answers": answers}

    def words(self, result: dict[str, Any]) -> str:
        return f"« {result['ask_set']} » dans {result['file']}. Empreinte du texte : {result['text_sha256']}."
