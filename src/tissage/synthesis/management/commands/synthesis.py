"""`tissage synthesis SLUG`: what stands in the base now, as JSON, CSV or PDF. The operator's own view, unless `--public`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from tissage.core.folding import fold
from tissage.frameworks.queries import chosen_version
from tissage.people.models import Territory
from tissage.synthesis.exchange.csv import write_cube
from tissage.synthesis.exchange.data import as_data
from tissage.synthesis.queries import document_of, groups_of, questions_of
from tissage.synthesis.queries.documents import PUBLIC, TEAM
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Synthèse d’un territoire, ou d’une sélection de groupes et de questions : nombres en JSON, CSV ou PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]
        parser.add_argument("territory", metavar="SLUG", help="adresse courte du territoire")
        parser.add_argument("--group", action="append", default=[], metavar="NOM", help="un groupe ; peut être répété")
        parser.add_argument(
            "--question", action="append", default=[], metavar="CODE", help="une question (WB, IB, ACT…) ; peut être répété"
        )
        parser.add_argument("--csv", type=Path, metavar="FICHIER", help="écrire le cube en CSV, son dictionnaire à côté")
        parser.add_argument("--pdf", type=Path, metavar="FICHIER", help="écrire le document PDF")
        parser.add_argument(
            "--public",
            action="store_true",
            help="comme le public la verrait : accords et petits groupes respectés, aucune parole (aucune n’est lue sur une vue du jour)",
        )

    def answer(self, **options: Any) -> dict[str, Any]:
        territory = self._territory(options["territory"])
        groups = self._groups(territory, options["group"])
        questions = self._questions(territory, options["question"])
        audience = PUBLIC if options["public"] else TEAM
        document = document_of(territory, groups=groups, questions=questions, audience=audience, now=timezone.now())
        if options["csv"]:
            self._write("csv", options["csv"], lambda path: write_cube(path, document.overview, document.nomenclature))
        if options["pdf"]:
            from tissage.synthesis.documents.pdf import write_pdf

            self._write("pdf", options["pdf"], lambda path: write_pdf(document, path))
        return as_data(document.overview, chosen_version(territory), document.rule)

    def words(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['criteria']} critères, {result['expressions']} expressions, {result['groups_heard']} groupes entendus sur {result['groups']}."
        ]
        for title, key in (
            ("Questions", "by_question"),
            ("Dimensions", "by_dimension"),
            ("Composantes", "by_component"),
            ("Sens", "by_letter"),
        ):
            counts = " · ".join(f"{code} {count}" for code, count in result[key].items())
            lines.append(f"{title} : {counts or 'rien'}")
        lines += [f"  {name} : {count}" for name, count in result["by_group"].items()]
        return "\n".join(lines)

    def _write(self, kind: str, path: Path, write: Any) -> None:
        try:
            write(path)
        except OSError as error:
            raise Refusal(
                f"Impossible d’écrire {path} : {error.strerror or error}. Choisissez un autre fichier.", file=str(path)
            ) from error
        self.say(f"{path} écrit.")

    def _territory(self, slug: str) -> Territory:
        territory = Territory.objects.filter(slug=slug).first()
        if territory is None:
            known = list(Territory.objects.order_by("slug").values_list("slug", flat=True))
            raise Refusal(f"Territoire inconnu : « {slug} ». {_among('Territoires connus', known)}", territories=known)
        return territory

    def _groups(self, territory: Territory, names: Sequence[str]) -> list[int]:
        known = groups_of(territory)
        exact = {group.name: group.id for group in known}
        folded = {fold(group.name): group.id for group in known}
        chosen = []
        for name in names:
            found = exact.get(name, folded.get(fold(name)))
            if found is None:
                every = [group.name for group in known]
                raise Refusal(f"Groupe inconnu à {territory.name} : « {name} ». {_among('Groupes connus', every)}", groups=every)
            chosen.append(found)
        return chosen

    def _questions(self, territory: Territory, codes: Sequence[str]) -> list[str]:
        known = [question.code for question in questions_of(territory)]
        for code in codes:
            if code not in known:
                raise Refusal(f"Question inconnue à {territory.name} : « {code} ». {_among('Questions connues', known)}", questions=known)
        return list(codes)


def _among(title: str, known: Sequence[str]) -> str:
    return f"{title} : {', '.join(known)}." if known else f"{title} : aucun."
