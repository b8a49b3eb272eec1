"""The coding desk: one criterion at a time, a few strokes, the next one in the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.core.codes import Code
from tissage.core.nomenclature import COMPONENT, Nomenclature
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import chosen_version, nomenclature_of
from tissage.people.models import Territory
from tissage.voices.forms.desk import DeskForm, QueueForm
from tissage.voices.models import Coding, Criterion
from tissage.voices.operations import codings as operations
from tissage.voices.queries import desk as queries

from .doors import person, territory_for
from .sitting import Sitting, keep_sitting, sitting_of

RIGHT = "voices.write_voices"


@dataclass(slots=True)
class Desk:
    """What every answer of the desk starts from."""

    request: HttpRequest
    territory: Territory
    version: FrameworkVersion | None
    nomenclature: Nomenclature
    form: QueueForm
    queue: queries.Queue
    sitting: Sitting
    back: str

    @property
    def asked(self) -> dict[str, str]:
        """The filters as the address holds them, and where to go back to."""
        asked = {name: str(value) for name, value in self.form.data.items() if name in self.form.fields and value}
        return {**asked, **({"back": self.back} if self.back else {})}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    def url(self, criterion: Criterion | None = None) -> str:
        parts = [self.query, f"criterion={criterion.pk}" if criterion else ""]
        asked = "&".join(part for part in parts if part)
        return reverse("voices:desk", args=[self.territory.slug]) + (f"?{asked}" if asked else "")

    def following(self, after: int = 0) -> Criterion | None:
        return queries.next_criterion(
            self.territory,
            self.queue,
            person=person(self.request).pk,
            after=after,
            skipped=self.sitting.skipped,
            handled=self.sitting.handled,
        )


def _desk(request: HttpRequest, territory: str) -> Desk:
    place = territory_for(request, territory, RIGHT)
    form = QueueForm(request.GET, territory=place)
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    version = chosen_version(place)
    nomenclature = nomenclature_of(version) if version else Nomenclature.of("", [])
    return Desk(request, place, version, nomenclature, form, form.queue, sitting_of(request, place), back)


def desk(request: HttpRequest, territory: str) -> HttpResponse:
    """The page: the criterion that the address names, else the next one that waits."""
    at = _desk(request, territory)
    if request.headers.get("HX-Target") == "desk-found":
        return render(request, "voices/desk/found.html", _found(at))
    wanted = request.GET.get("criterion", "")
    criterion = _criterion(at, int(wanted)) if wanted.isdigit() else at.following()
    if criterion is not None and wanted:
        queries.hold(criterion.pk, person(request).pk)
    return render(request, "voices/desk/desk.html", {**_context(at, criterion), **_page(at)})


def _page(at: Desk) -> dict[str, Any]:
    """What the page holds around its working part: the filters, and the determination key."""
    return {
        "queue_form": at.form,
        "asks": bool(set(at.asked) - {"back"}),
        "key_url": reverse("frameworks:version", args=[at.version.pk]) if at.version else "",
        "key": [
            (
                term,
                term.label(_language()),
                [(one, one.label(_language()), one.key(_language())) for one in at.nomenclature.components_of(term.code)],
            )
            for term in at.nomenclature.dimensions
        ],
        "person_key": str(person(at.request).pk),
    }


def _criterion(at: Desk, pk: int) -> Criterion:
    """A criterion to code, of this territory; 404 when it is not there any more."""
    return get_object_or_404(queries.with_place(Criterion.objects.live().filter(territory=at.territory)), pk=pk)


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def _found(at: Desk) -> dict[str, Any]:
    """The components that words or a dimension bring, to choose among."""
    words, dimension = at.request.GET.get("mots", "").strip(), at.request.GET.get("dimension", "")
    found = queries.found_by_words(at.territory, at.nomenclature, words) if words else queries.of_dimension(at.nomenclature, dimension)
    count = ngettext("%(count)s composante", "%(count)s composantes", len(found)) % {"count": len(found)}
    return {"found": found, "words": words, "dimension": "" if words else dimension, "found_words": count, "chosen": ""}


def _context(at: Desk, criterion: Criterion | None, *, said: str = "", **given: Any) -> dict[str, Any]:
    """What the working part of the desk shows: a criterion, what is offered for it, what was just done, how much is left."""
    progress = queries.progress_of(at.territory, at.queue, handled=at.sitting.handled)
    context: dict[str, Any] = {
        "territory": at.territory,
        "criterion": criterion,
        "query": at.query,
        "queue_items": list(at.asked.items()),
        "progress": progress,
        "progress_words": _progress_words(progress, at.queue.state),
        "said": said,
        "can_undo": bool(at.sitting.done),
        "skipped": len(at.sitting.skipped),
        "state": at.queue.state,
        "back": at.back,
        "conflict": None,
        "any": progress.total > 0,
        **_found(at),
    }
    if criterion is None:
        return {**context, **given}
    current = queries.current_coding(criterion)
    offers = queries.offers_for(criterion, at.nomenclature)
    shown = " ".join(offer.code for offer in offers.offers)
    code = Code(criterion.component, criterion.sub_component, criterion.sense, criterion.beneficiary) if criterion.component else None
    form = DeskForm(
        nomenclature=at.nomenclature,
        criterion=criterion,
        current=current,
        initial={
            "seen": current.pk if current else None,
            "shown": shown,
            "facet": current.facet if current else "",
            "beneficiary": criterion.beneficiary,
        },
    )
    wording, language = queries.wording_of(criterion)
    context |= {
        "form": form,
        "letters": [(term, term.label(_language()), term.key(_language())) for term in form.letters],
        "chosen_letter": criterion.letter,
        "offers": offers,
        "current": current,
        "current_offer": queries.offer(
            at.nomenclature, criterion.component, reasons=(gettext("la composante actuelle, pour ne changer que le sens"),)
        )
        if code
        else None,
        "current_words": at.nomenclature.explain(code, _language()) if code else "",
        "keeps": bool(current and current.status != Coding.Status.VALIDATED),
        "wording": wording,
        "wording_language": language,
        "dimensions": [(term, term.label(_language())) for term in at.nomenclature.dimensions],
    }
    return {**context, **given}


def _progress_words(progress: queries.Progress, state: str) -> str:
    if state == queries.UNCODED:
        words = ngettext(
            "Il reste %(left)s critère à coder sur %(total)s", "Il reste %(left)s critères à coder sur %(total)s", progress.left
        )
    elif state == queries.IMPORTED:
        words = ngettext(
            "Il reste %(left)s critère à relire sur %(total)s", "Il reste %(left)s critères à relire sur %(total)s", progress.left
        )
    else:
        words = ngettext(
            "Il reste %(left)s critère à valider sur %(total)s", "Il reste %(left)s critères à valider sur %(total)s", progress.left
        )
    return words % {"left": progress.left, "total": progress.total}


def _answer(at: Desk, criterion: Criterion | None, said: str, *, kind: str = "success", **given: Any) -> HttpResponse:
    """The working part with this criterion; without htmx, the page that shows it, and what was done as a message."""
    keep_sitting(at.request, at.territory, at.sitting)
    if at.request.headers.get("HX-Request"):
        response = render(at.request, "voices/desk/work.html", _context(at, criterion, said=said, **given))
        response.headers["HX-Replace-Url"] = at.url(criterion)
        return response
    getattr(messages, kind)(at.request, said)
    return redirect(at.url(criterion))


def _done(at: Desk, coding: Coding, criterion: Criterion, said: str) -> HttpResponse:
    """After a code was given or kept: the next criterion, or back to the page that sent here."""
    at.sitting.note(coding.pk, criterion.pk)
    if not at.back:
        return _answer(at, at.following(after=criterion.pk), said)
    keep_sitting(at.request, at.territory, at.sitting)
    messages.success(at.request, said)
    if at.request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": at.back})
    return redirect(at.back)


@require_POST
def desk_save(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    at = _desk(request, territory)
    found = Criterion.objects.live().filter(territory=at.territory, pk=criterion)
    one = queries.with_place(found).first()
    if one is None:
        return _gone(at, criterion)
    form = DeskForm(request.POST, nomenclature=at.nomenclature, criterion=one, current=None)
    if not form.is_valid():
        return _again(at, one, form)
    try:
        coding = operations.set_code(
            criterion=one,
            code=form.code,
            by=person(request),
            now=timezone.now(),
            facet=form.cleaned_data["facet"],
            origin=form.origin,
            memo=form.cleaned_data["memo"],
            seen=operations.Seen(form.cleaned_data["seen"]),
            version=at.version,
        )
    except operations.CodedMeanwhile as refusal:
        one.refresh_from_db()
        return _again(at, one, form, conflict=refusal.coding, met=True)
    except operations.CriterionGone:
        return _gone(at, criterion)
    assert coding is not None
    return _done(
        at,
        coding,
        one,
        gettext("Codé %(code)s · %(words)s.") % {"code": one.code, "words": at.nomenclature.explain(form.code, _language())},
    )


def _gone(at: Desk, criterion: int) -> HttpResponse:
    return _answer(at, at.following(after=criterion), str(operations.CriterionGone()), kind="warning")


def _again(at: Desk, criterion: Criterion, form: DeskForm, *, conflict: Coding | None = None, met: bool = False) -> HttpResponse:
    """The same criterion with everything that was chosen, and why it is not saved."""
    current = queries.current_coding(criterion)
    chosen = form.data.get("component", "")
    form.data = {**{name: str(value) for name, value in form.data.items()}, "seen": str(current.pk) if current else ""}
    conflict_words = ""
    if met:
        conflict_words = gettext("Le code a été retiré entre-temps.")
        if conflict is not None:
            conflict_words = gettext("%(who)s a donné le code %(code)s à %(time)s.") % {
                "who": conflict.coder.name if conflict.coder else gettext("Quelqu’un"),
                "code": criterion.code,
                "time": date_format(timezone.localtime(conflict.coded_at), "H:i"),
            }
    known = at.nomenclature.get(COMPONENT, chosen)
    context = _context(
        at,
        criterion,
        form=form,
        chosen=chosen,
        chosen_letter=form.data.get("letter", ""),
        conflict={"words": conflict_words, "code": criterion.code} if met else None,
    )
    offered = {offer.code for offer in context["offers"].offers} | {one.code for one in context["found"]} | {criterion.component}
    if known is not None and chosen not in offered:
        context["found"] = [queries.offer(at.nomenclature, chosen), *context["found"]]
    if at.request.headers.get("HX-Request"):
        return render(at.request, "voices/desk/work.html", context)
    return render(at.request, "voices/desk/desk.html", {**context, **_page(at)})


@require_POST
def desk_keep(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    """The code is right as it is: validated by the person at the desk."""
    at = _desk(request, territory)
    one = queries.with_place(Criterion.objects.live().filter(territory=at.territory, pk=criterion)).first()
    if one is None:
        return _gone(at, criterion)
    seen = request.POST.get("seen", "")
    try:
        coding = operations.validate_coding(
            criterion=one, by=person(request), now=timezone.now(), seen=operations.Seen(int(seen) if seen.isdigit() else None)
        )
    except (operations.CodedMeanwhile, operations.CriterionGone, operations.NothingToValidate) as refusal:
        return _answer(at, one, str(refusal), kind="warning")
    return _done(at, coding, one, gettext("Code %(code)s validé.") % {"code": one.code})


@require_POST
def desk_skip(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    """Later: the criterion comes back once the others are done."""
    at = _desk(request, territory)
    at.sitting.skip(criterion)
    return _answer(at, at.following(after=criterion), gettext("Passé : ce critère reviendra à la fin."), kind="info")


@require_POST
def desk_undo(request: HttpRequest, territory: str) -> HttpResponse:
    """The last act of this sitting, taken back; the criterion is on the desk again."""
    at = _desk(request, territory)
    if not at.sitting.done:
        return _answer(at, at.following(), gettext("Rien à annuler."), kind="info")
    pk, criterion = at.sitting.done.pop()
    coding = Coding.objects.filter(pk=pk, criterion__territory=at.territory).select_related("criterion__territory").first()
    try:
        if coding is None:
            raise operations.CannotUndoCoding(gettext("Ce codage n’est plus à annuler : le critère en a reçu un autre depuis."))
        operations.undo_coding(coding=coding, by=person(request), now=timezone.now())
    except (operations.CannotUndoCoding, operations.CriterionGone) as refusal:
        return _answer(at, at.following(), str(refusal), kind="warning")
    one = queries.with_place(Criterion.objects.live().filter(territory=at.territory, pk=criterion)).first()
    return _answer(at, one or at.following(), gettext("Annulé : le critère est comme avant."), kind="info")
