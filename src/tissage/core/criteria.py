"""What the columns of a criterion must hold: the search and sort keys of its words, and the parts of its code.

These repeat the text and the current coding so that searching, sorting and counting need no join; every writer of
criteria, one by one or in bulk, takes them from here.
"""

from __future__ import annotations

from .codes import Code
from .folding import fold

SORT_KEY_LENGTH = 80


def search_columns(text: str, french_text: str = "") -> tuple[str, str]:
    """`(search, sort_key)` of a statement: its folded text, followed by the folded French wording when there is one.

    The two are kept apart by a line feed, which folding never leaves in a text or a query: no search spans both.

    >>> search_columns("L’État  social")
    ("l'etat social", "l'etat social")
    """
    folded = fold(text)
    return (f"{folded}\n{fold(french_text)}" if french_text.strip() else folded), folded[:SORT_KEY_LENGTH]


def code_columns(code: Code | None) -> dict[str, str]:
    """The six columns of a criterion that repeat its code; all empty while uncoded.

    >>> code_columns(Code("A01", "11", "P15", "k"))["letter"]
    'P'
    """
    return {
        "dimension": code.dimension if code else "",
        "component": code.object if code else "",
        "sub_component": code.sub_component if code else "",
        "letter": code.letter if code else "",
        "sense": code.sense if code else "",
        "beneficiary": code.beneficiary if code else "",
    }
