"""Tables of what residents say. One file a subject; import names from here."""

from .batches import Batch, Change, ColumnMapping
from .criteria import Coding, Criterion, Expression, Proposition
from .groups import HomogeneousGroup
from .halls import Event, Hall, Phone, Recording, Round, ScreenLanguage, ScreenSentence, SheetPhoto
from .rainbow import CommonWording, RainbowGroup, RainbowMark, RainbowWorkshop
from .second_coding import BlindCoding, DoubleCoding
from .workshops import Question, Workshop, WorkshopQuestion

__all__ = [
    "Batch",
    "BlindCoding",
    "Change",
    "Coding",
    "ColumnMapping",
    "CommonWording",
    "Criterion",
    "DoubleCoding",
    "Event",
    "Expression",
    "Hall",
    "HomogeneousGroup",
    "Phone",
    "Proposition",
    "Question",
    "RainbowGroup",
    "RainbowMark",
    "RainbowWorkshop",
    "Recording",
    "Round",
    "ScreenLanguage",
    "ScreenSentence",
    "SheetPhoto",
    "Workshop",
    "WorkshopQuestion",
]
