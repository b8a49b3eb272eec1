"""What is missing of a year of a plan, and who owes it. Counts and organisations, never the name of a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.network.models import Meeting
from tissage.plan.models import ActionYear, AgreementAction, Allocation, Booking, FundingAmount, FundingLine, PartnerLink, Plan, Proof

from .deadlines import deadlines_of
from .figures import actions_of_year, figures_of_year

FIGURES, ACCOUNTS, MONEY, PROOFS, COMMISSION, OBLIGATIONS = "figures", "accounts", "money", "proofs", "commission", "obligations"
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `owed_by`: an organisation, or a function (« l’équipe »); `url_name` and `url_args`: where it is mended.

    `kind`: figures, accounts, money, proofs, commission, obligations. `items` names some of what is counted, `more` says how many others.
    """

    what: str
    owed_by: str
    url_name: str
    url_args: tuple[str | int, ...]
    kind: str
    query: str = ""
    items: tuple[str, ...] = ()
    more: int = 0

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args) + self.query


def missing_of(plan: Plan, year: int) -> list[Missing]:
    """Everything missing of a year, what is owed by others first. The same number of queries whatever the size of the plan."""
    return [
        *_figures(plan, year),
        *_unanswered(plan, year),
        *_accounts(plan, year),
        *_money(plan, year),
        *_bookings(plan, year),
        *_proofs(plan, year),
        *_minutes(plan, year),
        *_sittings(plan, year),
    ]


def _team() -> str:
    return _("l’équipe du plan")


def _finance() -> str:
    return _("la direction financière")


