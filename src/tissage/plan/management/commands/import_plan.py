"""`tissage import plan FILE --territory SLUG --framework SLUG`: a saved page that publishes a plan, as text or as HTML.

Read again it changes nothing. Lines that cannot be read stop everything, exit status 1, unless the rest is accepted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries_plan import plan_framework, plan_framework_version, plan_versions
from tissage.people.exchange.errors import UnreadableFile
from tissage.plan.exchange.plan_page import read_page
from tissage.plan.models import Plan
from tissage.plan.operations.page_import import UNCHANGED, Difference, PageRefused, import_plan_page
from tissage.plan.operations.plans import PlanRefused
from tissage.ui.commands import JsonCommand, Refusal


def _writes(difference: Difference, options: dict[str, Any]) -> bool:
    return not options["dry_run"] and difference.count(UNCHANGED) < len(difference.lines)


class Command(JsonCommand):
    help = "Importe le plan qu’une page publie (texte ou HTML enregistré) : actions, codes, opérateurs."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire ; créé s’il n’existe pas")
        parser.add_argument("--framework", required=True, metavar="NOM", help="référentiel du plan, par exemple pcs-2020")
        parser.add_argument("--plan", default="", metavar="NOM", help="nom du plan, s’il y en a plusieurs ou s’il est à créer")
        parser.add_argument(
            "--carrier", choices=Plan.CarrierKind.values, default=Plan.CarrierKind.MUNICIPALITY, help="genre de porteur d’un plan à créer"
        )
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, ne rien écrire")
        parser.add_argument("--accept-problems", action="store_true", help="importer les lignes lisibles, dire les autres")

    def answer(self, **options: Any) -> dict[str, Any]:
        path, slug = Path(options["file"]), options["territory"]
        version = self._version(options["framework"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Refusal(f"{path} : le fichier ne peut pas être lu ({error.strerror}).", territory=slug) from None
        try:
            page = read_page(path.name, content, plan_framework(version).marks())
            difference = import_plan_page(
                page=page,
                version=version,
                slug=slug,
                name=options["plan"],
                carrier_kind=options["carrier"],
                accept_problems=options["accept_problems"],
                dry_run=options["dry_run"],
                by=None,
                now=timezone.now(),
            )
        except PageRefused as refused:
            answer = refused.difference.answer() if refused.difference else {}
            for finding in (refused.difference.page.problems if refused.difference else ())[:20]:
                self.say(f"Ligne {finding.line}, {finding.column} : {finding.message}")
            raise Refusal(str(refused), territory=slug, **answer) from None
        except (UnreadableFile, PlanRefused) as refused:
            raise Refusal(str(refused), territory=slug) from None
        return {"territory": slug, "framework": version.framework.slug, "written": _writes(difference, options), **difference.answer()}

    def _version(self, slug: str) -> FrameworkVersion:
        version = plan_framework_version(slug)
        if version is None:
            known = ", ".join(dict.fromkeys(one.framework.slug for one in plan_versions()))
            raise Refusal(f"Aucun référentiel de plan ne s’appelle « {slug} ». Connus : {known or 'aucun, lancez « tissage init »'}.")
        return version

    def words(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['plan']} ({result['territory']}) : {result['actions']} actions, {result['codes']} codes, {result['axes']} axes,"
            f" {result['article_20']} avec un opérateur à qui l’argent est reversé.",
            f"{result['created']} nouvelles, {result['changed']} modifiées, {result['unchanged']} inchangées."
            + ("" if result["written"] else " Rien n’a été écrit."),
        ]
        for name, title in (("problems", "Problèmes"), ("notices", "À regarder")):
            if result[name]:
                lines += [f"{title} :", *(f"  ligne {one['line']}, {one['column']} : {one['message']}" for one in result[name])]
        return "\n".join(lines)
