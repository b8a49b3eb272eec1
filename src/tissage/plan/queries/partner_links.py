"""Links of partners: what a secret opens today, who has an address, and where each partner stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from tissage.core.tokens import hash_token
from tissage.network.models import Organization, Person
from tissage.plan.models import ActionPartner, ActionYear, Indicator, Observation, PartnerLink, Plan

from .figures import during

GRACE = dt.timedelta(days=14)
"""What a link sent after the deadline stays open: whoever asks for one late still answers."""


class LinkState(StrEnum):
    """What a secret opens today."""

    OPEN = "open"
    RETURNED = "returned"  # past its time, open for what was returned alone
    CLOSED = "closed"  # past its time
    REPLACED = "replaced"  # a newer one was sent
    REVOKED = "revoked"


def find_link(token: str) -> tuple[PartnerLink, bool] | None:
    """The link behind a secret, and whether that secret is its latest; None for one that was never given, or long ago replaced."""
    held = hash_token(token)
    links = PartnerLink.objects.select_related("plan__territory", "organization", "plan__framework__framework")
    if (link := links.filter(token_hash=held).first()) is not None:
        return link, True
    if (link := links.filter(previous_hash=held).order_by("pk").first()) is not None:
        return link, False
    return None


def open_until(link: PartnerLink) -> dt.date:
    """The last day: the deadline, or fourteen days after a link that was sent later."""
    sent = timezone.localtime(link.sent_at).date() if link.sent_at else link.deadline
    return link.deadline if sent <= link.deadline else sent + GRACE


def state_of(link: PartnerLink, *, is_latest: bool, today: dt.date) -> LinkState:
    """What a secret of this link opens today."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if not is_latest:
        return LinkState.REPLACED
    if today <= open_until(link):
        return LinkState.OPEN
    return LinkState.RETURNED if returned_count(link) else LinkState.CLOSED


def returned_count(link: PartnerLink) -> int:
    """How many figures and accounts wait for this partner with a comment."""
    figures = Observation.objects.filter(
        indicator__action__plan=link.plan_id, indicator__organization=link.organization_id, year=link.year, state="returned"
    )
    accounts = ActionYear.objects.filter(action__plan=link.plan_id, organization=link.organization_id, year=link.year, state="returned")
    return figures.count() + accounts.count()


@dataclass(frozen=True, slots=True)
class AddressedPartner:
    """An organisation that answers for a year, where its link would go ("" when nobody gave an address), and the link it has."""

    organization: Organization
    email: str
    link: PartnerLink | None


def partners_of_year(plan: Plan, year: int) -> list[AddressedPartner]:
    """The organisations that are asked something in a year, by name: they take part in an action, or count something.

    The address is the organisation's own, else that of the first of its people who has one.
    """
    running = during(year, "action__starts_on", "action__ends_on")
    takes_part = ActionPartner.objects.filter(running, during(year, "since", "until"), action__plan=plan).values("organization")
    counts = Indicator.objects.filter(
        running,
        Q(ended_on__isnull=True) | Q(ended_on__gte=dt.date(year, 1, 1)),
        action__plan=plan,
        organization__isnull=False,
    ).values("organization")
    found = list(Organization.objects.filter(Q(pk__in=takes_part) | Q(pk__in=counts)).order_by("search", "pk"))
    addresses: dict[int, str] = {}
    people = Person.objects.filter(organization__in=found, ended_on__isnull=True).exclude(email="")
    for organization, email in people.order_by("pk").values_list("organization", "email"):
        addresses.setdefault(organization or 0, email)
    links = {
        link.organization_id: link for link in PartnerLink.objects.filter(plan=plan, year=year, revoked_at__isnull=True).order_by("pk")
    }
    return [AddressedPartner(one, one.email or addresses.get(one.pk, ""), links.get(one.pk)) for one in found]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a partner (or the team: organisation None) stands in a year, in counts of figures and accounts together."""

    organization: Organization | None
    email: str
    link: PartnerLink | None
    asked: int
    draft: int
    submitted: int
    returned: int
    approved: int

    @property
    def waits_for(self) -> int:
        """What is neither handed in nor approved."""
        return max(0, self.asked - self.submitted - self.approved)

    @property
    def given(self) -> int:
        """Handed in, approved or not."""
        return self.submitted + self.approved

    @property
    def has_answered(self) -> bool:
        return self.asked > 0 and self.waits_for == 0


def standings(plan: Plan, year: int) -> list[Standing]:
    """Every partner by name, the team last: what each is asked and where it stands. A monthly figure counts once, as its least advanced month."""
    from .figures import figures_of_year

    read = figures_of_year(plan, year)
    states: dict[int | None, list[str]] = defaultdict(list)
    for figure in read.figures:
        states[figure.organization].append(figure.state)
    for account in read.accounts:
        states[account.organization].append(account.state)
    accounted = {(account.action, account.organization) for account in read.accounts}
    running = during(year, "action__starts_on", "action__ends_on")
    parts = ActionPartner.objects.filter(running, during(year, "since", "until"), action__plan=plan)
    owed = set(parts.values_list("action", "organization")) | {(one.action, one.organization) for one in read.figures if one.organization}
    for _action, organization in owed - accounted:
        states[organization].append("")
    rows = [_standing(partner.organization, partner.email, partner.link, states) for partner in partners_of_year(plan, year)]
    return [*rows, _standing(None, "", None, states)]


def _standing(organization: Organization | None, email: str, link: PartnerLink | None, states: dict[int | None, list[str]]) -> Standing:
    found = states.get(organization.pk if organization else None, [])
    counted = {state: found.count(state) for state in ("draft", "submitted", "returned", "approved")}
    return Standing(organization, email, link, asked=len(found), **counted)
