"""`tissage import wikispiral FILE --territory SLUG`: a saved platform page, as text or as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.people.exchange.encoding import sha256_of
from tissage.people.exchange.errors import UnreadableFile
from tissage.ui.commands import JsonCommand, Refusal
from tissage.voices.exchange.sources import Source, open_source
from tissage.voices.operations.imports import ImportRefused, import_source


class ImportCommand(JsonCommand):
    """What both import commands share: refusals as data, progress on standard error, the documented answer."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire ; créé s’il n’existe pas")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, ne rien écrire")
        parser.add_argument("--accept-problems", action="store_true", help="importer les lignes lisibles, dire les autres")

    def source(self, path: Path, options: dict[str, Any]) -> Source:
        raise NotImplementedError

    def answer(self, **options: Any) -> dict[str, Any]:
        path, slug = Path(options["file"]), options["territory"]
        self._shown = -1
        try:
            source = self.source(path, options)
            plan, _batch = import_source(
                source=source,
                slug=slug,
                now=timezone.now(),
                accept_problems=options["accept_problems"],
                dry_run=options["dry_run"],
                file_name=path.name,
                file_sha256=sha256_of(path),
                progress=self.progress,
            )
        except UnreadableFile as error:
            raise Refusal(str(error), territory=slug) from None
        except ImportRefused as refused:
            if refused.plan is None:
                raise Refusal(str(refused), territory=slug) from None
            for finding in refused.plan.problems.as_list()[:20]:
                self.say(f"Ligne {finding['line']}, {finding['column']} : {finding['message']}")
            raise Refusal(str(refused), **refused.plan.answer(slug)) from None
        return plan.answer(slug)

    def progress(self, step: str, done: int, total: int) -> None:
        """One line each twenty thousand rows: what is quick stays silent."""
        if done // 20_000 > self._shown // 20_000 and done >= 20_000:
            self.say(f"{done} lignes lues…" if step == "reading" else f"{done} critères écrits sur {total}…")
        self._shown = done

    def words(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['territory']} : {result['criteria']} critères, {result['expressions']} expressions, {result['groups']} groupes.",
            f"{result['created']} nouveaux, {result['changed']} modifiés, {result['unchanged']} inchangés.",
        ]
        for name, title in (("problems", "Problèmes"), ("notices", "À regarder")):
            if result[name]:
                lines.append(f"{title} :")
                lines += [f"  ligne {finding['line']}, {finding['column']} : {finding['message']}" for finding in result[name]]
        return "\n".join(lines)


class Command(ImportCommand):
    help = "Importe une page de plate-forme wikispiral enregistrée (texte ou HTML)."

    def source(self, path: Path, options: dict[str, Any]) -> Source:
        return open_source(path, "wikispiral")
