"""Tables of what residents say. One file a subject; import names from here."""

from .batches import Batch, Change, ColumnMapping
from .criteria import Coding, Criterion, Expression, Proposition
from .groups import HomogeneousGroup
from .workshops import Question, Workshop, WorkshopQuestion

__all__ = [
    "Batch",
    "Change",
    "Coding",
    "ColumnMapping",
    "Criterion",
    "Expression",
    "HomogeneousGroup",
    "Proposition",
    "Question",
    "Workshop",
    "WorkshopQuestion",
]
