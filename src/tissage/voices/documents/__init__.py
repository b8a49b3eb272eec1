"""What a workshop prints for its hall: invitation, question cards, post-it cards, sheets for the wall. Set by the press of `ui`.

`content` says what stands on each, as plain values; the templates set them. No clock, no request: the day and the address are given.
"""

from .papers import FILLED, PAPERS, Paper, PaperKind, print_paper

__all__ = ["FILLED", "PAPERS", "Paper", "PaperKind", "print_paper"]
