"""Tables of campaigns, activities, dates, registrations without names, and what happened (`agenda.md` §9)."""

from .campaigns import Activity, ActivityAction, ActivityPartner, ActivityTerm, Campaign, CampaignPartner, Occurrence
from .registrations import Registration, SchoolBooking
from .reports import (
    AgendaFeed,
    CampaignReport,
    FeedbackAnswer,
    FeedbackForm,
    OccurrenceReport,
    ReportComment,
    ReportReminder,
    SensitiveYear,
)

__all__ = [
    "Activity",
    "ActivityAction",
    "ActivityPartner",
    "ActivityTerm",
    "AgendaFeed",
    "Campaign",
    "CampaignPartner",
    "CampaignReport",
    "FeedbackAnswer",
    "FeedbackForm",
    "Occurrence",
    "OccurrenceReport",
    "Registration",
    "ReportComment",
    "ReportReminder",
    "SchoolBooking",
    "SensitiveYear",
]
