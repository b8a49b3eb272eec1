"""« Mes espaces », for those who hold a role in one; opening one, for who administers. Nothing where the candidate phase is off."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tissage.commitments.queries.spaces import my_roles
from tissage.people.models import User
from tissage.people.rules import is_administrator


def holds_a_role(user: User) -> bool:
    """Who works on what an association asks and was answered, before it is published, signs in with more than a mailbox."""
    return my_roles(user).exists()


def mine(request: HttpRequest) -> SafeString | None:
    """On « À faire » and « Territoires »: one query."""
    if not settings.TISSAGE_CANDIDATE_PHASE or not isinstance(request.user, User):
        return None
    roles = list(my_roles(request.user))
    if not roles:
        return None
    return render_to_string("commitments/spaces/slot_mine.html", {"roles": roles}, request)


def administration(request: HttpRequest) -> SafeString | None:
    if not settings.TISSAGE_CANDIDATE_PHASE or not is_administrator(request.user):
        return None
    return render_to_string("commitments/spaces/slot_open.html", {}, request)
