"""What the acts of this app are called in the journal, a file a part of the work."""

from . import agreements, board, bookings, figures, money, obligations, page_import, register

__all__ = ["agreements", "board", "bookings", "figures", "money", "obligations", "page_import", "register"]
