"""Rules that split what comes next: listed from the most specific, begun, changed, ended; what one split can be undone at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.frameworks.queries import explain
from tissage.plan.forms.bookings import RuleForm
from tissage.plan.models import BookingSplit, Plan, SplitRule
from tissage.plan.operations import split_rules as operations
from tissage.plan.operations.splits import SplitRefused
from tissage.plan.queries.bookings import rules_of, stand_of

from .bookings import READ, WRITE
from .doors import person, plan_for


def split_rules(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, READ)
    ended = rules_of(found, ended=True)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "money",
        "part": "bookings",
        "rules": rules_of(found),
        "ended": [one for one in ended if one.rule.ended_at != one.rule.made_at or one.bookings],
        "unsplit": stand_of(found, None).unsplit,
        "writes": person(request).has_perm(WRITE, found),
    }
    return render(request, "plan/bookings/rules.html", context)


def create_split_rule(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITE)
    return _rule_form(request, found, None)


def split_rule(request: HttpRequest, territory: str, plan: int, split_rule: int) -> HttpResponse:
    """Changes a rule: it ends, another begins that looks at the same things; what was split stays."""
    found = plan_for(request, territory, plan, WRITE)
    rule = get_object_or_404(SplitRule.objects.prefetch_related("shares__action"), pk=split_rule, plan=found, ended_at__isnull=True)
    return _rule_form(request, found, rule)


def _rule_form(request: HttpRequest, plan: Plan, rule: SplitRule | None) -> HttpResponse:
    actions = list(plan.actions.order_by("sequence"))
    given = {one.action: one.percent for one in sorted(rule.shares.all(), key=lambda one: one.action.sequence)} if rule else {}
    options: dict[str, Any] = {"plan": plan, "rule": rule, "actions": actions}
    form = RuleForm(request.POST or None, given=given, **options)
    if request.method == "POST" and "complete" in request.POST:
        form = RuleForm(form.completed(), **options)
    elif request.method == "POST" and "more" in request.POST:
        form = RuleForm({**{name: value for name, value in request.POST.items() if name != "more"}, "rows": str(form.count)}, **options)
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        try:
            _keep(request, plan, rule, form)
        except SplitRefused as refusal:
            form.add_error(None, explain(refusal.message))
        else:
            messages.success(request, gettext("La règle est notée : elle répartira ce qui vient. Ce qui est déjà réparti reste."))
            return redirect("plan:split_rules", plan.territory.slug, plan.pk)
    context = {"territory": plan.territory, "plan": plan, "tab": "money", "part": "bookings", "form": form, "rule": rule}
    return render(request, "plan/bookings/rule_form.html", context)


def _keep(request: HttpRequest, plan: Plan, rule: SplitRule | None, form: RuleForm) -> None:
    said = form.cleaned_data
    looks = (
        {"article": rule.article, "supplier": rule.supplier_search, "function": rule.function_code}
        if rule
        else {name: said.get(name, "") for name in ("article", "supplier", "function")}
    )
    operations.keep_rule(
        plan=plan,
        article=looks["article"],
        supplier=looks["supplier"],
        function=looks["function"],
        shares=getattr(form, "shares", {}),
        by_staff=form.by_staff,
        staff_function=form.staff_function,
        by=person(request),
        now=timezone.now(),
    )


@require_POST
def end_split_rule(request: HttpRequest, territory: str, plan: int, split_rule: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITE)
    rule = get_object_or_404(SplitRule, pk=split_rule, plan=found)
    operations.end_rule(rule=rule, by=person(request), now=timezone.now())
    messages.success(request, gettext("La règle est terminée : elle ne répartit plus rien. Ce qu’elle a réparti reste."))
    return redirect("plan:split_rules", territory, found.pk)


def undo_splits(request: HttpRequest, territory: str, plan: int, split_rule: int) -> HttpResponse:
    """Asks first, says to how many; then everything that this rule split waits again."""
    found = plan_for(request, territory, plan, WRITE)
    rule = get_object_or_404(SplitRule, pk=split_rule, plan=found)
    if request.method == "POST":
        count = operations.undo_rule(rule=rule, by=person(request), now=timezone.now())
        said = ngettext("%(count)s écriture attend à nouveau d’être répartie.", "%(count)s écritures attendent à nouveau d’être réparties.", count)  # fmt: skip
        messages.success(request, said % {"count": count})
        return redirect("plan:split_rules", territory, found.pk)
    count = BookingSplit.objects.filter(rule=rule).values("booking").distinct().count()
    context = {
        "title": gettext("Défaire ce que cette règle a réparti ?"),
        "consequence": gettext("Ces écritures attendent à nouveau d’être réparties. La règle, elle, reste telle qu’elle est."),
        "count_text": ngettext("%(count)s écriture", "%(count)s écritures", count) % {"count": count},
        "submit": gettext("Défaire"),
        "cancel_url": reverse("plan:split_rules", args=[territory, found.pk]),
    }
    return render(request, "ui/confirm.html", context)
