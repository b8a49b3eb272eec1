"""The bookings of a plan: the list, one booking split to actions, the way back, its funding line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.frameworks.queries import explain
from tissage.plan.forms.bookings import FilterForm, LineForm, SplitForm
from tissage.plan.models import Action, Booking, Plan, SplitRule
from tissage.plan.operations import bookings as operations
from tissage.plan.operations.split_rules import apply_rules, split_alike
from tissage.plan.operations.splits import SplitRefused
from tissage.plan.queries.bookings import (
    Asked,
    Stand,
    alike_unsplit,
    find_bookings,
    is_outside,
    next_unsplit,
    stand_of,
    there,
    with_parts,
)

from .doors import person, plan_for

PER_PAGE = 50
READ, WRITE = "plan.read_money", "plan.write_money"


def bookings(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Search, filter, sort; the address holds everything, so that a page can be kept or sent."""
    found = plan_for(request, territory, plan, READ)
    form = FilterForm(request.GET, plan=found)
    asked = form.asked
    page = Paginator(with_parts(find_bookings(found, asked)), PER_PAGE).get_page(request.GET.get("page"))
    stand = stand_of(found, asked.year)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "money",
        "part": "bookings",
        "form": form,
        "page": page,
        "rows": [(one, outside_of(one, found)) for one in page.object_list],
        "sort": asked.sort,
        "asks": asked != Asked(sort=asked.sort),
        "count": bookings_in_words(page.paginator.count),
        "hidden": hidden_in_words(asked, stand, page.paginator.count),
        "stand": stand,
        "waiting": [(Booking.Kind(kind).label, amount) for kind, amount in stand.waiting.items()],
        "has_any": page.paginator.count or stand.bookings or stand.vanished or there(found).exists(),
        "writes": person(request).has_perm(WRITE, found),
        "year": asked.year,
        "done": done_in(request, found),
    }
    return render(request, "plan/bookings/list.html", context)


def bookings_in_words(count: int) -> str:
    return ngettext("%(count)s écriture", "%(count)s écritures", count) % {"count": count}


def hidden_in_words(asked: Asked, stand: Stand, shown: int) -> str:
    """What the filters leave out, of the year asked."""
    parts = []
    left = stand.bookings - shown
    if asked.state != "vanished" and left > 0:
        parts.append(
            ngettext("%(count)s autre masquée par les filtres", "%(count)s autres masquées par les filtres", left) % {"count": left}
        )
    if asked.state == "vanished":
        counting = stand.bookings
        parts.append(ngettext("%(count)s qui compte est masquée", "%(count)s qui comptent sont masquées", counting) % {"count": counting})
    elif stand.vanished:
        gone = stand.vanished
        parts.append(ngettext("%(count)s disparue est masquée", "%(count)s disparues sont masquées", gone) % {"count": gone})
    return " · ".join(parts)


def outside_of(booking: Booking, plan: Plan) -> list[Action]:
    """Actions whose dates do not hold this booking; its parts were read with it."""
    return [part.action for part in booking.splits.all() if is_outside(part.action, booking, plan)]


def done_in(request: HttpRequest, plan: Plan) -> dict[str, Any] | None:
    """What was just done, named in the address, so that it can be undone where one is."""
    said, rule = request.GET.get("fait", ""), request.GET.get("regle", "")
    if rule.isascii() and rule.isdigit():
        found = SplitRule.objects.filter(plan=plan, pk=int(rule)).first()
        return {"url": reverse("plan:undo_splits", args=[plan.territory.slug, plan.pk, found.pk])} if found else None
    if said.isascii() and said.isdigit():
        booking = Booking.objects.filter(plan=plan, pk=int(said), is_split=True).first()
        return {"url": reverse("plan:unsplit_booking", args=[plan.territory.slug, plan.pk, booking.pk])} if booking else None
    return None


# --- One booking --------------------------------------------------------------------------------------------------


def booking_for(request: HttpRequest, territory: str, plan: int, pk: int, permission: str) -> tuple[Plan, Booking]:
    found = plan_for(request, territory, plan, permission)
    one = get_object_or_404(with_parts(there(found)).select_related("line", "first_seen", "last_seen"), pk=pk)
    one.plan = found
    return found, one


def booking(request: HttpRequest, territory: str, plan: int, booking: int) -> HttpResponse:
    """One booking, and the form that splits it."""
    posted = request.method == "POST"
    found, one = booking_for(request, territory, plan, booking, WRITE if posted else READ)
    writes = person(request).has_perm(WRITE, found)
    alike = alike_unsplit(one).exclude(pk=one.pk).count() if one.article or one.supplier_search else 0
    actions = list(found.actions.order_by("sequence"))
    given = {part.action: part.percent for part in one.splits.all()}
    form = SplitForm(request.POST if posted else None, actions=actions, given=given, booking=one, alike=alike)
    if posted and "complete" in request.POST:
        form = SplitForm(form.completed(), actions=actions, booking=one, alike=alike)
    elif posted and "more" not in request.POST and form.is_valid():
        try:
            answer = _split(request, found, one, form)
        except SplitRefused as refusal:
            form.add_error(None, explain(refusal.message))
        else:
            return answer
    elif posted and "more" in request.POST:
        form = SplitForm(_widened(request.POST, form.count), actions=actions, booking=one, alike=alike)
        form.errors.clear()
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "money",
        "part": "bookings",
        "booking": one,
        "parts": [(part, is_outside(part.action, one, found)) for part in one.splits.all()],
        "form": form,
        "line_form": LineForm(booking=one),
        "writes": writes,
        "may_split": writes and one.vanished_at is None and actions,
        "has_actions": bool(actions),
        "next": next_unsplit(one),
        "done": done_in(request, found),
    }
    return render(request, "plan/bookings/booking.html", context)


