"""Pages: find what the person may see, make one call, answer."""

from .home import home, search, second_factor, territories, todo
from .invitations import answer_invitation, invite_person, resend, revoke
from .journal import export_journal, export_journal_proof, show_journal
from .members import change_role, leave_role, members, reset_factor
from .profile import profile, set_screen_language
from .settings import territory_settings
from .sign_in import ask_for_code

__all__ = [
    "answer_invitation",
    "ask_for_code",
    "change_role",
    "export_journal",
    "export_journal_proof",
    "home",
    "invite_person",
    "leave_role",
    "members",
    "profile",
    "resend",
    "reset_factor",
    "revoke",
    "search",
    "second_factor",
    "set_screen_language",
    "show_journal",
    "territories",
    "territory_settings",
    "todo",
]
