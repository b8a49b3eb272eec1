"""What two people coded otherwise: a queue, each settled with a note; a settled one may be opened again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from tissage.core.nomenclature import Nomenclature
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.voices.forms.coding import FACET_WORDS
from tissage.voices.forms.double_coding import SettleForm
from tissage.voices.models import BlindCoding, Coding
from tissage.voices.operations.double_coding import NothingToSettle, reopen_disagreement, settle_disagreement
from tissage.voices.queries.double_coding import CODE, LEVELS, code_of, coded_twice, disagreements_of, live_blind

from .agreement import level_words
from .doors import person, territory_for
from .double_coding import RIGHT

PER_PAGE = 25
OPEN, SETTLED = "ouverts", "tranches"


def _side(coding: BlindCoding | Coding, who: str, nomenclature: Nomenclature) -> dict[str, str]:
    """One of the two codes, as a person reads it."""
    code = code_of(coding)
    facets = {name: str(label) for name, label in FACET_WORDS if name}
    return {
        "code": str(code),
        "words": nomenclature.explain(code, (get_language() or "fr").split("-")[0]),
        "facet": facets.get(coding.facet, coding.facet),
        "memo": coding.memo,
        "who": who,
    }


def _sides(blind: BlindCoding, nomenclature: Nomenclature) -> tuple[dict[str, str], dict[str, str]]:
    first = blind.first
    if first.coder is not None:
        who = first.coder.name
    else:
        who = gettext("import") if first.origin == Coding.Origin.IMPORTED else gettext("personne inconnue")
    return _side(first, who, nomenclature), _side(blind, blind.sample.coder.name, nomenclature)


def _seen_by(request: HttpRequest, place: Territory, level: str = CODE) -> QuerySet[BlindCoding]:
    """Disagreements as this person may read them: not those of a sample that he or she still codes blind, and may take back."""
    waiting = live_blind(place).filter(sample=OuterRef("sample"), coded_at__isnull=True)
    return disagreements_of(place, level).exclude(Exists(waiting), sample__coder=person(request))


def disagreements(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    nomenclature = territory_nomenclature(place)
    level = request.GET.get("niveau", "")
    level = level if level in LEVELS else CODE
    state = SETTLED if request.GET.get("etat") == SETTLED else OPEN
    found = _seen_by(request, place, level)
    total, settled = found.count(), found.filter(settled_at__isnull=False).count()
    page = Paginator(found.filter(settled_at__isnull=state == OPEN), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": place,
        "level": level,
        "levels": [(name, label, name == level) for name, label in level_words().items()],
        "state": state,
        "total": total,
        "settled": settled,
        "left": total - settled,
        "page": page,
        "rows": [
            (blind, *_sides(blind, nomenclature), str((blind.settled_coding and code_of(blind.settled_coding)) or "")) for blind in page
        ],
        "twice": coded_twice(place).exists() if not total else True,
    }
    return render(request, "voices/double/disagreements.html", context)


def _blind_for(request: HttpRequest, territory: str, pk: int) -> BlindCoding:
    place = territory_for(request, territory, RIGHT)
    found: BlindCoding = get_object_or_404(_seen_by(request, place), pk=pk)
    return found


def settle(request: HttpRequest, territory: str, blind: int) -> HttpResponse:
    """Both codes side by side, with their memos; which is kept, and why."""
    found = _blind_for(request, territory, blind)
    if found.settled_at is not None:
        return redirect("voices:disagreements", territory)
    nomenclature = territory_nomenclature(found.criterion.territory)
    first, second = _sides(found, nomenclature)
    form = SettleForm(request.POST or None, first=first["code"], second=second["code"])
    if request.method == "POST" and form.is_valid():
        try:
            settle_disagreement(
                blind=found,
                choice=form.cleaned_data["choice"],
                code=form.code_given,
                note=form.cleaned_data["note"],
                by=person(request),
                now=timezone.now(),
            )
        except NothingToSettle as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Le désaccord est tranché. L’accord, lui, reste celui des codes donnés à l’aveugle."))
        following = _seen_by(request, found.criterion.territory).filter(settled_at__isnull=True).first()
        if following is not None and "then_next" in request.POST:
            return redirect("voices:settle", territory, following.pk)
        return redirect("voices:disagreements", territory)
    context = {
        "territory": found.criterion.territory,
        "blind": found,
        "criterion": found.criterion,
        "sides": [(gettext("Premier code"), first), (gettext("Second code, à l’aveugle"), second)],
        "current": found.criterion.code if found.criterion.code != first["code"] else "",
        "form": form,
    }
    return render(request, "voices/double/settle.html", context)


@require_POST
def reopen(request: HttpRequest, territory: str, blind: int) -> HttpResponse:
    found = _blind_for(request, territory, blind)
    try:
        reopen_disagreement(blind=found, by=person(request), now=timezone.now())
    except NothingToSettle as refusal:
        messages.error(request, str(refusal))
        return redirect("voices:disagreements", territory)
    messages.success(request, gettext("Le désaccord attend à nouveau. Le critère garde le code qu’il a, jusqu’à une nouvelle décision."))
    return redirect("voices:settle", territory, found.pk)
