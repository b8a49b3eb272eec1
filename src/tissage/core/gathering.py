"""From raw notes to criteria: which notes say the same words, which wording to begin with, in which language it is.

A wording is never invented: it is one of the notes, and a person may change it (`spiral.md` §2, §11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .folding import fold


@dataclass(frozen=True, slots=True)
class Note:
    """One raw note: its number, its words, their language, and the French wording that a person typed beside them, or empty."""

    pk: int
    text: str
    language: str = ""
    french_text: str = ""


def identical_piles(notes: Iterable[Note]) -> list[list[Note]]:
    """Notes with the same words in the same language, case and accents aside, in piles of two at least; order is that of the notes.

    >>> [[note.pk for note in pile] for pile in identical_piles([Note(1, "Un toit"), Note(2, "Sourire"), Note(3, "un  toit")])]
    [[1, 3]]
    """
    piles: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        piles.setdefault((fold(note.text), note.language), []).append(note)
    return [pile for pile in piles.values() if len(pile) > 1]


def suggested_wording(pile: Sequence[Note]) -> Note:
    """The note whose words begin the criterion: those written most often, then in the language of most, the shortest, the first written.

    The shortest because a criterion covers every note of its pile: « sourire » covers « sourire plus souvent ».
    """
    times = Counter(fold(note.text) for note in pile)
    spoken = Counter(note.language for note in pile)
    return min(pile, key=lambda note: (-times[fold(note.text)], -spoken[note.language], len(note.text), note.pk))


def origin_of_wording(text: str, notes: Sequence[Note]) -> tuple[str, str]:
    """`(language, French wording)` of a wording made from notes.

    The words of a note keep its language and its French wording. The French wording of a note, taken as it is, is French.
    Other words are in the language all notes share, or in an unknown one.

    >>> origin_of_wording("sevgi", [Note(1, "sevgi", "tr", "l’amour"), Note(2, "aimer", "fr")])
    ('tr', 'l’amour')
    """
    wanted = fold(text)
    same = [note for note in notes if fold(note.text) == wanted]
    if same:
        best = next((note for note in same if note.french_text), same[0])
        return best.language, best.french_text
    if any(note.french_text and fold(note.french_text) == wanted for note in notes):
        return "fr", ""
    languages = {note.language for note in notes}
    return (languages.pop() if len(languages) == 1 else ""), ""
