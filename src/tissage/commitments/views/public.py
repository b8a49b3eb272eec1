"""The public page of a set: what was asked, what was promised, what is proven. Open to strangers when the territory is public and the set published."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tissage.commitments.documents.picture import alternative, picture_of
from tissage.commitments.models import AskSet, Evidence
from tissage.commitments.queries.shown_sets import compared, shown_set
from tissage.network.views.documents import give
from tissage.people.models import Territory


def published_set(request: HttpRequest, territory: str, code: str) -> AskSet:
    """A set received and published by a public territory; members read it in any case."""
    held = get_object_or_404(Territory.objects.visible_to(request.user), slug=territory)
    if not (held.is_public or request.user.has_perm("commitments.read_public", held)):  # strangers hold no permission at all
        raise Http404
    rows = AskSet.objects.of_territory().published().select_related("territory", "owner", "election")
    return get_object_or_404(rows, territory=held, code=code)


@login_not_required
@require_safe
def ask_set(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    found = published_set(request, territory, ask_set)
    today = timezone.localdate()
    since = _day(request.GET.get("depuis", ""))
    shown = shown_set(found, public=True, since=since)
    lists, rows = compared(found)
    context = {
        "territory": found.territory,
        "ask_set": found,
        "shown": shown,
        "lists": lists,
        "has_answers": any(row.is_answered for row in rows),
        "since": since,
        "since_wrong": bool(request.GET.get("depuis")) and since is None,
        "year_ago": today.replace(day=1) - dt.timedelta(days=365),
        "today": today,
        "alternative": alternative(shown, today),
    }
    return render(request, "commitments/public_set.html", context)


@login_not_required
@require_safe
def answers(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    """What the lists answered, side by side: ballot order, word for word, no ranking."""
    found = published_set(request, territory, ask_set)
    lists, rows = compared(found)
    context = {"territory": found.territory, "ask_set": found, "lists": lists, "rows": rows}
    return render(request, "commitments/public_answers.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    """A dated picture to share, from the same figures as the page."""
    found = published_set(request, territory, ask_set)
    today = timezone.localdate()
    content = picture_of(shown_set(found, public=True), today)
    return HttpResponse(content, content_type="image/png", headers={"Content-Disposition": f'inline; filename="{found.code}-{today}.png"'})


@login_not_required
@require_safe
def evidence_copy(request: HttpRequest, territory: str, ask_set: str, evidence: UUID) -> HttpResponse:
    """The archived copy of a piece that the page shows, and of no other."""
    found = published_set(request, territory, ask_set)
    shown = {one.uuid: one for category in shown_set(found, public=True).categories for ask in category.asks for one in ask.evidence}
    piece: Evidence | None = shown.get(evidence)
    if piece is None or piece.archived_copy is None:
        raise Http404
    return give(piece.archived_copy)


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
