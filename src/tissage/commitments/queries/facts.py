"""What the house already knows and that may prove something: trainings followed, agreements signed, activities reported, decisions, money.

A fact is told as it stood when it was read. A sensitive activity is told under its neutral title, without any number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.agenda.models import ActivityAction, OccurrenceReport
from tissage.commitments.models import Commitment, CommitmentAction, Evidence, LaterDecision
from tissage.network.models import Agreement, AgreementParty, Meeting, TrainingAttendance
from tissage.people.models import Territory
from tissage.plan.models import Action, AgreementAction, Allocation, Booking, BookingSplit, PlanVersion
from tissage.ui.templatetags.tissage import euros

Kind, Strength = Evidence.Kind, Evidence.Strength
PROVING = (Agreement.Kind.SUBSIDY, Agreement.Kind.PREMISES, Agreement.Kind.PARTNERSHIP)
"""Kinds of agreement that give something: money, rooms, work done together."""
SIGNED = (Agreement.Status.SIGNED, Agreement.Status.ENDED, Agreement.Status.TERMINATED)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened and bears on a commitment. `key` tells it again at the next reading."""

    commitment: int
    kind: str
    on: dt.date
    summary: str
    strength: str
    app: str
    table: str
    number: int
    part: str = ""
    issuer: int | None = None

    @property
    def key(self) -> str:
        return ":".join(part for part in (self.app, self.table, str(self.number), self.part, f"c{self.commitment}") if part)

    @property
    def reference(self) -> dict[str, str]:
        return {"app": self.app, "table": self.table, "id": str(self.number)}


@dataclass(frozen=True, slots=True)
class Promised:
    """A live published commitment, the organisations that own it, and the actions that serve it."""

    pk: int
    made_on: dt.date
    owners: frozenset[int]
    actions: frozenset[int]


def facts_of(territory: Territory, day: dt.date) -> list[Fact]:
    """Facts dated after each live published commitment, up to `day`: a dozen queries whatever their number."""
    promised = promised_in(territory)
    told = [
        *_trainings(promised),
        *_agreements(promised),
        *_activities(promised),
        *_later_decisions(promised),
        *_council_votes(promised),
        *_budgets(promised),
        *_bookings(promised, day),
    ]
    begun = {one.pk: one.made_on for one in promised}
    return sorted((fact for fact in told if begun[fact.commitment] < fact.on <= day), key=lambda fact: (fact.on, fact.key))


def promised_in(territory: Territory) -> list[Promised]:
    rows = list(
        Commitment.objects.filter(territory=territory)
        .published()
        .live()
        .order_by("pk")
        .values_list("pk", "made_on", "organization", "owner")
    )
    actions: dict[int, set[int]] = defaultdict(set)
    for commitment, action in CommitmentAction.objects.filter(commitment__in=[row[0] for row in rows]).values_list("commitment", "action"):
        actions[commitment].add(action)
    return [
        Promised(pk, made_on, frozenset(one for one in (organization, owner) if one is not None), frozenset(actions[pk]))
        for pk, made_on, organization, owner in rows
    ]


def _by_owner(promised: Iterable[Promised]) -> Mapping[int, list[Promised]]:
    found: dict[int, list[Promised]] = defaultdict(list)
    for one in promised:
        for owner in one.owners:
            found[owner].append(one)
    return found


def _by_action(promised: Iterable[Promised]) -> Mapping[int, list[Promised]]:
    found: dict[int, list[Promised]] = defaultdict(list)
    for one in promised:
        for action in one.actions:
            found[action].append(one)
    return found


