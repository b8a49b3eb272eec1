"""`tissage suggest --territory SLUG --jsonl [--cold] < FILE`: five components for each line of standard input."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tissage.people.models import Territory
from tissage.ui.commands import Refusal
from tissage.voices.queries.suggestions import Suggested, suggest_many

BATCH = 512


class Command(BaseCommand):
    help = 'Suggère cinq composantes pour chaque ligne JSON reçue : {"text": …, "question": …}. Rien n’est envoyé nulle part.'
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", required=True, metavar="ADRESSE")
        parser.add_argument("--jsonl", action="store_true", help="une réponse JSON par ligne (sinon, des mots)")
        parser.add_argument("--cold", action="store_true", help="sans les codages du territoire : la clé seule")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucun"
            message = f"Le territoire « {options['territory']} » n’existe pas. Territoires connus : {known}."
            if options["jsonl"]:
                self.stdout.write(json.dumps({"error": message}, ensure_ascii=False))
            self.stderr.write(message)
            raise SystemExit(1)
        problems = 0
        said_note = False
        lines = enumerate(sys.stdin.buffer, start=1)
        while batch := list(islice(lines, BATCH)):
            rows = [self.read(number, line) for number, line in batch if line.strip()]
            answers = iter(
                suggest_many(territory, [row for row in rows if not isinstance(row, Refusal)], cold=options["cold"], reasons=False)
            )
            for row in rows:
                if isinstance(row, Refusal):  # the line keeps its place in the answers: nothing is lost
                    problems += 1
                    self.stderr.write(str(row))
                    if options["jsonl"]:
                        self.stdout.write(json.dumps({"error": str(row), **row.payload}, ensure_ascii=False))
                    continue
                found = next(answers)
                if found.note and not said_note:
                    said_note = True
                    self.stderr.write(found.note)
                self.stdout.write(as_json(found) if options["jsonl"] else as_words(row[0], found))
        if problems:
            raise SystemExit(1)

    def read(self, number: int, line: bytes) -> tuple[str, str] | Refusal:
        """(text, question) of a line, or why it cannot be read."""
        try:
            row = json.loads(line)
        except ValueError as error:
            return Refusal(f"Ligne {number} : ce n’est pas du JSON ({error}).", line=number)
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
            return Refusal(f"Ligne {number} : il faut un objet avec un champ « text » qui ne soit pas vide.", line=number)
        question = row.get("question") or ""
        if not isinstance(question, str):
            return Refusal(f"Ligne {number} : le champ « question » doit être un code comme WB, IB ou ACT.", line=number)
        return row["text"], question


def as_json(found: Suggested) -> str:
    components = [{"code": one.code, "score": one.score, "probability": one.probability} for one in found.components]
    return json.dumps({"components": components, "unsure": found.unsure}, ensure_ascii=False)


def as_words(text: str, found: Suggested) -> str:
    codes = ", ".join(one.code + (f" ({one.probability:.0%})" if one.probability is not None else "") for one in found.components)
    return f"{text} → {codes}" + (" · pas sûr" if found.unsure else "")
