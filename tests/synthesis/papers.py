"""A `SynthesisDocument` made by hand: no database, so that documents are tested on what they are given."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tissage.core.codes import parse_code
from tissage.core.nomenclature import Nomenclature, Term
from tissage.core.synthesis import Cell, Group, overview
from tissage.frameworks.queries import SHIPPED_NODES, shipped_questions, shipped_rows
from tissage.synthesis.queries import Line, QuestionValue, SynthesisDocument

PARENTS, YOUNG, OLD = Group(1, "Parents"), Group(2, "Jeunes"), Group(3, "Aînés & voisins")


@dataclass(frozen=True)
class Said:
    """One criterion in short: who, to which question, the words, the code, how often."""

    text: str
    code: str = ""
    group: Group = PARENTS
    question: str = "WB"
    times: int = 1
    language: str = ""
    french: str = ""
    decision: str = ""
    withdrawn: bool = False


USUAL = (
    Said("un logement assez grand pour que chacun ait sa chambre", "A03/P15"),
    Said("un loyer à prix correct", "A03/P15", times=3),
    Said("le bus qui passe le dimanche aussi, anticonstitutionnellement ou non", "A10/P12", group=YOUNG),
    Said("se promener sans regarder derrière soi", "B01", group=OLD, question="IB"),
    Said("garder les enfants des voisins", "H04/Q34", group=YOUNG, question="ACT"),
    Said("être écoutée à la maison communale", "C05/O", group=OLD),
    Said("le calme", ""),
)


def shipped_nomenclature() -> Nomenclature:
    return Nomenclature.of(
        "SPIRAL",
        [
            Term(
                kind=row.get("kind", "beneficiary"),
                code=row["code"],
                parent=row.get("parent", ""),
                labels={"fr": row["label_fr"], "en": row["label_en"]},
                keys={"fr": row.get("key_fr", ""), "en": row.get("key_en", "")},
                status=row["status"],
            )
            for name in SHIPPED_NODES
            for row in shipped_rows(name)
        ],
    )


def document(said: Sequence[Said] = USUAL, groups: Sequence[Group] = (PARENTS, YOUNG, OLD), **changes: Any) -> SynthesisDocument:
    """A document of the team, live, of these statements. Any field of `SynthesisDocument` may be changed."""
    names = shipped_nomenclature()
    lines = [_line(number, one) for number, one in enumerate(said, 1)]
    criteria: Counter[tuple[int, str, str, str]] = Counter()
    expressions: Counter[tuple[int, str, str, str]] = Counter()
    for line in lines:
        key = (line.group, line.question, line.component, line.letter)
        criteria[key] += 1
        expressions[key] += line.expressions
    questions = tuple(
        QuestionValue(code=row["code"], title=row["title_fr"], wording=row["wording_fr"], side=row["side"]) for row in shipped_questions()
    )
    counts = overview(
        [Cell(*key, count, expressions[key]) for key, count in criteria.items()],
        groups,
        [question.code for question in questions],
        [term.code for term in names.dimensions],
    )

    def lines_of(component: str) -> Iterator[Line]:
        return (line for line in lines if line.component == component)

    fields: dict[str, Any] = {
        "title": "Ce que nous avons entendu",
        "territory": "Sormont",
        "audience": "team",
        "version": None,
        "note": "",
        "made_on": dt.date(2026, 11, 1),
        "frozen_on": None,
        "discussed_on": None,
        "validated_on": None,
        "validated_present": None,
        "published_on": None,
        "overview": counts,
        "nomenclature": names,
        "nomenclature_label": "SPIRAL, version d’essai",
        "questions": questions,
        "selection": "tous les groupes, toutes les questions",
        "rule": "",
        "is_demonstration": False,
        "has_statements": True,
        "components": (*counts.by_component.items(), *([("", counts.uncoded)] if counts.uncoded else [])),
        "lines_of": lines_of,
    }
    return SynthesisDocument(**(fields | changes))


def _line(number: int, one: Said) -> Line:
    code = parse_code(one.code) if one.code else None
    return Line(
        id=number,
        criterion=number,
        group=one.group.id,
        group_name=one.group.name,
        question=one.question,
        component=code.object if code else "",
        code=one.code,
        letter=code.letter if code else "",
        text=one.text,
        language=one.language,
        french_text=one.french,
        expressions=one.times,
        decision=one.decision,
        withdrawn=one.withdrawn,
    )


HOSTILE = {
    "a call of typst": 'avant #eval("1") après',
    "emphasis of typst": "des *gras* et des _traits_ et du `code` et des $maths$",
    "references and comments": "@ici <là> // non /* rien */ https://exemple.be -- --- ~ \\ \\n [a](b)",
    "a script": "<script>alert('non')</script> &amp; <b>",
    "a formula": '=HYPERLINK("http://exemple.be";"clic")',
    "a plus": "+32 n'est pas une somme",
    "an at": "@SOMME(1)",
    "a minus": "-1 voiture par foyer",
    "typographic quotes": "« déjà entre guillemets », “encore”, ‘et’ 'toujours' \"ainsi\"",
    "emoji": "😀 👍🏽 ❤️ 👨‍👩‍👧",
    "Arabic": "مرحبا بالعالم",
    "Cyrillic": "Привет, соседи",
    "braces": "{{ nom }} {% url %} {page} %(n)s %s",
}
