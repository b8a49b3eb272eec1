"""The checks a plan's framework lists, worked out on the figures of one year. Rules, rates, dates and sources come from the framework."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.money import ZERO, Total
from tissage.core.plan_checks import Facts, Reason, Verdict, check, checks_of_year
from tissage.core.plan_framework import FUNDING, Entry, PlanFramework
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import ActionVersion, BookingSplit, Plan, PlanVersion
from tissage.ui.templatetags.tissage import euros, percent

from .money_rows import amount_of_lines, booked_by_line, counted

WHOLE = Decimal("100.00005")
"""Above any sum of four-decimal percentages that total 100: SQLite adds them in floating point."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`passed` None: cannot be said, and `sentence` says why. `rule` says in words what is asked; `source`, `status` where it was read."""

    code: str
    label: str
    passed: bool | None
    sentence: str
    source: str
    status: str = "unverified"
    rule: str = ""
    url_name: str = ""
    """The page where what is wrong or missing is set right."""


def run_checks(plan: Plan, year: int) -> list[CheckResult]:
    """The checks whose validity meets this year, in the order of the framework. Six queries whatever there is."""
    reference = plan_framework(plan.framework)
    listed = checks_of_year(reference, year)
    if not listed:
        return []
    facts = facts_of(plan, year, reference)
    return [_result(entry, check(entry, facts), reference) for entry in listed]


def facts_of(plan: Plan, year: int, reference: PlanFramework) -> Facts:
    """What the checks look at. A booking belongs to the role of its line, else to the one role its function code serves that year."""
    roles = {entry.code: str(entry.extra.get("role", "other")) for entry in reference.of_kind(FUNDING)}
    lines = {
        pk: (roles.get(basis, "other"), code)
        for pk, basis, code in plan.funding_lines.filter(year=year).values_list("pk", "basis", "function_code")
    }
    codes: dict[str, set[str]] = defaultdict(set)
    for role, code in lines.values():
        codes[code].add(role)
    for entry in reference.of_kind(FUNDING):
        if code := str(entry.extra.get("function_codes", {}).get(plan.carrier_kind, "")):
            codes[code].add(roles[entry.code])
    amounts = amount_of_lines(plan, [year])
    budget: dict[str, Total] = {}
    for pk, (role, _code) in lines.items():
        budget[role] = budget.get(role, Total(None)) + amounts.get(pk, Total(None, 1))
    received, spent = _by_role(plan, year, lines, codes)
    bookings = counted(plan).filter(year=year)
    parts = BookingSplit.objects.filter(booking__in=bookings)
    over = bookings.order_by().values("pk").annotate(borne=Sum("splits__percent")).filter(borne__gt=WHOLE)
    counts = parts.aggregate(parts=Count("pk"), outside=Count("pk", filter=_outside(plan)))
    return Facts(budget, received, spent, bookings.count(), counts["parts"], counts["outside"], over.count())


