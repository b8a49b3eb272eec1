"""Writes on accounts, territories, roles and the journal. Keyword-only, atomic, journalled, the clock passed in."""

from .accounts import (
    NoSecondFactor,
    NotYourOwnSecondFactor,
    change_name,
    choose_language,
    create_account,
    reset_second_factor,
)
from .invitations import (
    VALIDITY,
    AlreadyMember,
    InvitationClosed,
    InvitationForSomebodyElse,
    Invited,
    accept_invitation,
    find_invitation,
    invite,
    join_with_new_account,
    resend_invitation,
    revoke_invitation,
)
from .journal import Fault, journal_label, record, seal_journal, verify_journal
from .reminders import choose_reminders, send_reminders
from .territories import LastCoordinator, change_settings, create_territory, end_role, grant_role

__all__ = [
    "VALIDITY",
    "AlreadyMember",
    "Fault",
    "InvitationClosed",
    "InvitationForSomebodyElse",
    "Invited",
    "LastCoordinator",
    "NoSecondFactor",
    "NotYourOwnSecondFactor",
    "accept_invitation",
    "change_name",
    "change_settings",
    "choose_language",
    "choose_reminders",
    "create_account",
    "create_territory",
    "end_role",
    "find_invitation",
    "grant_role",
    "invite",
    "join_with_new_account",
    "journal_label",
    "record",
    "resend_invitation",
    "reset_second_factor",
    "revoke_invitation",
    "seal_journal",
    "send_reminders",
    "verify_journal",
]
