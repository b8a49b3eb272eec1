"""What a workshop prints for its hall."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tissage.core.hall import spell_code
from tissage.voices.documents import PAPERS, Paper, print_paper
from tissage.voices.operations.papers import note_paper
from tissage.voices.queries.paper import gathered_words, hall_of, put_questions
from tissage.voices.queries.screens import offered_languages

from .doors import person, workshop_for
from .hall.conduct import LOOPBACK, phone_address

PRINTS = "voices.write_voices"


@require_safe
def paper(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """Everything that can be printed; what holds residents' words is taken by a journalled act."""
    found = workshop_for(request, territory, workshop, PRINTS)
    hall = hall_of(found)
    questions = put_questions(found)
    words = gathered_words(found)
    offered = offered_languages(found.territory, hall.languages) if hall is not None else []
    missing = [
        (question, [language.name for language in offered if language.code not in dict(question.wordings)]) for question in questions
    ]
    context = {
        "territory": found.territory,
        "workshop": found,
        "group": found.group,
        "hall": hall,
        "code": spell_code(hall.code) if hall is not None else "",
        "kinds": list(PAPERS.values()),
        "words": len(words),
        "missing": [(question, names) for question, names in missing if names],
        "is_local": request.get_host().rsplit(":", 1)[0] in LOOPBACK,
    }
    return render(request, "voices/paper/papers.html", context)


def paper_pdf(request: HttpRequest, territory: str, workshop: int, paper: str) -> HttpResponse:
    """Blank matter is read; filled matter is taken, and the journal says by whom."""
    found = workshop_for(request, territory, workshop, PRINTS)
    kind = PAPERS.get(paper)
    hall = hall_of(found)
    if kind is None or (kind.needs_hall and hall is None):
        raise Http404
    allowed = ["POST"] if kind.is_filled else ["GET", "HEAD"]
    if request.method not in allowed:
        return HttpResponseNotAllowed(allowed)
    now = timezone.now()
    day = timezone.localtime(now).date()
    words = len(gathered_words(found)) if kind.is_filled else 0
    if kind.is_filled and not words:
        raise Http404
    printed = print_paper(kind, Paper(found, day, phone_address(request, hall) if hall is not None else ""))
    if kind.is_filled:
        note_paper(workshop=found, paper=kind.slug, words=words, by=person(request), now=now)
    name = f"{kind.slug}-{slugify(found.territory.name) or 'territoire'}-{found.held_on:%Y-%m-%d}.pdf"
    headers = {
        "Content-Disposition": f'{"attachment" if kind.is_filled else "inline"}; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(printed, content_type="application/pdf", headers=headers)
