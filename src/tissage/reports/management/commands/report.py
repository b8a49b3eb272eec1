"""`tissage report SLUG --year Y --kind … --format … FILE`: a document of a frozen year, or a watermarked draft of the data as they stand."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from tissage.people.models import Territory
from tissage.plan.models import Plan
from tissage.reports.documents import FORMATS, Book, render
from tissage.reports.models import Report
from tissage.reports.queries.books import draft_book, frozen_book, standing_freeze
from tissage.reports.queries.lacks import lacks_of
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Un document d’une année arrêtée : rapport d’activité, rapport financier, fiches action, tableau de bord, dossier du conseil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]
        parser.add_argument("territory", metavar="SLUG", help="adresse courte du territoire")
        parser.add_argument("file", type=Path, metavar="FICHIER", help="où écrire le document")
        parser.add_argument("--year", type=int, required=True, metavar="ANNÉE", help="l’année du rapport")
        parser.add_argument("--kind", choices=Report.Kind.values, required=True, help="quel document")
        parser.add_argument("--format", choices=FORMATS, required=True, help="dans quel format")
        parser.add_argument("--plan", metavar="NOM", help="quel plan, quand le territoire en a plusieurs")
        parser.add_argument("--draft", action="store_true", help="un projet, d’après les données du jour : « PROJET » sur chaque page")

    def answer(self, **options: Any) -> dict[str, Any]:
        plan = self._plan(self._territory(options["territory"]), options["plan"])
        book = self._book(plan, options["year"], options["kind"], draft=options["draft"])
        content = render(book, options["format"])
        path: Path = options["file"]
        try:
            path.write_bytes(content)
        except OSError as error:
            raise Refusal(
                f"Impossible d’écrire {path} : {error.strerror or error}. Choisissez un autre fichier.", file=str(path)
            ) from error
        return {
            "file": str(path),
            "plan": plan.name,
            "year": options["year"],
            "kind": options["kind"],
            "format": options["format"],
            "draft": book.is_draft,
            "version": book.version,
            "data_sha256": book.sha256 or None,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "missing": [{"what": one.what, "owed_by": one.owed_by} for one in book.missing],
        }

    def words(self, result: dict[str, Any]) -> str:
        state = "PROJET" if result["draft"] else f"version {result['version']}"
        lines = [f"{result['file']} écrit : {result['kind']} {result['year']}, {state}, {result['size']} octets."]
        if result["missing"]:
            lines.append(f"Manques ({len(result['missing'])}) :")
            lines += [f"  {one['what']} (dû par {one['owed_by'] or 'inconnu'})" for one in result["missing"]]
        return "\n".join(lines)

    def _book(self, plan: Plan, year: int, kind: str, *, draft: bool) -> Book:
        if year not in plan.years:
            raise Refusal(
                f"L’année {year} n’est pas dans la période du plan « {plan.name} » ({plan.years[0]} à {plan.years[-1]}).",
                years=list(plan.years),
            )
        now = timezone.now()
        if draft:
            return draft_book(plan, year, kind, now=now)
        frozen = standing_freeze(plan, year)
        if frozen is None:
            missing = [{"what": one.what, "owed_by": one.owed_by} for one in lacks_of(plan, year)]
            told = "".join(f"\n  {one['what']} (dû par {one['owed_by'] or 'inconnu'})" for one in missing) or " rien"
            raise Refusal(
                f"L’année {year} n’est pas arrêtée. Arrêtez-la sur le site, ou imprimez un projet avec --draft. Il manque :{told}",
                year=year,
                frozen=False,
                missing=missing,
            )
        return frozen_book(frozen, kind, now=now)

    def _plan(self, territory: Territory, name: str | None) -> Plan:
        plans = list(
            Plan.objects.filter(territory=territory)
            .select_related("territory", "framework__framework", "carrier")
            .order_by("-starts_on", "pk")
        )
        if name is not None:
            plans = [plan for plan in plans if plan.name == name]
        known = list(Plan.objects.filter(territory=territory).order_by("-starts_on", "pk").values_list("name", flat=True))
        if not plans:
            raise Refusal(f"Aucun plan de ce nom à {territory.name}. Plans connus : {', '.join(known) or 'aucun'}.", plans=known)
        if len(plans) > 1:
            raise Refusal(f"{territory.name} a plusieurs plans : précisez --plan. {', '.join(known)}.", plans=known)
        return plans[0]

    def _territory(self, slug: str) -> Territory:
        territory = Territory.objects.filter(slug=slug).first()
        if territory is None:
            known = list(Territory.objects.order_by("slug").values_list("slug", flat=True))
            raise Refusal(f"Territoire inconnu : « {slug} ». Territoires connus : {', '.join(known) or 'aucun'}.", territories=known)
        return territory
