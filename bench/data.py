"""Invented criteria in any number, the same for the same seed: what the measures and the long tests read."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

HEADING = ["identifiant", "plate-forme", "groupe", "question", "nb", "critère", "composante", "sens", "proposition", "dit le"]
_COMPONENTS = [f"{letter}{number:02}" for letter in "ABCDEFGH" for number in range(6)]
_SENSES = ["P", "O", "Q", "S", "P15", "O21", "Q20", "P18", ""]
_OPENINGS = ["pouvoir", "avoir le temps de", "ne plus devoir", "apprendre à", "être libre de", "aimer", "oser", "continuer à", "réussir à"]
_DEEDS = ["marcher", "cuisiner", "dormir", "rencontrer mes voisins", "prendre le bus", "chauffer la maison", "lire", "aider", "jardiner"]
_PLACES = [
    "au marché",
    "dans le quartier",
    "près du canal",
    "à l’école",
    "le soir",
    "sans crainte",
    "en famille",
    "à la plaine",
    "chez moi",
]


def criteria(rows: int, seed: int = 1) -> Iterator[list[str]]:
    """Rows under `HEADING`: 40 groups, three questions, one in ten uncoded, statements all different."""
    draw = random.Random(seed)
    for number in range(1, rows + 1):
        component = draw.choice(_COMPONENTS) if draw.random() < 0.9 else ""
        said = f"{draw.choice(_OPENINGS)} {draw.choice(_DEEDS)} {draw.choice(_PLACES)}, {draw.choice(_DEEDS)} {draw.choice(_PLACES)} ({number})"
        yield [
            str(number),
            "Banc",
            f"Groupe {draw.randrange(1, 41)}",
            draw.choices(["WB", "IB", "ACT"], [5, 3, 2])[0],
            str(draw.choices([1, 2, 3, 7], [80, 12, 5, 3])[0]),
            said,
            component,
            draw.choice(_SENSES) if component else "",
            f"Je peux {draw.choice(_DEEDS)} {draw.choice(_PLACES)}" if component and draw.random() < 0.5 else "",
            f"2026-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
        ]


def write_criteria_csv(path: Path, rows: int, seed: int = 1) -> Path:
    """A file that `tissage import criteria` reads with no question asked."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADING)
        writer.writerows(criteria(rows, seed))
    return path
