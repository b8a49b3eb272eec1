"""The group turns its cards into criteria, projected on the wall: every act is one form, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tissage.core.gathering import identical_piles, suggested_wording
from tissage.voices.forms.fields import LANGUAGES
from tissage.voices.models import Batch, Criterion, Expression, Question, Workshop
from tissage.voices.operations import criteria as operations
from tissage.voices.operations.gathering import Pile, make_criteria, word_in_french
from tissage.voices.queries.gathering import Asked, asked_at, gathering_of, notes_of

from .doors import done_batch, person, workshop_for

MOST_OFFERED = 60  # criteria among which one is chosen in a list under each of them


def gather(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """One question at a time: piles proposed, cards alone, criteria made. A refusal is said on the page, with what was typed."""
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if request.method == "POST":
        named = request.POST.get("question", "")
        question = get_object_or_404(Question, pk=int(named) if named.isdigit() else 0, territory=found.territory_id)
        try:
            return _act(request, found, question)
        except operations.CriterionRefusal as refusal:
            messages.error(request, str(refusal))
    return render(request, "voices/gathering/page.html", _page(request, found))


def _page(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    asked = asked_at(workshop)
    here = _question(asked, (request.POST or request.GET).get("question", ""))
    gathering = gathering_of(workshop, here.question) if here is not None else None
    url = reverse("voices:gather", args=[workshop.territory.slug, workshop.pk])
    return {
        "territory": workshop.territory,
        "workshop": workshop,
        "asked": asked,
        "here": here,
        "gathering": gathering,
        "done": done_batch(request, workshop.territory.slug),
        "languages": LANGUAGES[1:],
        "offers_merging": gathering is not None and 1 < len(gathering.made) <= MOST_OFFERED,
        "alone_ids": ",".join(str(card.pk) for card in gathering.alone) if gathering else "",
        "identical_ids": ",".join(map(str, gathering.identical)) if gathering else "",
        "own_url": f"{url}?question={here.question.pk}" if here is not None else url,
        "typed": request.POST.dict(),
        "ticked": {int(pk) for pk in request.POST.getlist("id") if pk.isdigit()},
    }


def _question(asked: list[Asked], wanted: str) -> Asked | None:
    """The question that is named, or the first with something loose, or the first."""
    named = next((item for item in asked if str(item.question.pk) == wanted), None)
    return named or next((item for item in asked if item.loose), None) or (asked[0] if asked else None)


def _act(request: HttpRequest, workshop: Workshop, question: Question) -> HttpResponse:
    """Does what the button says and comes back to the page. Raises `CriterionRefusal`."""
    act = ACTS.get(request.POST.get("act", ""))
    batch = act(request, workshop, question) if act is not None else None
    url = f"{reverse('voices:gather', args=[workshop.territory.slug, workshop.pk])}?question={question.pk}"
    return redirect(f"{url}&fait={batch.uuid}" if batch is not None else url)


def _cards(request: HttpRequest, workshop: Workshop, question: Question, ids: list[str] | None = None) -> list[Expression]:
    """The cards that were ticked, among those of this workshop and question."""
    wanted = [int(pk) for pk in (request.POST.getlist("id") if ids is None else ids) if pk.isdigit()]
    cards = Expression.objects.live().filter(workshop=workshop, question=question, pk__in=wanted)
    found = list(cards.select_related("territory", "workshop").order_by("pk"))
    if not found:
        raise operations.CriterionRefusal(gettext("Cochez au moins une carte."))
    return found


def _criterion(request: HttpRequest, workshop: Workshop, question: Question, field: str = "criterion") -> Criterion:
    pk = request.POST.get(field, "")
    criteria = Criterion.objects.live().filter(workshop=workshop, question=question).select_related("territory")
    return get_object_or_404(criteria, pk=int(pk) if pk.isdigit() else 0)


def _make(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """The ticked cards become one criterion; without a wording, the words of the first of them begin it."""
    cards = _cards(request, workshop, question)
    text = request.POST.get("text", "").strip() or cards[0].text
    language = request.POST.get("language", "")
    french = request.POST.get("french_text", "").strip()
    known = language in {*dict(LANGUAGES), *(card.language for card in cards)}
    made = operations.make_criterion(
        expressions=cards,
        text=text,
        language=language if known else "",
        french_text=french if known and language != "fr" else "",
        by=person(request),
        now=timezone.now(),
    )
    return made.batch


def _join(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    criterion, cards = _criterion(request, workshop, question), _cards(request, workshop, question)
    return operations.attach_expressions(criterion=criterion, expressions=cards, by=person(request), now=timezone.now())


def _each(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """Every card that the page showed there becomes a criterion of its own."""
    cards = _cards(request, workshop, question, request.POST.get("all", "").split(","))
    return make_criteria(piles=[Pile(card.text, (card,)) for card in cards], by=person(request), now=timezone.now())


def _identical(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """Cards with the same words, among those the page showed, become one criterion a pile."""
    cards = {card.pk: card for card in _cards(request, workshop, question, request.POST.get("all", "").split(","))}
    piles = [
        Pile(suggested_wording(pile).text, tuple(cards[note.pk] for note in pile))
        for pile in identical_piles(notes_of(list(cards.values())))
    ]
    return make_criteria(piles=piles, by=person(request), now=timezone.now())


def _edit(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    text = request.POST.get("text", "").strip()
    if not text:
        raise operations.CriterionRefusal(gettext("Donnez la formulation du critère."))
    criterion = _criterion(request, workshop, question)
    french = request.POST.get("french_text", criterion.french_text).strip()
    if text == criterion.text:
        return word_in_french(of=criterion, french_text=french, by=person(request), now=timezone.now())
    return operations.edit_criterion(criterion=criterion, text=text, french_text=french, by=person(request), now=timezone.now())


def _detach(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    criterion, cards = _criterion(request, workshop, question), _cards(request, workshop, question)
    return operations.detach_expressions(criterion=criterion, expressions=cards, by=person(request), now=timezone.now())


def _part(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """The ticked cards of a criterion become a criterion apart; without a wording, the words of the first of them."""
    criterion, cards = _criterion(request, workshop, question), _cards(request, workshop, question)
    taken = [card.pk for card in cards]
    rest = tuple(criterion.expressions.exclude(pk__in=taken).order_by("pk").values_list("pk", flat=True))
    parts = [
        operations.Part(criterion.text, criterion.imported_count, rest),
        operations.Part(request.POST.get("part_text", "").strip() or cards[0].text, 0, tuple(taken)),
    ]
    return operations.split_criterion(criterion=criterion, parts=parts, by=person(request), now=timezone.now())


def _merge(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """Two criteria that say one idea: the one whose form it is keeps its wording and takes the other in."""
    criterion = _criterion(request, workshop, question)
    other = _criterion(request, workshop, question, "other")
    return operations.merge_criteria(target=criterion, others=[other], by=person(request), now=timezone.now())


def _french(request: HttpRequest, workshop: Workshop, question: Question) -> Batch | None:
    """Every French wording typed in the form, beside its card."""
    typed = {name.removeprefix("french_"): text for name, text in request.POST.items() if name.removeprefix("french_").isdigit()}
    batch = None
    for card in _cards(request, workshop, question, list(typed)):
        batch = word_in_french(of=card, french_text=str(typed[str(card.pk)]), by=person(request), now=timezone.now()) or batch
    messages.success(request, gettext("La formulation française est gardée."))
    return batch


ACTS: dict[str, Callable[[HttpRequest, Workshop, Question], Batch | None]] = {
    "make": _make,
    "join": _join,
    "each": _each,
    "identical": _identical,
    "edit": _edit,
    "detach": _detach,
    "part": _part,
    "merge": _merge,
    "french": _french,
}
