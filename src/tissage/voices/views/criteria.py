"""The criteria base, and one criterion with all that may be done to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from tissage.core.codes import parse_code
from tissage.core.nomenclature import COMPONENT
from tissage.frameworks.queries import territory_nomenclature
from tissage.voices.forms.coding import FACET_WORDS
from tissage.voices.forms.criteria import CriterionForm, MergeForm, PropositionForm, SearchForm, SplitForm, WithdrawForm
from tissage.voices.models import Criterion, Proposition, WorkshopQuestion
from tissage.voices.operations import criteria as operations
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.criteria import PER_PAGE, OrderedCriteria, find_criteria
from tissage.voices.queries.history import history_of
from tissage.voices.words import criteria_in_words, expressions_in_words

from .doors import criterion_for, done_batch, person, territory_for, way_back

MOST_MERGED = 50


def criteria(request: HttpRequest, territory: str) -> HttpResponse:
    """Search, filter, sort; the address holds everything, so that a page can be kept or sent."""
    place = territory_for(request, territory, "voices.read_voices")
    nomenclature = territory_nomenclature(place)
    form = SearchForm(request.GET, territory=place, nomenclature=nomenclature)
    search = form.search
    ordered = OrderedCriteria(find_criteria(place, search), search.sort)
    page = Paginator[Criterion](ordered, PER_PAGE).get_page(request.GET.get("page"))
    language = (get_language() or "fr").split("-")[0]
    context = {
        "territory": place,
        "form": form,
        "page": page,
        "sort": search.sort,
        "asks": form.asks,
        "count": criteria_in_words(page.paginator.count),
        "rows": [(item, nomenclature.label_of(item.component, language) if item.component else "") for item in page.object_list],
        "writes": person(request).has_perm("voices.write_voices", place),
        "done": done_batch(request, territory),
        "has_any": page.paginator.count or Criterion.objects.live().filter(territory=place).exists(),
    }
    return render(request, "voices/criteria.html", context)


def criterion(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.read_voices", live=False)
    nomenclature = territory_nomenclature(found.territory)
    language = (get_language() or "fr").split("-")[0]
    code = parse_code(found.code) if found.code else None
    term = nomenclature.get(COMPONENT, code.object) if code else None
    current = found.codings.filter(superseded_at__isnull=True).select_related("version__framework", "coder").first()
    context = {
        "territory": found.territory,
        "criterion": found,
        "wording": WorkshopQuestion.objects.filter(workshop=found.workshop_id, question=found.question_id)
        .order_by("position", "pk")
        .first()
        if found.workshop_id
        else None,
        "count": expressions_in_words(found.expression_count),
        "expressions": list(found.expressions.order_by("pk")),
        "merged": list(found.merged.filter(withdrawn_at__isnull=True).order_by("pk")),
        "code_words": nomenclature.explain(code, language) if code else "",
        "label_status": term.status if term else "",
        "is_unknown": bool(code and nomenclature.unknown_parts(code)),
        "coding": current,
        "facet": dict(FACET_WORDS).get(current.facet, current.facet) if current and current.facet else "",
        "history": history_of(found, nomenclature, dict(FACET_WORDS)),
        "writes": person(request).has_perm("voices.write_voices", found) and found.merged_into_id is None,
        "withdraws": person(request).has_perm("voices.withdraw_criterion", found) and found.merged_into_id is None,
        "done": done_batch(request, territory),
    }
    return render(request, "voices/criterion.html", context)


def _after(found: Criterion, batch: object) -> HttpResponse:
    """Back to the criterion, with what was just done named in the address so that it can be undone there."""
    url = reverse("voices:criterion", args=[found.territory.slug, found.pk])
    uuid = getattr(batch, "uuid", None)
    return redirect(f"{url}?fait={uuid}" if uuid else url)


def edit_criterion(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    form = CriterionForm(request.POST or None, criterion=found)
    if request.method == "POST" and form.is_valid():
        try:
            batch = operations.edit_criterion(criterion=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except (operations.CriterionRefusal, WorkshopClosed) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(found, batch)
    return render(request, "voices/criterion_form.html", {"territory": found.territory, "criterion": found, "form": form})


def split_criterion(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    form = SplitForm(request.POST or None, criterion=found, expressions=list(found.expressions.order_by("pk")))
    if request.method == "POST" and form.is_valid():
        try:
            batch = operations.split_criterion(criterion=found, parts=form.parts, by=person(request), now=timezone.now())
        except operations.CriterionRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(found, batch)
    return render(request, "voices/criterion_split.html", {"territory": found.territory, "criterion": found, "form": form})


def merge_criteria(request: HttpRequest, territory: str) -> HttpResponse:
    """The criteria chosen in the list (`?id=…&id=…`), side by side: which wording stays, and what the count becomes."""
    place = territory_for(request, territory, "voices.write_voices")
    ids = [int(pk) for pk in (request.POST or request.GET).getlist("id") if pk.isdigit()][:MOST_MERGED]
    visible = Criterion.objects.visible_to(request.user).filter(territory=place, pk__in=ids)
    chosen = list(visible.select_related("group", "question", "territory").order_by("pk"))
    if len(chosen) < 2:
        messages.error(request, gettext("Cochez au moins deux critères à fusionner."))
        return redirect("voices:criteria", place.slug)
    form = MergeForm(request.POST or None, criteria=chosen)
    if request.method == "POST" and form.is_valid():
        target = next(item for item in chosen if item.pk == form.cleaned_data["target"])
        others = [item for item in chosen if item.pk != target.pk]
        try:
            batch = operations.merge_criteria(target=target, others=others, by=person(request), now=timezone.now())
        except operations.CriterionRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(target, batch)
    context = {
        "territory": place,
        "form": form,
        "chosen": chosen,
        "can_merge": len({(item.group_id, item.question_id) for item in chosen}) == 1,
        "codes_differ": len({item.code for item in chosen if item.code}) > 1,
        "count": expressions_in_words(sum(item.expression_count for item in chosen)),
    }
    return render(request, "voices/criteria_merge.html", context)


def withdraw_criterion(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.withdraw_criterion")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.withdraw_criterion(criterion=found, reason=form.cleaned_data["reason"], by=person(request), now=timezone.now())
        messages.success(request, gettext("Le critère est retiré. Il quitte toutes les versions à venir."))
        return redirect(way_back(request, reverse("voices:criteria", args=[territory])))
    context = {
        "title": gettext("Retirer ce critère à la demande du groupe"),
        "consequence": gettext(
            "Ce critère, ce qui y a été fusionné et ses expressions quittent la base des critères, les exports et les synthèses à venir. "
            "Une version déjà publiée qui le contient laisse place à une notice et à la version suivante. Le journal garde la date et votre nom, "
            "jamais les mots."
        ),
        "count_text": expressions_in_words(found.expression_count),
        "items": [f"« {found.text} »"],
        "submit": gettext("Retirer le critère"),
        "cancel_url": way_back(request, reverse("voices:criterion", args=[territory, found.pk])),
        "form": form,
        "danger": True,
        "territory": found.territory,
    }
    return render(request, "ui/confirm.html", context)


def correct_proposition(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    """The corrected wording of the survey item that this criterion feeds; the original stays beside it."""
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    proposition = get_object_or_404(Proposition, pk=found.proposition_id)
    form = PropositionForm(request.POST or None, initial={"corrected_text": proposition.corrected_text or proposition.text})
    if request.method == "POST" and form.is_valid():
        corrected = form.cleaned_data["corrected_text"]
        operations.correct_proposition(
            proposition=proposition,
            corrected_text="" if corrected == proposition.text else corrected,
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, gettext("La formulation d’enquête est à jour. L’original est gardé."))
        return redirect("voices:criterion", territory, found.pk)
    context = {"territory": found.territory, "criterion": found, "proposition": proposition, "form": form}
    return render(request, "voices/proposition_form.html", context)
