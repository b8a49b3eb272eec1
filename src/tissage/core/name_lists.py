"""Text that looks like a list of names: a school counts its pupils, it never names them (`agenda.md` §5).

Meant to stop a pasted class list, not to find every name: one name in a sentence passes here and is for the reader to take out.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[,;/•|\t\n\r]+|\s+et\s+|\s-\s")
_LINE_MARK = re.compile(r"^\s*(?:[-–*•]|\d{1,3}[.)°]?)\s*")
_NAME_WORD = re.compile(
    r"^(?:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*|[A-ZÀ-ÖØ-Þ]{2,}(?:[-'’][A-ZÀ-ÖØ-Þ]+)*|[A-ZÀ-ÖØ-Þ]\.)$"
)
_PARTICLES = frozenset({"de", "du", "van", "von", "der", "den", "le", "la", "el", "al", "ben", "di", "da", "dos"})
_NO_NAMES = frozenset(
    [
        "athénée",
        "athenee",
        "école",
        "ecole",
        "écoles",
        "institut",
        "collège",
        "college",
        "lycée",
        "lycee",
        "haute",
        "université",
        "universite",
        "royal",
        "royale",
        "communal",
        "communale",
        "provincial",
        "provinciale",
        "saint",
        "sainte",
        "notre-dame",
        "bonjour",
        "merci",
        "madame",
        "monsieur",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "cpas",
        "pmr",
        "arrivée",
        "bus",
        "train",
        "classe",
        "classes",
        "primaire",
        "secondaire",
        "direction",
        "titulaire",
        "éducation",
        "educateur",
        "éducatrice",
        "centre",
        "local",
        "salle",
        "rue",
        "place",
        "avenue",
        "planning",
        "maison",
    ]
)
MOST = 2
"""From three names on, it is a list."""


def looks_like_names(text: str) -> bool:
    """Whether several pieces of a text, cut at lines, commas and « et », are each nothing but a name.

    >>> looks_like_names("Amina Diallo, Noé Lambert, Zoé Petit")
    True
    >>> looks_like_names("Deux classes de 4e, une élève en fauteuil. Merci !")
    False
    """
    pieces = (_LINE_MARK.sub("", piece).strip(" .:()") for piece in _SEPARATORS.split(text))
    return sum(_is_a_name(piece) for piece in pieces) > MOST


def _is_a_name(piece: str) -> bool:
    words = re.sub(r"\s*\(?\b\d{1,2}(?:e|è|ème|re|ère|[A-Z])?\b\)?", "", piece).split()
    bare = [word for word in words if word.lower() not in _PARTICLES]
    if not 1 <= len(bare) <= 3 or any(word.lower() in _NO_NAMES for word in bare):
        return False
    return all(_NAME_WORD.match(word) for word in bare)
