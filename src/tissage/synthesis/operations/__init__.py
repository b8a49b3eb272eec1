"""Writes on syntheses. One file an intention; import names from here."""

from .freezing import cancel_freezing, continue_freezing_lines, freeze_synthesis
from .marks import mark_discussed, mark_validated
from .publishing import publish_synthesis, withdraw_publication
from .reading import carry_over_readings, read_line, read_lines_as_they_are
from .refusals import SynthesisRefused
from .sheets import note_workshop_sheet, open_sheet_link, revoke_sheet_link

__all__ = [
    "SynthesisRefused",
    "cancel_freezing",
    "carry_over_readings",
    "continue_freezing_lines",
    "freeze_synthesis",
    "mark_discussed",
    "mark_validated",
    "note_workshop_sheet",
    "open_sheet_link",
    "publish_synthesis",
    "read_line",
    "read_lines_as_they_are",
    "revoke_sheet_link",
    "withdraw_publication",
]
