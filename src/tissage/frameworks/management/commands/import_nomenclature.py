"""`tissage import nomenclature FILE --label LABEL`: a CSV, or a REFI-QDA codebook, becomes a draft version beside the old ones, or a published one.

Same file under the same name again: nothing is written. With problems nothing is written either, exit status 1.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from tissage.core.nomenclature import Difference, compare
from tissage.frameworks.exchange.nomenclature_csv import NomenclatureFile, read_nomenclature
from tissage.frameworks.exchange.refi_codebook import is_codebook, read_codebook
from tissage.frameworks.management.versions import version_called
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.operations import EmptyVersion, LabelTaken, import_version, publish_version
from tissage.frameworks.queries import nomenclature_of
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Lit une nomenclature (CSV ou .qdc) et en fait une nouvelle version, à côté des anciennes."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", help="fichier CSV avec les colonnes d’un export, ou codebook REFI-QDA (.qdc)")
        parser.add_argument("--label", required=True, help="nom de la nouvelle version")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
        parser.add_argument("--publish", action="store_true", help="publier la version au lieu de la laisser en brouillon")

    def answer(self, **options: Any) -> dict[str, Any]:
        base = version_called("")
        file = self._read(options["file"], base)
        standing = base.framework.versions.filter(label=options["label"]).first()
        if standing is not None:
            return self._again(standing, file, options)
        difference = compare(nomenclature_of(base).terms, file.terms)
        if options["dry_run"]:
            return self._result(options["label"], base, file, difference, written=False, published=False)
        try:
            with transaction.atomic():
                now = timezone.now()
                version = import_version(framework=base.framework, label=options["label"], file=file, base=base, by=None, now=now)
                if options["publish"]:
                    publish_version(version=version, by=None, now=now)
        except (LabelTaken, EmptyVersion) as refusal:
            raise Refusal(str(refusal)) from None
        return self._result(options["label"], base, file, difference, written=True, published=options["publish"])

    def _read(self, name: str, base: FrameworkVersion) -> NomenclatureFile:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise Refusal(f"{name} : le fichier ne peut pas être lu ({error.strerror}).") from None
        file = (read_codebook if is_codebook(content) else read_nomenclature)(content, nomenclature_of(base).terms)
        if file.problems:
            lines = [f"Ligne {one.line}, {one.column or 'ligne entière'} : « {one.value} ». {one.message}" for one in file.problems]
            raise Refusal("\n".join(["Rien n’a été écrit.", *lines]), problems=[dataclasses.asdict(one) for one in file.problems])
        return file

    def _again(self, standing: FrameworkVersion, file: NomenclatureFile, options: dict[str, Any]) -> dict[str, Any]:
        difference = compare(nomenclature_of(standing).terms, file.terms)
        if not difference.is_empty:
            raise Refusal(
                f"La version « {standing.label} » existe déjà et diffère du fichier. Une version ne se remplace pas : donnez un autre nom."
            )
        publish = options["publish"] and standing.is_draft and not options["dry_run"]
        if publish:
            publish_version(version=standing, by=None, now=timezone.now())
        return self._result(standing.label, standing, file, difference, written=False, published=not standing.is_draft)

    def _result(
        self, label: str, base: FrameworkVersion, file: NomenclatureFile, difference: Difference, *, written: bool, published: bool
    ) -> dict[str, Any]:
        return {
            "label": label,
            "compared_with": base.label,
            "written": written,
            "published": published,
            "codes": len(file.terms),
            "added": [f"{term.kind} {term.code}" for term in difference.added],
            "changed": [f"{change.after.kind} {change.after.code}" for change in difference.changed],
            "missing": [f"{term.kind} {term.code}" for term in difference.missing],
            "unchanged": difference.unchanged,
            "kept": file.kept,
            "problems": [],
            "notices": [dataclasses.asdict(one) for one in file.notices],
        }

    def words(self, result: dict[str, Any]) -> str:
        state = "publiée" if result["published"] else "en brouillon"
        done = f"Version {result['label']} {state}" if result["written"] else f"Rien n’a été écrit (version {result['label']})"
        return (
            f"{done} : {result['codes']} codes, dont {len(result['added'])} nouveaux, {len(result['changed'])} dits autrement,"
            f" {len(result['missing'])} absents par rapport à {result['compared_with']}."
        )