def _by_role(
    plan: Plan, year: int, lines: Mapping[int, tuple[str, str]], codes: Mapping[str, set[str]]
) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What was received and spent under each role; a role with no booking of a kind is absent."""
    received: dict[str, Decimal] = {}
    spent: dict[str, Decimal] = {}
    for (line, code, _year), booked in booked_by_line(plan, [year]).items():
        alike = codes.get(code, set()) if code else set()
        role = lines[line][0] if line is not None and line in lines else next(iter(alike)) if len(alike) == 1 else None
        if role is None:
            continue
        if booked.received:
            received[role] = received.get(role, ZERO) + booked.received
        if booked.spent:
            spent[role] = spent.get(role, ZERO) + booked.spent
    return received, spent


def _outside(plan: Plan) -> Q:
    """Parts of bookings that fall outside the dates of their action: those of the version in force that day, else those the team works with.

    An action that the version in force does not list is outside it (`pcs.md` §8).
    """
    day = "booking__booked_on"
    in_force = list(
        PlanVersion.objects.in_force().filter(plan=plan).order_by("effective_from", "number").values_list("pk", "effective_from")
    )
    starts = {begins: pk for pk, begins in in_force if begins is not None}  # of two that begin the same day, the later number
    begun = sorted(starts)
    first = begun[0] if begun else dt.date.max
    outside = Q(**{f"{day}__lt": first}) & (Q(**{f"{day}__lt": F("action__starts_on")}) | Q(**{f"{day}__gt": F("action__ends_on")}))
    for begins, ends in pairwise([*begun, dt.date.max]):
        said = ActionVersion.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=OuterRef(day)),
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef(day)),
            version=starts[begins],
            action=OuterRef("action"),
        )
        outside |= Q(**{f"{day}__gte": begins, f"{day}__lt": ends}) & ~Q(Exists(said))
    return outside


def parts_outside(plan: Plan, year: int) -> QuerySet[BookingSplit]:
    """The parts of bookings that fall outside the dates of their action, for the page that lists them."""
    found = BookingSplit.objects.filter(_outside(plan), booking__in=counted(plan).filter(year=year))
    return found.select_related("booking", "action").order_by("booking__booked_on", "pk")


def _result(entry: Entry, verdict: Verdict, reference: PlanFramework) -> CheckResult:
    say = SENTENCES.get(verdict.rule)
    sentence = _why_not(entry, verdict) if verdict.reason else say(verdict, entry, reference) if say else ""
    page = PAGES.get(verdict.reason) or PAGES.get(verdict.rule, "")
    return CheckResult(
        entry.code, entry.label, verdict.passed, sentence, entry.source, entry.status, _asked(entry, verdict, reference), page
    )


PAGES: Mapping[str, str] = {
    Reason.NO_BASE: "plan:funding",
    Reason.UNKNOWN_BASE: "plan:funding",
    Reason.UNKNOWN_SHARE: "plan:funding",
    "share_at_least": "plan:funding",
}


def role_words(role: str, reference: PlanFramework) -> str:
    """A role in the words of the framework: the label of its legal basis, or of the first when several have it."""
    bases = reference.bases_of_role(role)
    words = {
        "subsidy": _("subvention"),
        "passed_on": _("subvention à rétrocéder"),
        "own_share": _("part propre"),
        "other": _("autres ressources"),
    }
    return bases[0].label if len(bases) == 1 else words.get(role, role)


def _asked(entry: Entry, verdict: Verdict, reference: PlanFramework) -> str:
    """What the rule asks, its rate read in the data."""
    if verdict.rule == "share_at_least" and verdict.rate is not None:
        return _("Au moins %(rate)s de « %(of)s » viennent de « %(share)s ».") % {
            "rate": percent(verdict.rate * 100),
            "of": role_words(str(entry.extra.get("of", "subsidy")), reference),
            "share": role_words(str(entry.extra.get("share", "own_share")), reference),
        }
    if verdict.rule == "passed_on_in_full":
        return _("Tout ce qui est reçu pour « %(role)s » est versé aux opérateurs.") % {
            "role": role_words(str(entry.extra.get("role", "passed_on")), reference)
        }
    words = {
        "within_effective_dates": _("Aucune écriture ne tombe hors des dates de son action."),
        "at_most_whole": _("Aucune écriture n’est répartie à plus de 100 %%.") % (),
    }
    return words.get(verdict.rule, "")


def _share(verdict: Verdict, entry: Entry, reference: PlanFramework) -> str:
    """« Part propre 24 000,00 € sur 100 000,00 € de subvention, il faut 25 000,00 € »."""
    share = role_words(str(entry.extra.get("share", "own_share")), reference)
    words = {
        "share": share[:1].upper() + share[1:],
        "found": euros(verdict.found),
        "base": euros(verdict.base),
        "of": role_words(str(entry.extra.get("of", "subsidy")), reference),
        "needed": euros(verdict.needed),
    }
    if verdict.passed:
        return _("%(share)s : %(found)s pour %(base)s (%(of)s), il fallait %(needed)s.") % words
    gap = Decimal(verdict.needed or 0) - Decimal(verdict.found or 0)
    return _("%(share)s : %(found)s pour %(base)s (%(of)s), il faut %(needed)s. Il manque %(gap)s.") % {**words, "gap": euros(gap)}


def _passed_on(verdict: Verdict, entry: Entry, reference: PlanFramework) -> str:
    words = {"received": euros(verdict.needed), "paid": euros(verdict.found)}
    left = Decimal(verdict.needed or 0) - Decimal(verdict.found or 0)
    if left > 0:
        return _("Reçu %(received)s, versé %(paid)s : il reste %(left)s à verser.") % {**words, "left": euros(left)}
    if left < 0:
        return _("Reçu %(received)s, versé %(paid)s : %(more)s de plus que reçu.") % {**words, "more": euros(-left)}
    return _("Reçu %(received)s, versé %(paid)s.") % words


def _dates(verdict: Verdict, entry: Entry, reference: PlanFramework) -> str:
    count = int(verdict.found or 0)
    if not count:
        return _("Toutes les écritures réparties tombent dans les dates de leur action.")
    return ngettext(
        "%(count)s part d’écriture tombe hors des dates de son action.",
        "%(count)s parts d’écritures tombent hors des dates de leur action.",
        count,
    ) % {"count": count}


def _whole(verdict: Verdict, entry: Entry, reference: PlanFramework) -> str:
    count = int(verdict.found or 0)
    if not count:
        return _("Chaque écriture est répartie à 100 %% au plus.") % ()
    return ngettext("%(count)s écriture est répartie à plus de 100 %%.", "%(count)s écritures sont réparties à plus de 100 %%.", count) % {
        "count": count
    }


SENTENCES = {"share_at_least": _share, "passed_on_in_full": _passed_on, "within_effective_dates": _dates, "at_most_whole": _whole}


def _why_not(entry: Entry, verdict: Verdict) -> str:
    """Why a check cannot be said, and what would let it be."""
    words = {
        Reason.UNKNOWN_RULE: _(
            "Le référentiel demande une règle que cette version de Tissage ne connaît pas (« %(rule)s ») : à vérifier à la main."
        ),
        Reason.UNREADABLE_RATE: _("Le référentiel ne donne pas de taux lisible pour cette règle."),
        Reason.NO_BASE: _("Aucune ligne de financement de ce genre cette année : inscrivez-la pour que le contrôle puisse se faire."),
        Reason.UNKNOWN_BASE: _("Le montant de la subvention est inconnu."),
        Reason.UNKNOWN_SHARE: _("Il faut %(needed)s ; une part de ce qui est apporté est inconnue (%(known)s connus)."),
        Reason.NO_RECEIPT: _("Aucune recette de ce genre n’est dans les comptes de l’année."),
        Reason.NO_BOOKING: _("Aucune écriture de cette année n’a été lue."),
        Reason.NO_SPLIT: _("Aucune écriture de cette année n’est répartie sur une action."),
    }
    known = euros(verdict.found if verdict.found is not None else ZERO)
    return words[verdict.reason] % {"rule": entry.extra.get("rule", ""), "needed": euros(verdict.needed), "known": known}
