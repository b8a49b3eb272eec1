"""What the register does when somebody takes a role: the card that bears their address becomes theirs."""

from __future__ import annotations

import datetime as dt

from tissage.network.models import Person
from tissage.people.models import Membership
from tissage.people.operations.journal import record


def link_account(membership: Membership, *, now: dt.datetime) -> None:
    """Links the account to the cards of this territory that bear its address and nobody's account yet: a partner then meets its own actions.

    The address of an account was read in its mailbox; a card was written by the team.
    """
    cards = Person.objects.filter(
        territory=membership.territory, email__iexact=membership.user.email, user__isnull=True, ended_on__isnull=True
    )
    for card in cards.select_related("organization", "territory").order_by("pk"):
        card.user = membership.user
        card.save(update_fields=["user"])
        record(verb="network.link_account", by=membership.user, territory=card.territory, on=card.organization, now=now)
