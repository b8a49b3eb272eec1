"""What readers may read: adopted versions of a plan, issued documents, adopted minutes, published syntheses; and what they wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext

from tissage.core.tokens import hash_token
from tissage.network.models import Collective, Meeting
from tissage.people.models import Membership, Territory, User
from tissage.people.rules import role_in
from tissage.plan.models import Plan, PlanVersion
from tissage.reports.models import Deliberation, ReaderComment, ReaderLink, Report, ReportFile
from tissage.synthesis.models import Synthesis
from tissage.synthesis.queries import publications_of, states_of

from .years import issued_of

BODIES = (Collective.Kind.COMMISSION, Collective.Kind.STEERING)
SITS_WITH_THE_COMMISSION = (
    Membership.Role.COMMISSION,
    Membership.Role.COORDINATOR,
    Membership.Role.PLAN_MANAGER,
    Membership.Role.FACILITATOR,
)


class LinkState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


def state_of(link: ReaderLink, today: dt.date) -> LinkState:
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if today <= link.expires_on else LinkState.EXPIRED


def find_link(token: str) -> ReaderLink | None:
    """The link that this secret opens, whatever became of it; None for a secret that was never given."""
    return (
        ReaderLink.objects.select_related("plan__territory", "plan__framework__framework", "person")
        .filter(token_hash=hash_token(token))
        .first()
    )


def reads_minutes(user: User, territory: Territory) -> bool:
    """Whether this person reads the minutes kept for members of the commission."""
    return role_in(user, territory) in SITS_WITH_THE_COMMISSION


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document, its files, what the vote gave, and whether its year was reopened since."""

    report: Report
    files: list[ReportFile]
    vote: Deliberation | None
    superseded: bool


@dataclass(frozen=True, slots=True)
class Adopted:
    """`in_force`: the version of today; `former`: those that were before, the latest first."""

    in_force: PlanVersion | None
    former: list[PlanVersion]
    issued: list[Issued]
    minutes: list[Meeting]
    syntheses: list[Synthesis]

    @property
    def is_empty(self) -> bool:
        return not (self.in_force or self.former or self.issued or self.minutes or self.syntheses)


def adopted_of(plan: Plan, today: dt.date, *, with_minutes: bool) -> Adopted:
    """Everything adopted of a plan, for one reader; the number of queries does not grow with it."""
    versions = adopted_versions(plan, today)
    return Adopted(
        in_force=versions[0] if versions else None,
        former=versions[1:],
        issued=_issued(plan),
        minutes=list(adopted_minutes(plan.territory, with_minutes=with_minutes)),
        syntheses=_published(plan.territory),
    )


def adopted_versions(plan: Plan, today: dt.date) -> list[PlanVersion]:
    """The version in force first, then those that were. One query."""
    found = PlanVersion.objects.in_force().filter(plan=plan, effective_from__lte=today)
    return list(found.order_by("-effective_from", "-number"))


def adopted_minutes(territory: Territory, *, with_minutes: bool) -> QuerySet[Meeting]:
    """Approved minutes of commissions: those for everybody, and those for members when asked. Minutes kept for the team never."""
    visible = [Meeting.MinutesVisibility.PUBLIC, *([Meeting.MinutesVisibility.MEMBERS] if with_minutes else [])]
    found = Meeting.objects.held().filter(collective__territory=territory, collective__kind__in=BODIES, minutes_adopted_on__isnull=False)
    return found.filter(minutes_visibility__in=visible).select_related("collective__territory").order_by("-starts_at", "-pk")


def _issued(plan: Plan) -> list[Issued]:
    """Issued documents, latest first. Three queries."""
    reports = issued_of(plan)
    votes = {one.frozen_year_id: one for one in Deliberation.objects.filter(frozen_year__plan=plan).order_by("pk")}
    return [Issued(one, list(one.files.all()), votes.get(one.frozen_year_id), one.frozen_year.reopened_at is not None) for one in reports]


def _published(territory: Territory) -> list[Synthesis]:
    """Published syntheses that may be shown now."""
    found = list(publications_of(territory))
    states = states_of(found)
    return [one for one in found if states[one.pk].may_be_shown]


def comments_on(subject: str, subject_id: int, *, user: User | None = None, link: ReaderLink | None = None) -> list[ReaderComment]:
    """What this reader wrote on a thing, with the answers."""
    found = ReaderComment.objects.filter(subject=subject, subject_id=subject_id)
    return list((found.filter(user=user) if user else found.filter(link__person=link.person_id if link else None)).order_by("at", "pk"))


@dataclass(frozen=True, slots=True)
class Written:
    """A comment as the team reads it: who wrote it, on what, and where that stands."""

    comment: ReaderComment
    author: str
    about: str


def comments_of(plan: Plan) -> list[Written]:
    """Everything readers wrote about a plan: unanswered first, then the latest. Four queries."""
    found = ReaderComment.objects.filter(plan=plan).select_related("user", "link__person")
    comments = list(found.order_by(F("answered_at").asc(nulls_first=True), "-at", "-pk"))
    abouts = _subjects(comments)
    return [Written(one, _author(one), abouts.get((one.subject, one.subject_id), one.get_subject_display())) for one in comments]


def _author(comment: ReaderComment) -> str:
    if comment.user is not None:
        return comment.user.name
    return comment.link.person.display_name if comment.link else ""


def _subjects(comments: Iterable[ReaderComment]) -> dict[tuple[str, int], str]:
    asked: dict[str, set[int]] = {"version": set(), "report": set(), "meeting": set()}
    for one in comments:
        asked[one.subject].add(one.subject_id)
    said: dict[tuple[str, int], str] = {}
    for version in PlanVersion.objects.filter(pk__in=asked["version"]).order_by("pk"):
        said["version", version.pk] = gettext("version %(number)s") % {"number": version.number}
    for report in Report.objects.filter(pk__in=asked["report"]).order_by("pk"):
        said["report", report.pk] = str(report)
    for meeting in Meeting.objects.filter(pk__in=asked["meeting"]).select_related("collective").order_by("pk"):
        said["meeting", meeting.pk] = str(meeting)
    return said


@dataclass(frozen=True, slots=True)
class LinkLine:
    link: ReaderLink
    state: str
    comments: int


def links_of(plan: Plan, today: dt.date) -> list[LinkLine]:
    """Every link given, those that open first, by name. One query."""
    found = ReaderLink.objects.filter(plan=plan).select_related("person", "made_by").annotate(written=Count("comments"))
    lines = [
        LinkLine(link, state_of(link, today).value, written)
        for link, written in ((one, one.__dict__["written"]) for one in found.order_by("person__display_name", "-made_at", "pk"))
    ]
    return sorted(lines, key=lambda line: line.state != LinkState.OPEN)


def unanswered(territories: Iterable[Territory]) -> dict[int, int]:
    """How many comments wait for an answer, by plan."""
    waiting = ReaderComment.objects.filter(plan__territory__in=list(territories), answered_at__isnull=True).order_by()
    return dict(waiting.values_list("plan").annotate(Count("pk")))
