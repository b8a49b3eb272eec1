"""A document given back to those who may read the register: never shown in the page of another, never kept by a shared cache."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tissage.network.models import Document
from tissage.network.operations.documents import read_document

from .doors import person, require


@require_safe
def document(request: HttpRequest, territory: str, document: UUID) -> HttpResponse:
    found = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("territory"), uuid=document, territory__slug=territory
    )
    require(person(request), "network.read_network", found)
    return give(found)


def give(document: Document) -> HttpResponse:
    """The answer that carries a document, once its reader was checked. For doors downstream too."""
    try:
        content = read_document(document)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type=document.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=document.file_name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
