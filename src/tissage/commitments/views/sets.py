"""Sets of asks that a territory received as a file, for the term: read and shown, then kept with their published answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.commitments.exchange.ask_file import ask_file_name, write_ask_file
from tissage.commitments.forms.asks import AgainForm, AskFileForm
from tissage.commitments.models import AskSet
from tissage.commitments.operations.received import AskFileRefused, preview_ask_set, receive_ask_set
from tissage.commitments.refusals import said
from tissage.people.operations import record

from .doors import READ, WRITE, person, territory_for

PAGE = 50


@require_safe
def received(request: HttpRequest, territory: str) -> HttpResponse:
    """The sets of this territory. Those of a space are never among them."""
    place = territory_for(request, territory, READ)
    sets = AskSet.objects.of_territory().filter(territory=place).select_related("election").annotate(asked=Count("asks"))
    page = Paginator(sets.order_by("-received_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"territory": place, "page": page, "writes": person(request).has_perm(WRITE, place)}
    return render(request, "commitments/sets/received.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, territory: str) -> HttpResponse:
    """A file read and shown; nothing is written before the second button. An altered one is refused, naming what."""
    place = territory_for(request, territory, WRITE)
    context: dict[str, object] = {"territory": place, "form": AskFileForm()}
    if request.method != "POST":
        return render(request, "commitments/sets/receive.html", context)
    again = AgainForm(request.POST) if "content" in request.POST else None
    form = AskFileForm() if again else AskFileForm(request.POST, request.FILES)
    context["form"] = form
    try:
        if again is not None and again.is_valid():
            content = again.cleaned_data["content"].encode()
            made = receive_ask_set(territory=place, content=content, by=person(request), now=timezone.now())
            messages.success(request, _("« %(title)s » est reçu, son texte figé tel quel.") % {"title": made.title})
            return redirect("commitments:received_sets", place.slug)
        if again is None and form.is_valid():
            content = form.cleaned_data["file"].read()
            arriving = preview_ask_set(territory=place, content=content)
            context |= {"arriving": arriving, "file": arriving.file, "again": AgainForm(initial={"content": content.decode("utf-8-sig")})}
            return render(request, "commitments/sets/receive.html", context)
    except AskFileRefused as error:
        context["refused"] = said(error)
    return render(request, "commitments/sets/receive.html", context, status=422)


@require_POST
def take(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    """The same file out again, to another installation. Taking it is journalled."""
    place = territory_for(request, territory, WRITE)
    found = get_object_or_404(AskSet.objects.of_territory().filter(territory=place, frozen_on__isnull=False), code=ask_set)
    record(verb="commitments.export_ask_set", by=person(request), territory=place, on=found, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{ask_file_name(found)}"'}
    return HttpResponse(write_ask_file(found), content_type="application/json", headers=headers)
