"""Survey statements made of what people said: when would one put a self-accusation in somebody's mouth?

A proposition is a survey item, in the first person; negative for P and O, positive for Q and S by convention (`spiral.md` §8.2). To
« Qu'est-ce que le bien-être ? » somebody answers « un logement chauffé »; filed under « je ne peux pas chauffer mon logement », the
wish becomes a failing that nobody confessed (`spiral.md` §10). The person who writes the item is told of it, and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .folding import fold

POSITIVE_SIDE, NEGATIVE_SIDE = "positive", "negative"

_FIRST_PERSON = re.compile(r"\bje\b|\bj'|\bi\b|\bi'|\bik\b|\bich\b")
_PARTICLE = re.compile(r"\bn(?:e\b|')[^.;,]*?\b(?:pas|plus|jamais|rien|personne|aucune?|guere|point|ni|nulle part|peu)\b")
_SPOKEN = re.compile(
    r"\b(?:pas|jamais|aucune?|rien)\b|\bplus (?:de|d'|rien|personne|jamais|aucune?)\b|\b(?:not?|never|cannot|geen|niet|nooit|kein\w*|nicht|nie)\b|n't\b"
)
_LACK = re.compile(
    r"\b(?:manqu\w+|incapables?|impossibles?|empech\w+|echou\w+|rat(?:e|er|es)|peine a|du mal a|difficult\w+|difficiles?|prive\w*|renonc\w+|"
    r"refus\w+|exclue?s?|honte)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said: an id, the words, and the side of the question it answers (positive, negative, contribution, none)."""

    key: int
    text: str
    side: str


def is_negative(text: str) -> bool:
    """True when a sentence denies or speaks of a lack; two denials undo each other (« je ne manque de rien » is no lack)."""
    folded = fold(text)
    denies = bool(_PARTICLE.search(folded) or _SPOKEN.search(folded))
    return denies != bool(_LACK.search(folded))


def accuses(wording: str) -> bool:
    """True when a wording has a person say of themselves that they lack, cannot or fail: first person, and negative."""
    return bool(_FIRST_PERSON.search(fold(wording))) and is_negative(wording)


def said_something_positive(statement: Statement) -> bool:
    """An answer to a question of the positive side; elsewhere than on the negative side, a statement that denies nothing."""
    if statement.side == POSITIVE_SIDE:
        return True
    return statement.side != NEGATIVE_SIDE and not is_negative(statement.text)


def accused(wording: str, statements: Iterable[Statement]) -> tuple[int, ...]:
    """The ids of those in whose mouth this wording would put a self-accusation, in the order given; empty when it accuses nobody.

    >>> accused("Je ne peux pas chauffer mon logement", [Statement(1, "un logement chauffé", "positive")])
    (1,)
    """
    if not accuses(wording):
        return ()
    return tuple(statement.key for statement in statements if said_something_positive(statement))
