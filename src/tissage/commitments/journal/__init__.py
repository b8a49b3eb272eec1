"""What the acts of this app are called in the journal, a file a part of the work."""

from . import promises, spaces

__all__ = ["promises", "spaces"]
