"""The sheet of a workshop: handed by the team on paper, read again by the group through the link it accepted."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.synthesis import documents, operations, queries
from tissage.synthesis.forms import SheetLinkForm
from tissage.synthesis.models import SheetLink
from tissage.synthesis.queries import Asked, Idea, WorkshopSheet
from tissage.voices.models import Workshop

from .answers import attachment
from .doors import signed_in

HANDS = "synthesis.hand_sheet"


def handed_workshop(request: HttpRequest, territory: str, pk: int) -> Workshop:
    """A workshop whose sheet this person may hand to its group."""
    workshops = Workshop.objects.visible_to(request.user).select_related("territory", "group")
    workshop = get_object_or_404(workshops, pk=pk, territory__slug=territory)
    if not request.user.has_perm(HANDS, workshop):
        raise Http404
    return workshop


def address_of(request: HttpRequest, link: SheetLink) -> str:
    """The whole address: the public one of the site in production, the one of this page elsewhere."""
    path = reverse("sheets:sheet", args=[link.token])
    return settings.TISSAGE_ORIGIN.rstrip("/") + path if settings.PRODUCTION else request.build_absolute_uri(path)


def sheet_file(sheet: WorkshopSheet, title: str) -> HttpResponse:
    """The sheet as PDF. Its name says the place and the day, never the group."""
    name = f"feuille-{slugify(sheet.territory) or 'territoire'}-{sheet.held_on:%Y-%m-%d}.pdf"
    answer = attachment(documents.render_workshop_sheet_pdf(sheet, title=title), documents.CONTENT_TYPES["pdf"], name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def workshop_sheet(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """One click, the group's words on paper, coded or not. They are the group's: journalled, not suppressed."""
    found = handed_workshop(request, territory, workshop)
    now = timezone.now()
    link = queries.sheet_link_of(found)
    sheet = queries.workshop_sheet(
        found, day=timezone.localtime(now).date(), link=link, address=address_of(request, link) if link is not None else ""
    )
    answer = sheet_file(sheet, title_of(sheet))
    operations.note_workshop_sheet(workshop=found, criteria=sheet.criteria, expressions=sheet.expressions, by=signed_in(request), now=now)
    return answer


# --- The link, for the team -----------------------------------------------------------------------------------


def sheet_link(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """The link that is there; or the act by which the group accepts one."""
    found = handed_workshop(request, territory, workshop)
    form = SheetLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.open_sheet_link(workshop=found, by=signed_in(request), now=timezone.now(), days=form.cleaned_data["days"])
        messages.success(request, gettext("Le lien est ouvert. Montrez le code QR au groupe, ou imprimez sa feuille."))
        return redirect("synthesis:sheet_link", territory, found.pk)
    link = queries.sheet_link_of(found)
    context = {
        "territory": found.territory,
        "workshop": found,
        "link": link,
        "is_open": link is not None and link.is_open_on(timezone.localdate()),
        "address": address_of(request, link) if link is not None else "",
        "form": form,
    }
    return render(request, "synthesis/sheet_link.html", context)


@require_POST
def revoke_sheet_link(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = handed_workshop(request, territory, workshop)
    link = queries.sheet_link_of(found)
    if link is not None:
        operations.revoke_sheet_link(link=link, by=signed_in(request), now=timezone.now())
        messages.success(request, gettext("Le lien est fermé : il ne montre plus aucune parole."))
    return redirect("synthesis:sheet_link", territory, found.pk)


# --- The link, for whoever holds it ---------------------------------------------------------------------------


def held_sheet(request: HttpRequest, token: str, day: dt.date) -> WorkshopSheet | None:
    """The sheet behind a link, as it stands today; None when the link was closed or is out of date. 404 when there never was one."""
    links = SheetLink.objects.select_related("workshop__territory", "workshop__group")
    link = get_object_or_404(links, token=token)
    if not link.is_open_on(day):
        return None
    return queries.workshop_sheet(link.workshop, day=day, link=link, address=address_of(request, link))


def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "synthesis/sheet_closed.html", status=410)


@login_not_required
@require_safe
def sheet(request: HttpRequest, sheet: str) -> HttpResponse:
    found = held_sheet(request, sheet, timezone.localdate())
    if found is None:
        return closed(request)
    pdf = reverse("sheets:sheet_pdf", args=[sheet])
    context = {"sheet": found, "title": title_of(found), "pdf_url": pdf, "dimensions": by_dimension(found)}
    answer = render(request, "synthesis/sheet.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@login_not_required
@require_safe
def sheet_pdf(request: HttpRequest, sheet: str) -> HttpResponse:
    found = held_sheet(request, sheet, timezone.localdate())
    return closed(request) if found is None else sheet_file(found, title_of(found))


def by_dimension(sheet: WorkshopSheet) -> list[tuple[str, str, list[tuple[str, str, list[tuple[Asked, Idea]]]]]]:
    """The coded criteria: (letter, its name, [(component, its name, [(question, criterion)])])."""
    language = (get_language() or "fr").split("-")[0]
    label = sheet.nomenclature.label_of
    return [
        (letter, label(letter, language), [(code, label(code, language), found) for code, found in codes])
        for letter, codes in groupby(sheet.coded().items(), key=lambda item: item[0][:1])
    ]


def title_of(sheet: WorkshopSheet) -> str:
    """The group's public name, or words of courtesy: never the name that the team gave it."""
    return sheet.name or gettext("Les paroles de votre groupe")
