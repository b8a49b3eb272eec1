"""`tissage import asks FILE --territory SLUG [--dry-run]`: a set of asks with its published answers, as an association handed it over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.commitments.exchange.ask_file import AskFileRefused
from tissage.commitments.operations.received import preview_ask_set, receive_ask_set
from tissage.people.models import Territory
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Reçoit un ensemble de demandes et ses réponses publiées : vérifié, puis gardé, texte figé. Deux fois le même ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, ne rien écrire")

    def answer(self, **options: Any) -> dict[str, Any]:
        slug = options["territory"]
        territory = Territory.objects.filter(slug=slug).first()
        if territory is None:
            raise Refusal(f"Le territoire « {slug} » n’existe pas.", territory=slug)
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise Refusal(f"Le fichier ne peut pas être lu : {error}.", territory=slug) from None
        try:
            arriving = preview_ask_set(territory=territory, content=content)
            if not options["dry_run"]:
                receive_ask_set(territory=territory, content=content, by=None, now=timezone.now())
        except AskFileRefused as refusal:
            raise Refusal(str(refusal), territory=slug) from None
        return {
            "territory": slug,
            "ask_set": arriving.file.text.code,
            "text_sha256": arriving.file.text_sha256,
            "asks": len(arriving.file.text.asks),
            "new": arriving.known is None,
            "new_contestants": arriving.new_contestants,
            "new_answers": arriving.new_answers,
            "written": not options["dry_run"] and not arriving.changes_nothing,
        }

    def words(self, result: dict[str, Any]) -> str:
        done = "reçu" if result["written"] else "rien n’a été écrit"
        return (
            f"« {result['ask_set']} » : {result['asks']} demandes, {result['new_contestants']} listes et {result['new_answers']} réponses "
            f"nouvelles ; {done}. Empreinte du texte : {result['text_sha256']}."
        )
