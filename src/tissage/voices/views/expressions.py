"""Loose expressions: from raw notes to criteria, and back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.people.models import Territory
from tissage.voices.forms.entry import GatherForm
from tissage.voices.forms.expressions import LooseForm
from tissage.voices.models import Criterion, Expression
from tissage.voices.operations import criteria as operations
from tissage.voices.queries.criteria import PER_PAGE, loose_expressions
from tissage.voices.words import expressions_in_words

from .doors import criterion_for, done_batch, person, territory_for

MOST_CHOSEN = 200
MOST_OFFERED = 100


def expressions(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.read_voices")
    form = LooseForm(request.GET, territory=place)
    form.is_valid()
    clean = form.cleaned_data
    found = loose_expressions(place, group=clean.get("group"), question=clean.get("question"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": place,
        "form": form,
        "page": page,
        "count": expressions_in_words(page.paginator.count),
        "asks": any(clean.values()),
        "writes": person(request).has_perm("voices.write_voices", place),
        "done": done_batch(request, territory),
    }
    return render(request, "voices/expressions.html", context)


def _chosen(request: HttpRequest, place: Territory) -> list[Expression]:
    ids = [int(pk) for pk in (request.POST or request.GET).getlist("id") if pk.isdigit()][:MOST_CHOSEN]
    visible = Expression.objects.visible_to(request.user).filter(territory=place, pk__in=ids, criterion__isnull=True)
    return list(visible.select_related("group", "question", "territory", "workshop").order_by("pk"))


def gather_expressions(request: HttpRequest, territory: str) -> HttpResponse:
    """The expressions chosen in the list become a criterion, or join one that is there."""
    place = territory_for(request, territory, "voices.write_voices")
    chosen = _chosen(request, place)
    if not chosen:
        messages.error(request, gettext("Cochez au moins une expression."))
        return redirect("voices:expressions", place.slug)
    one_place = len({(item.group_id, item.question_id) for item in chosen}) == 1
    nearby = Criterion.objects.live().filter(group=chosen[0].group_id, question=chosen[0].question_id).order_by("sort_key", "pk")
    form = GatherForm(request.POST if "text" in request.POST else None, initial={"text": chosen[0].text})
    if request.method == "POST":
        try:
            if request.POST.get("criterion", "").isdigit():
                target = criterion_for(request, territory, int(request.POST["criterion"]), "voices.write_voices")
                batch = operations.attach_expressions(criterion=target, expressions=chosen, by=person(request), now=timezone.now())
                return redirect(f"{reverse('voices:criterion', args=[territory, target.pk])}?fait={batch.uuid}")
            if form.is_valid():
                made = operations.make_criterion(expressions=chosen, text=form.cleaned_data["text"], by=person(request), now=timezone.now())
                return redirect(f"{reverse('voices:criterion', args=[territory, made.pk])}?fait={made.batch.uuid}")
        except operations.CriterionRefusal as refusal:
            messages.error(request, str(refusal))
            return redirect("voices:expressions", place.slug)
    context = {
        "territory": place,
        "chosen": chosen,
        "form": form,
        "one_place": one_place,
        "nearby": list(nearby[:MOST_OFFERED]) if one_place else [],
        "count": expressions_in_words(len(chosen)),
    }
    return render(request, "voices/gather.html", context)


@require_POST
def detach_expression(request: HttpRequest, territory: str, criterion: int, expression: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    url = reverse("voices:criterion", args=[territory, found.pk])
    try:
        batch = operations.detach_expressions(
            criterion=found, expressions=list(found.expressions.filter(pk=expression)), by=person(request), now=timezone.now()
        )
    except operations.CriterionRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(url)
    return redirect(f"{url}?fait={batch.uuid}")