def _widened(data: Any, rows: int) -> dict[str, Any]:
    return {**{name: value for name, value in data.items() if name != "more"}, "rows": str(rows)}


def _split(request: HttpRequest, plan: Plan, one: Booking, form: SplitForm) -> HttpResponse:
    did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
    asked = ""
    if form.with_alike:
        rule, applied = split_alike(booking=one, shares=form.shares, remember=bool(form.remember_by), **did)
        said = ngettext("%(count)s écriture est répartie.", "%(count)s écritures sont réparties.", applied.split)
        messages.success(request, said % {"count": applied.split})
        asked = f"?regle={rule.pk}"
    else:
        operations.split_booking(booking=one, shares=form.shares, remember=bool(form.remember_by), remember_by=form.remember_by, **did)
        messages.success(request, gettext("L’écriture %(booking)s est répartie.") % {"booking": one})
        asked = f"?fait={one.pk}"
    for action in form.shares:
        if is_outside(action, one, plan):
            messages.warning(
                request, gettext("L’écriture est du %(day)s, hors des dates de l’action %(action)s.") % {"day": f"{one.booked_on:%d/%m/%Y}", "action": action}
            )  # fmt: skip
    following = next_unsplit(one) if "next" in request.POST else None
    if "next" in request.POST and following is None:
        messages.success(request, gettext("Toutes les écritures de cet exercice sont réparties."))
    target = following or one
    return redirect(reverse("plan:booking", args=[plan.territory.slug, plan.pk, target.pk]) + asked)


@require_POST
def unsplit_booking(request: HttpRequest, territory: str, plan: int, booking: int) -> HttpResponse:
    found, one = booking_for(request, territory, plan, booking, WRITE)
    operations.unsplit_booking(booking=one, by=person(request), now=timezone.now())
    messages.success(request, gettext("L’écriture %(booking)s attend à nouveau d’être répartie.") % {"booking": one})
    return redirect("plan:booking", territory, found.pk, one.pk)


@require_POST
def link_booking(request: HttpRequest, territory: str, plan: int, booking: int) -> HttpResponse:
    found, one = booking_for(request, territory, plan, booking, WRITE)
    form = LineForm(request.POST, booking=one)
    if form.is_valid():
        operations.link_booking(booking=one, line=form.cleaned_data["line"], by=person(request), now=timezone.now())
        messages.success(request, gettext("La ligne de financement est notée."))
    else:
        messages.error(request, gettext("Cette ligne de financement n’est pas de cet exercice."))
    return redirect("plan:booking", territory, found.pk, one.pk)


# --- Many at once -------------------------------------------------------------------------------------------------


def _year_said(request: HttpRequest, plan: Plan) -> int | None:
    said = request.POST.get("year", "")
    return int(said) if said.isascii() and said.isdigit() and int(said) in plan.years else None


@require_POST
def apply_split_rules(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Applies the open rules to what is not split yet."""
    found = plan_for(request, territory, plan, WRITE)
    applied = apply_rules(plan=found, year=_year_said(request, found), by=person(request), now=timezone.now())
    if applied.split:
        said = ngettext("Les règles ont réparti %(count)s écriture.", "Les règles ont réparti %(count)s écritures.", applied.split)
        messages.success(request, said % {"count": applied.split})
    elif not applied.refused:
        messages.info(request, gettext("Aucune règle ne convient aux écritures qui restent à répartir."))
    for refusal in applied.refusals.values():
        messages.warning(request, explain(refusal.message))
    return redirect("plan:split_rules", territory, found.pk)


@require_POST
def link_bookings(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Links what can be linked without a doubt, in every year of the plan or in one."""
    found = plan_for(request, territory, plan, WRITE)
    year = _year_said(request, found)
    linked = sum(
        operations.link_bookings(plan=found, year=one, by=person(request), now=timezone.now()) for one in ([year] if year else found.years)
    )
    said = ngettext("%(count)s écriture est reliée à sa ligne de financement.", "%(count)s écritures sont reliées à leur ligne de financement.", linked)  # fmt: skip
    messages.success(request, said % {"count": linked}) if linked else messages.info(
        request, gettext("Aucune écriture de plus ne peut être reliée sans doute : choisissez la ligne sur chacune.")
    )
    return redirect("plan:bookings", territory, found.pk)
