"""Tables of the plan. What the region approved (`PlanVersion`, `ActionVersion`) stays apart from what the team does now (`Action`)."""

from .actions import Action, ActionComment, ActionPartner, ActionYear, Article, ArticlePicture
from .agreements import AgreementAction, Clawback, Instalment, Proof
from .figures import Indicator, Observation, Target
from .links import CalendarFeed, PartnerLink
from .money import (
    Allocation,
    Booking,
    BookingImport,
    BookingSplit,
    BudgetStage,
    FundingAmount,
    FundingLine,
    HelpInKind,
    PlanColumns,
    SplitRule,
    SplitShare,
    StaffShare,
    StatementTotal,
)
from .obligations import ObligationYear
from .plans import ActionVersion, Plan, PlanVersion
from .workbook import WorkbookImport

__all__ = [
    "Action",
    "ActionComment",
    "ActionPartner",
    "ActionVersion",
    "ActionYear",
    "AgreementAction",
    "Allocation",
    "Article",
    "ArticlePicture",
    "Booking",
    "BookingImport",
    "BookingSplit",
    "BudgetStage",
    "CalendarFeed",
    "Clawback",
    "FundingAmount",
    "FundingLine",
    "HelpInKind",
    "Indicator",
    "Instalment",
    "ObligationYear",
    "Observation",
    "PartnerLink",
    "Plan",
    "PlanColumns",
    "PlanVersion",
    "Proof",
    "SplitRule",
    "SplitShare",
    "StaffShare",
    "StatementTotal",
    "Target",
    "WorkbookImport",
]