def _figures(plan: Plan, year: int) -> list[Missing]:
    """Figures not approved, by who counts them and where they stand."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for figure in figures_of_year(plan, year).figures:
        if not figure.is_approved:
            state = "submitted" if figure.state == "submitted" else "returned" if figure.state == "returned" else "draft"
            owner = _team() if state == "submitted" else (figure.organization_name or _team())
            groups[owner, state].append(figure.name)
    return [
        Missing(_figure_words(state, len(names)), owner, "plan:figures", _args(plan), FIGURES, f"?annee={year}", *_named(names))
        for (owner, state), names in sorted(groups.items())
    ]


def _figure_words(state: str, count: int) -> str:
    words = {
        "submitted": ngettext("%(count)s chiffre remis à relire", "%(count)s chiffres remis à relire", count),
        "returned": ngettext("%(count)s chiffre renvoyé à corriger", "%(count)s chiffres renvoyés à corriger", count),
        "draft": ngettext("%(count)s chiffre pas encore remis", "%(count)s chiffres pas encore remis", count),
    }
    return words[state] % {"count": count}


def _unanswered(plan: Plan, year: int) -> list[Missing]:
    """Partners whose link is open and who handed nothing in."""
    links = PartnerLink.objects.filter(plan=plan, year=year, revoked_at__isnull=True, submitted_at__isnull=True)
    return [
        Missing(_("Pas de réponse au lien envoyé"), name, "plan:partner_links", _args(plan), FIGURES, f"?annee={year}")
        for name in links.order_by("organization__search", "pk").values_list("organization__name", flat=True)
    ]


def _accounts(plan: Plan, year: int) -> list[Missing]:
    """Actions without an approved account of their year."""
    approved = ActionYear.objects.filter(action=OuterRef("pk"), year=year, state="approved")
    titles = list(actions_of_year(plan, year).filter(~Exists(approved)).values_list("title", flat=True))
    if not titles:
        return []
    words = ngettext("%(count)s action sans bilan approuvé", "%(count)s actions sans bilan approuvé", len(titles)) % {"count": len(titles)}
    return [Missing(words, _team(), "plan:figures", _args(plan), ACCOUNTS, f"?annee={year}", *_named(titles))]


def _money(plan: Plan, year: int) -> list[Missing]:
    """No line of funding, lines whose amount nobody knows, allocations left unknown."""
    known = FundingAmount.objects.filter(line=OuterRef("pk"), amount__isnull=False)
    lines = FundingLine.objects.filter(plan=plan, year=year).annotate(is_known=Exists(known)).order_by("label", "pk")
    found = list(lines.values_list("label", "is_known"))
    if not found:
        return [Missing(_("Aucune ligne de financement"), _finance(), "plan:funding", _args(plan), MONEY, f"?annee={year}")]
    missing = []
    unknown = [label for label, is_known in found if not is_known]
    if unknown:
        words = ngettext(
            "%(count)s ligne de financement au montant inconnu", "%(count)s lignes de financement au montant inconnu", len(unknown)
        )
        missing.append(
            Missing(words % {"count": len(unknown)}, _finance(), "plan:funding", _args(plan), MONEY, f"?annee={year}", *_named(unknown))
        )
    said = Allocation.objects.filter(line=OuterRef("line"), action=OuterRef("action"), amount__isnull=False)
    blank = Allocation.objects.filter(line__plan=plan, line__year=year, amount__isnull=True).filter(~Exists(said))
    count = blank.values("line", "action").distinct().count()
    if count:
        words = ngettext("%(count)s affectation au montant inconnu", "%(count)s affectations au montant inconnu", count)
        missing.append(Missing(words % {"count": count}, _finance(), "plan:allocations", _args(plan), MONEY, f"?annee={year}"))
    return missing


def _bookings(plan: Plan, year: int) -> list[Missing]:
    """Bookings that no action bears, or no booking at all."""
    standing = Booking.objects.filter(plan=plan, year=year, vanished_at__isnull=True)
    counts = standing.aggregate(every=Count("pk"), waiting=Count("pk", filter=Q(is_split=False)))
    if not counts["every"]:
        words = _("Aucune écriture comptable lue pour %(year)s") % {"year": year}
        return [Missing(words, _finance(), "plan:booking_imports", _args(plan), MONEY, f"?annee={year}")]
    if not counts["waiting"]:
        return []
    words = ngettext("%(count)s écriture à répartir", "%(count)s écritures à répartir", counts["waiting"]) % {"count": counts["waiting"]}
    return [Missing(words, _finance(), "plan:bookings", _args(plan), MONEY, f"?annee={year}")]


def _proofs(plan: Plan, year: int) -> list[Missing]:
    """Proofs handed in that nobody judged, by agreement that runs in this year."""
    of_plan = AgreementAction.objects.filter(action__plan=plan).values("agreement")
    runs = Q(agreement__starts_on__year__lte=year) & (Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__year__gte=year))
    waiting = Proof.objects.filter(runs, agreement__in=of_plan, state=Proof.State.SUBMITTED).order_by()
    rows = waiting.values_list("agreement", "agreement__title").annotate(found=Count("pk")).order_by("agreement__title", "agreement")
    return [
        Missing(
            ngettext("%(count)s justificatif à juger", "%(count)s justificatifs à juger", count) % {"count": count},
            _team(),
            "plan:agreement",
            (*_args(plan), agreement),
            PROOFS,
            items=(title,),
        )
        for agreement, title, count in rows
    ]


def _minutes(plan: Plan, year: int) -> list[Missing]:
    """Meetings of the commission or the steering committee of that year without minutes."""
    meetings = Meeting.objects.filter(
        collective__territory=plan.territory_id,
        collective__kind__in=("commission", "steering"),
        starts_at__year=year,
        starts_at__lt=timezone.now(),
        minutes="",
    ).exclude(status=Meeting.Status.CANCELLED)
    rows = meetings.select_related("collective").order_by("starts_at", "pk")
    return [
        Missing(
            _("Procès-verbal manquant : réunion du %(day)s") % {"day": timezone.localdate(meeting.starts_at).strftime("%d/%m/%Y")},
            meeting.collective.name,
            "network:meeting",
            (plan.territory.slug, meeting.pk),
            COMMISSION,
        )
        for meeting in rows
    ]


def _sittings(plan: Plan, year: int) -> list[Missing]:
    """Obligations counted from a sitting that nobody chose."""
    return [
        Missing(
            _("Séance à choisir : %(obligation)s") % {"obligation": one.obligation.label},
            _team(),
            "plan:obligation",
            (*_args(plan), one.obligation.pk, year),
            OBLIGATIONS,
        )
        for one in deadlines_of(plan, year, timezone.localdate())
        if one.is_provisional and one.is_active
    ]


def _named(names: list[str]) -> tuple[tuple[str, ...], int]:
    """The first of them, each once, and how many others."""
    once = list(dict.fromkeys(names))
    return tuple(once[:MOST_NAMED]), max(len(once) - MOST_NAMED, 0)


def _args(plan: Plan) -> tuple[str | int, ...]:
    return (plan.territory.slug, plan.pk)
