"""`tissage import refi-qda FILE --territory SLUG`: a project (`.qdpx`) becomes criteria; a codebook (`.qdc`) a draft of the nomenclature."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from tissage.core.messages import gettext_noop
from tissage.frameworks.management.commands.import_nomenclature import Command as NomenclatureCommand
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory
from tissage.ui.commands import Refusal
from tissage.voices.exchange.sources import Source, open_source

from .import_wikispiral import ImportCommand


class Command(ImportCommand):
    help = "Importe un projet REFI-QDA (.qdpx) dans un territoire, ou un codebook (.qdc) comme brouillon de nomenclature."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--question", default="", help="question de tous les passages (WB, IB, ACT…), quand le projet ne la dit pas")
        parser.add_argument("--label", default="", help="nom de la version à faire d’un .qdc (sinon, le nom du fichier)")

    def answer(self, **options: Any) -> dict[str, Any]:
        path = Path(options["file"])
        if path.suffix.lower() != ".qdc":
            return super().answer(**options)
        if not Territory.objects.filter(slug=options["territory"]).exists():
            raise Refusal(f"Le territoire « {options['territory']} » n’existe pas.", territory=options["territory"])
        command = NomenclatureCommand()
        label = options["label"] or path.stem
        result = command.answer(file=str(path), label=label, dry_run=options["dry_run"], publish=False)
        return {"territory": options["territory"], **result}

    def source(self, path: Path, options: dict[str, Any]) -> Source:
        if path.suffix.lower() != ".qdpx":
            raise UnreadableFile(
                gettext_noop("L’extension de « %(file)s » n’est pas de REFI-QDA. Attendu : .qdpx (projet) ou .qdc (nomenclature)."),
                file=path.name,
            )
        source = open_source(path, "refi-qda").mapped(constants={"question": options["question"]})
        if source.missing:
            raise UnreadableFile(
                gettext_noop("Ce projet ne dit pas à quelle question répondent ses passages. Donnez-la : --question WB, par exemple.")
            )
        return source

    def words(self, result: dict[str, Any]) -> str:
        return NomenclatureCommand().words(result) if "label" in result else super().words(result)
