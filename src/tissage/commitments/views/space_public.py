"""What strangers read of a space: published answers, list beside list in ballot order. No ranking, no recommendation, no municipality."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tissage.commitments.models import Answer, AskSet, SpaceFile
from tissage.commitments.queries.spaces import comparison_of

from .spaces import give


@login_not_required
@require_safe
def comparison(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    found = _published(space, ask_set)
    return render(
        request, "commitments/spaces/published.html", {"ask_set": found, "space": found.space, "comparison": comparison_of(found)}
    )


@login_not_required
@require_safe
def proof(request: HttpRequest, space: str, ask_set: str, space_file: UUID) -> HttpResponse:
    """The scan of a published answer, when the space chose to show it."""
    found = _published(space, ask_set)
    proofs = Answer.objects.filter(ask__ask_set=found, published_on__isnull=False, proof__isnull=False).values("proof")
    shown = SpaceFile.objects.filter(pk__in=proofs, space=found.space_id, is_public=True)
    return give(get_object_or_404(shown, uuid=space_file))


def _published(space: str, ask_set: str) -> AskSet:
    return get_object_or_404(AskSet.objects.published().select_related("space", "election"), space__slug=space, code=ask_set)