def _trainings(promised: list[Promised]) -> Iterator[Fact]:
    """How many people of an organisation followed a session: never who."""
    owners = _by_owner(promised)
    rows = (
        TrainingAttendance.objects.filter(organization__in=owners, session__cancelled_on__isnull=True)
        .order_by("session", "organization")
        .values(
            "session", "session__held_on", "session__training__title", "session__training__provider", "organization", "organization__name"
        )
        .annotate(heads=Sum("headcount"))
    )
    for row in rows:
        provider = row["session__training__provider"]
        summary = ngettext(
            "Formation « %(title)s » suivie par %(heads)s personne de %(who)s",
            "Formation « %(title)s » suivie par %(heads)s personnes de %(who)s",
            row["heads"],
        ) % {"title": row["session__training__title"], "heads": row["heads"], "who": row["organization__name"]}
        for one in owners[row["organization"]]:
            by_other = provider is not None and provider not in one.owners
            strength = Strength.THIRD_PARTY if by_other else Strength.SELF_REPORTED
            place = (row["session__held_on"], summary, strength, "network", "trainingsession", row["session"])
            yield Fact(one.pk, Kind.TRAINING, *place, part=f"o{row['organization']}", issuer=provider)


def _agreements(promised: list[Promised]) -> Iterator[Fact]:
    """Signed by all, on the day of the last signature; every party but the promise's own confirms it. A commitment that actions serve is told
    of the agreements that serve one of these, or no action at all: a municipality signs many."""
    owners = _by_owner(promised)
    concerned = Agreement.objects.filter(
        pk__in=AgreementParty.objects.filter(organization__in=owners).values("agreement"), status__in=SIGNED
    )
    rows = concerned.order_by("pk").annotate(signed_on=Max("parties__signed_on")).prefetch_related("parties__organization")
    serving: dict[int, set[int]] = defaultdict(set)
    for served, action in AgreementAction.objects.filter(agreement__in=concerned).values_list("agreement", "action"):
        serving[served].add(action)
    for agreement in rows:
        parties = [party.organization for party in agreement.parties.all()]
        signed_on: dt.date | None = agreement.signed_on
        if signed_on is None:
            continue
        amount = f" : {euros(agreement.amount)}" if agreement.amount is not None else ""
        words = {"kind": agreement.get_kind_display(), "title": agreement.title, "who": ", ".join(party.name for party in parties)}
        summary = _("%(kind)s « %(title)s », signée par %(who)s") % words + amount
        summary = summary[:1].upper() + summary[1:]
        for one in {each.pk: each for party in parties for each in owners.get(party.pk, [])}.values():
            if one.actions and serving[agreement.pk] and not one.actions & serving[agreement.pk]:
                continue
            others = [party for party in parties if party.pk not in one.owners]
            strength = Strength.THIRD_PARTY if others else Strength.SELF_REPORTED
            issuer = others[0].pk if others else None
            yield Fact(one.pk, Kind.AGREEMENT, signed_on, summary, strength, "network", "agreement", agreement.pk, issuer=issuer)


def _activities(promised: list[Promised]) -> Iterator[Fact]:
    """Held, and reported by whoever led them. A sensitive one gives no count."""
    actions = _by_action(promised)
    links: dict[int, set[int]] = defaultdict(set)
    for served, action in ActivityAction.objects.filter(action__in=actions).values_list("activity", "action"):
        links[served].add(action)
    held = OccurrenceReport.objects.filter(activity__in=links).exclude(held=OccurrenceReport.Held.NO)
    for report in held.select_related("activity__lead", "occurrence").order_by("pk"):
        activity, lead = report.activity, report.activity.lead
        summary = _("Activité « %(title)s » tenue, selon le compte rendu de %(who)s") % {"title": activity.public_title, "who": lead.name}
        if report.headcount is not None and not activity.is_sensitive:
            heads = ngettext("%(count)s personne", "%(count)s personnes", report.headcount) % {"count": report.headcount}
            summary += f" : {heads} ({report.get_method_display()})"
        for one in {each.pk: each for action in links[activity.pk] for each in actions[action]}.values():
            strength = Strength.SELF_REPORTED if lead.pk in one.owners else Strength.THIRD_PARTY
            place = (held_on(report), summary, strength, "agenda", "occurrencereport", report.pk)
            yield Fact(one.pk, Kind.ACTIVITY, *place, issuer=lead.pk)


