"""Tables of organisations, collectives, meetings and agreements (`network.md` §7). A plan hangs its money on them, never the reverse."""

from .agreements import Agreement, AgreementParty, Amendment
from .collectives import ActionItem, Collective, CollectiveMembership, Decision, Meeting, Presence, Representative
from .organizations import Document, Identifier, Organization, Person, Place

__all__ = [
    "ActionItem",
    "Agreement",
    "AgreementParty",
    "Amendment",
    "Collective",
    "CollectiveMembership",
    "Decision",
    "Document",
    "Identifier",
    "Meeting",
    "Organization",
    "Person",
    "Place",
    "Presence",
    "Representative",
]
