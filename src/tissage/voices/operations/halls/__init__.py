"""The hall: a workshop gathering its words live. What participants do is never journalled; what facilitators do always is."""

from .answers import write_answers
from .cards import HidingReason, UnknownReason, hide_card, show_card, write_cards
from .closing import close_hall
from .codes import may_try_code, note_wrong_code
from .events import EventExists, close_every_question, create_event, open_question_everywhere
from .opening import AlreadyOpen, HallRefused, NothingToAsk, change_hall, close_door, follow_questions, open_door, open_hall
from .phones import (
    BadToken,
    DoorClosed,
    HallFull,
    JoinRefused,
    NoPhonesHere,
    join,
    set_phone_aside,
    take_phone_back,
)
from .rounds import RoundNotClosed, close_round, hide_wall, open_round, show_round
from .writing import Answer, Receipt

__all__ = [
    "AlreadyOpen",
    "Answer",
    "BadToken",
    "DoorClosed",
    "EventExists",
    "HallFull",
    "HallRefused",
    "HidingReason",
    "JoinRefused",
    "NoPhonesHere",
    "NothingToAsk",
    "Receipt",
    "RoundNotClosed",
    "UnknownReason",
    "change_hall",
    "close_door",
    "close_every_question",
    "close_hall",
    "close_round",
    "create_event",
    "follow_questions",
    "hide_card",
    "hide_wall",
    "join",
    "may_try_code",
    "note_wrong_code",
    "open_door",
    "open_hall",
    "open_question_everywhere",
    "open_round",
    "set_phone_aside",
    "show_card",
    "show_round",
    "take_phone_back",
    "write_answers",
    "write_cards",
]
