"""Whether a subject stands on the agenda of a meeting: a plain comparison of words, accents and case apart (`network.md` §3, W3)."""

from __future__ import annotations

import re

from .folding import fold

SHORTEST = 4
"""Shorter words (« le », « des », « asbl » apart) say nothing of a subject."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(["avec", "asbl", "chez", "dans", "pour", "cette", "leur", "leurs", "notre", "nous", "sans", "sous", "vers", "votre"])


def words_of(text: str) -> frozenset[str]:
    """The words that carry a subject, folded, without the s or x of a plural."""
    return frozenset(word.rstrip("sx") for word in _WORD.findall(fold(text)) if len(word) >= SHORTEST and word not in _EMPTY)


def is_on_the_agenda(subject: str, agenda: str) -> bool:
    """Whether at least half of the words of a subject are on the agenda: rather shown for nothing than missed.

    >>> is_on_the_agenda("Subvention du Refuge", "1. Approbation\\n2. Subventions 2027 : le refuge")
    True
    >>> is_on_the_agenda("Location de la salle des fêtes", "1. Budget")
    False
    """
    wanted = words_of(subject)
    return bool(wanted) and 2 * len(wanted & words_of(agenda)) >= len(wanted)
