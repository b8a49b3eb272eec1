"""The sheet of figures of a year, behind three doors: a partner's link, a partner's account, the team. What each door shares is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext

from tissage.network.models import Document, Organization
from tissage.network.operations.documents import DocumentRefused, read_document
from tissage.people.models import User
from tissage.plan.forms.filling import read_sheet
from tissage.plan.models import Observation, PartnerLink, Plan
from tissage.plan.operations.figures import FiguresRefused, submit_figures
from tissage.plan.operations.filling import attach_proof, remove_proof, write_sheet
from tissage.plan.queries.filling import AccountField, Section, Sheet

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Desk:
    """Who fills in what, through which door. `names`: the address names of this door; `arguments`: what they take."""

    sheet: Sheet
    by: User | None
    link: PartnerLink | None
    template: str
    names: dict[str, str]
    arguments: tuple[Any, ...]
    context: dict[str, Any]

    @property
    def plan(self) -> Plan:
        return self.sheet.plan

    @property
    def organization(self) -> Organization | None:
        return self.sheet.organization

    def address(self, name: str) -> str:
        return reverse(self.names[name], args=self.arguments)


def show(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    """The whole sheet; what was refused keeps what was typed, and is named on top."""
    errors = [one for one in desk.sheet.items if one.error]
    asked = request.GET.get("action", "")
    shown = [section for section in desk.sheet.sections if _is_shown(section, desk, asked)]
    others = [section.action for section in desk.sheet.sections if section not in shown]
    return _page(request, desk, "sheet.html", status=status, errors=errors, sections=shown, others=others)


def _is_shown(section: Section, desk: Desk, asked: str) -> bool:
    """Every action of a partner; of the team's, which may be two hundred, those it counts or told something of, and the one asked for."""
    told = section.account is not None and (section.account.state or section.account.error)
    return bool(desk.organization or section.fields or section.by_month or told or str(section.action.pk) == asked)


def save(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keeps what was sent: one item as it is typed (htmx answers with its state), or the whole sheet by a plain button."""
    only = request.POST.get("element", "") if request.headers.get("HX-Request") else ""
    figures, accounts = read_sheet(desk.sheet, request.POST, only=only)
    now = timezone.now()
    try:
        write_sheet(sheet=desk.sheet, figures=figures, accounts=accounts, by=desk.by, link=desk.link, now=now)
        _files(request, desk, only)
    except FiguresRefused as refusal:
        messages.error(request, str(refusal))
        return _item(request, desk, only, str(refusal)) if only else show(request, desk, status=409)  # what was typed stays
    if only:
        return _item(request, desk, only)
    if any(one.error for one in desk.sheet.items) or any(one.refused_file for one in desk.sheet.fields):
        return show(request, desk, status=422)
    if request.POST.get("puis") == "remettre":
        return redirect(desk.address("submit"))
    messages.success(request, gettext("C’est enregistré. Vous pouvez revenir plus tard : rien n’est encore remis."))
    return redirect(desk.address("sheet"))


def submit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is missing, then the act."""
    if request.method == "POST":
        try:
            handed = submit_figures(
                plan=desk.plan, year=desk.sheet.year, organization=desk.organization, by=desk.by, link=desk.link, now=timezone.now()
            )
        except FiguresRefused as refusal:
            messages.error(request, str(refusal))
        else:
            told = ngettext("%(count)s chiffre", "%(count)s chiffres", handed.figures) % {"count": handed.figures}
            messages.success(
                request, gettext("C’est remis : %(told)s. Merci. L’équipe relit, et vous écrit s’il faut revoir.") % {"told": told}
            )
        return redirect(desk.address("sheet"))
    if not desk.sheet.is_open:
        return redirect(desk.address("sheet"))
    return _page(request, desk, "submit.html")


def proof(request: HttpRequest, desk: Desk, uuid: UUID) -> HttpResponse:
    """A file joined to one of this organisation's figures in this plan, and no other: checked at each reading."""
    document = get_object_or_404(Document, uuid=uuid, territory=desk.plan.territory)
    figures = Observation.objects.filter(indicator__action__plan=desk.plan, indicator__organization=desk.organization, documents=document)
    if not figures.exists():
        raise Http404
    return given(document)


def given(document: Document) -> HttpResponse:
    """A document to download, never to run, kept by no cache."""
    try:
        content = read_document(document)
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(
        content,
        content_type=document.content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, document.file_name) or "attachment",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _files(request: HttpRequest, desk: Desk, only: str) -> None:
    """Files that came along, and those to take away. What is refused about a file is said beside its figure."""
    now = timezone.now()
    leaving = request.POST.get("retirer", "")
    for one in desk.sheet.fields:
        if only and one.key != only:
            continue
        for document in list(one.proofs):
            if str(document.uuid) == leaving:
                remove_proof(field=one, document=document, by=desk.by, now=now)
        upload = request.FILES.get(f"piece-{one.key}")
        if isinstance(upload, UploadedFile):
            try:
                attach_proof(
                    sheet=desk.sheet,
                    field=one,
                    upload_name=upload.name or "",
                    content=_content(upload),
                    by=desk.by,
                    link=desk.link,
                    now=now,
                )
            except (DocumentRefused, FiguresRefused) as refusal:
                one.refused_file = str(refusal)


def _content(upload: UploadedFile[bytes]) -> bytes:
    if (upload.size or 0) > LARGEST:
        raise FiguresRefused(gettext("Ce fichier pèse plus de 10 Mo. Choisissez-en un plus léger."))
    return bytes(upload.read())


def _item(request: HttpRequest, desk: Desk, key: str, refusal: str = "") -> HttpResponse:
    """The state of one item, beside its fields: htmx puts it in place."""
    item = desk.sheet.item(key)
    if item is None:
        raise Http404
    if refusal:
        list(messages.get_messages(request))  # said here, once
        item.error = refusal
    if isinstance(item, AccountField):
        template = "account_state.html"
    elif item.month is not None:
        template = "month_state.html"
    else:
        template = "field_proofs.html" if request.FILES or "retirer" in request.POST else "field_state.html"
    return render(request, f"plan/fill/{template}", {**_shared(desk), "item": item, "just": True})


def _page(request: HttpRequest, desk: Desk, part: str, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {**_shared(desk), **more, "part": f"plan/fill/{part}", "is_summary": part == "submit.html"}
    return render(request, desk.template, context, status=status)


def _shared(desk: Desk) -> dict[str, Any]:
    return {
        **desk.context,
        "desk": desk,
        "sheet": desk.sheet,
        "plan": desk.plan,
        "territory": desk.plan.territory,
        "organization": desk.organization,
        "year": str(desk.sheet.year),  # a year is no quantity: no space between its thousands
        "before": str(desk.sheet.year - 1),
        "sheet_url": desk.address("sheet"),
        "save_url": desk.address("save"),
        "submit_url": desk.address("submit"),
    }
