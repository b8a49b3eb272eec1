"""An account that is opened by coming in through the town's own door, for somebody who was invited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from tissage.people.models import Invitation, User

from .accounts import create_account
from .invitations import accept_invitation


@transaction.atomic
def join_through_the_town(*, invitations: Sequence[Invitation], name: str, now: dt.datetime) -> User:
    """Opens the account of the invited address, without a password, and takes the roles offered to it."""
    user = create_account(email=invitations[0].email, name=name, now=now)
    user.language = get_language() or settings.LANGUAGE_CODE
    user.save(update_fields=["language"])
    for invitation in invitations:
        accept_invitation(invitation=invitation, user=user, now=now)
    return user
