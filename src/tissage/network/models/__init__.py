"""Tables of organisations, collectives, labels, trainings, services, meetings and agreements (`network.md` §7). A plan hangs its money on them, never the reverse."""

from .agreements import Agreement, AgreementParty, Amendment
from .collectives import ActionItem, Collective, CollectiveMembership, Decision, Meeting, Presence, Representative
from .conflicts import ConflictDeclaration
from .directory import ChangeSuggestion, FormsPause, NotTheSame, OrganizationMerge, ReviewAnswer, ReviewRequest
from .labels import LabelAward, LabelFulfilment, LabelReport, LabelRequirement, LabelScheme, LabelVersion
from .organizations import Document, Identifier, Organization, Person, Place
from .services import FieldChange, Service, ServiceAtPlace, ServiceContact, ServiceTerm
from .trainings import Qualification, Training, TrainingAttendance, TrainingSession

__all__ = [
    "ActionItem",
    "Agreement",
    "AgreementParty",
    "Amendment",
    "ChangeSuggestion",
    "Collective",
    "CollectiveMembership",
    "ConflictDeclaration",
    "Decision",
    "Document",
    "FieldChange",
    "FormsPause",
    "Identifier",
    "LabelAward",
    "LabelFulfilment",
    "LabelReport",
    "LabelRequirement",
    "LabelScheme",
    "LabelVersion",
    "Meeting",
    "NotTheSame",
    "Organization",
    "OrganizationMerge",
    "Person",
    "Place",
    "Presence",
    "Qualification",
    "Representative",
    "ReviewAnswer",
    "ReviewRequest",
    "Service",
    "ServiceAtPlace",
    "ServiceContact",
    "ServiceTerm",
    "Training",
    "TrainingAttendance",
    "TrainingSession",
]
