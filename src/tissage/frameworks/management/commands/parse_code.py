"""`tissage parse-code CODE`: a SPIRAL code in its parts, or in words. Reads the shipped files: no database is needed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tissage.core.codes import Code, MalformedCode, parse_code
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, SENSE, SENSE_LETTER
from tissage.frameworks.models import Status
from tissage.frameworks.queries import explain_malformed, shipped_nomenclature
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Lit un code SPIRAL (objet/sens/bénéficiaire) et l’explique."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("code", help="par exemple A01-11/P15/k")

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            code = parse_code(options["code"])
        except MalformedCode as error:
            raise Refusal(explain_malformed(error), part=error.part) from None
        return {
            "object": code.object,
            "sub_component": code.sub_component,
            "sense": code.sense,
            "letter": code.letter,
            "beneficiary": code.beneficiary,
        }

    def words(self, result: dict[str, Any]) -> str:
        code = Code(result["object"], result["sub_component"], result["sense"], result["beneficiary"])
        nomenclature = shipped_nomenclature()
        sense_kind = SENSE if len(code.sense) > 1 else SENSE_LETTER
        lines = [f"{code} : {nomenclature.explain(code)}"]
        for name, kind, value in (
            ("objet", COMPONENT, code.object),
            ("sens", sense_kind, code.sense),
            ("bénéficiaire", BENEFICIARY, code.beneficiary),
        ):
            if value:
                term = nomenclature.get(kind, value)
                standing = Status(term.status).label if term else "inconnu de la nomenclature livrée"
                lines.append(f"  {name} {value} : {term.label() if term else value} ({standing})")
        if code.sub_component:
            lines.insert(2, f"  sous-composante {code.sub_component} : sans liste publiée, gardée telle quelle")
        return "\n".join(lines)
