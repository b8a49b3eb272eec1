"""What the acts of this app are called in the journal, a file a part of the work."""

from . import readers, reports

__all__ = ["readers", "reports"]
