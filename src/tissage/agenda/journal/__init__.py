"""What the acts of this app are called in the journal, a file a part of the work."""

from . import balances, campaigns, registrations, reports

__all__ = ["balances", "campaigns", "registrations", "reports"]