def held_on(report: OccurrenceReport) -> dt.date:
    """The day of the fact: that of the date, or of the report for an output without date."""
    return timezone.localdate(report.occurrence.starts_at if report.occurrence else report.filled_at)


def _later_decisions(promised: list[Promised]) -> Iterator[Fact]:
    rows = LaterDecision.objects.filter(commitment__in=[one.pk for one in promised], decision__meeting__status=Meeting.Status.HELD)
    for one in rows.select_related("decision__meeting__collective").order_by("pk"):
        meeting = one.decision.meeting
        summary = _("%(kind)s %(number)s de « %(who)s » qui revient sur l’engagement") % {
            "kind": one.decision.get_kind_display(),
            "number": one.decision.number,
            "who": meeting.collective.name,
        }
        assert one.commitment_id is not None
        place = (timezone.localdate(meeting.starts_at), summary.capitalize(), Strength.THIRD_PARTY, "network", "decision", one.decision_id)
        yield Fact(one.commitment_id, Kind.REPORT, *place)


def _council_votes(promised: list[Promised]) -> Iterator[Fact]:
    actions = _by_action(promised)
    plans: dict[int, set[int]] = defaultdict(set)
    for action, plan in Action.objects.filter(pk__in=actions).order_by().values_list("pk", "plan"):
        plans[plan].update(one.pk for one in actions[action])
    for version in PlanVersion.objects.filter(plan__in=plans, council_on__isnull=False).select_related("plan").order_by("pk"):
        summary = _("Version %(number)s du plan « %(plan)s », votée par le conseil") % {"number": version.number, "plan": version.plan.name}
        assert version.council_on is not None
        for commitment in sorted(plans[version.plan_id]):
            yield Fact(commitment, Kind.COUNCIL_DECISION, version.council_on, summary, Strength.OFFICIAL, "plan", "planversion", version.pk)


def _budgets(promised: list[Promised]) -> Iterator[Fact]:
    """What a voted state of the budget gives an action."""
    actions = _by_action(promised)
    rows = (
        Allocation.objects.filter(action__in=actions, stage__voted_on__isnull=False, amount__gt=0)
        .order_by("stage", "action")
        .values_list("stage", "stage__voted_on", "stage__label", "stage__year", "action", "action__sequence")
        .annotate(total=Sum("amount"))
    )
    for stage, voted_on, label, year, action, sequence, total in rows:
        words = {"label": label, "year": year, "amount": euros(total), "number": sequence}
        summary = _("%(label)s %(year)s : %(amount)s pour l’action %(number)s") % words
        for one in actions[action]:
            yield Fact(one.pk, Kind.BUDGET_LINE, voted_on, summary, Strength.OFFICIAL, "plan", "budgetstage", stage, part=f"a{action}")


def _bookings(promised: list[Promised], day: dt.date) -> Iterator[Fact]:
    """What the accounts of a whole year say was spent on an action: the year under way still moves."""
    actions = _by_action(promised)
    spent = BookingSplit.objects.filter(
        action__in=actions, booking__kind=Booking.Kind.EXPENSE, booking__vanished_at__isnull=True, booking__year__lt=day.year
    )
    rows = (
        spent.order_by("action", "booking__year")
        .values_list("action", "action__sequence", "booking__year")
        .annotate(total=Sum("amount"), last=Max("booking__booked_on"))
    )
    for action, sequence, year, total, last in rows:
        if total <= Decimal(0):
            continue
        words = {"year": year, "amount": euros(total), "number": sequence, "last": date_format(last, "j F Y")}
        summary = _("Comptes %(year)s : %(amount)s dépensés pour l’action %(number)s, la dernière écriture le %(last)s") % words
        for one in actions[action]:
            yield Fact(one.pk, Kind.BUDGET_LINE, last, summary, Strength.OFFICIAL, "plan", "action", action, part=f"y{year}")
