"""Workshops, with the exact words of each question; and the questions of a territory."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.voices.forms.workshops import CYCLES, PHASES, QuestionForm, WorkshopForm
from tissage.voices.models import Criterion, Hall, Question, WorkshopQuestion
from tissage.voices.operations import workshops as operations
from tissage.voices.queries.groups import Heard, heard_by
from tissage.voices.queries.validation import validated_count
from tissage.voices.words import notes_in_words

from .doors import group_for, person, question_for, territory_for, workshop_for

FIRST_CRITERIA = 20


def workshop(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.read_voices")
    heard = heard_by("workshop", workshop=found).get(found.pk, Heard())
    context = {
        "territory": found.territory,
        "workshop": found,
        "group": found.group,
        "cycle": dict(CYCLES)[found.cycle],
        "phase": dict(PHASES)[found.phase],
        "wordings": _by_question(list(found.questions.select_related("question").order_by("position", "pk"))),
        "facilitators": list(found.facilitators.order_by("name", "pk")),
        "heard": heard,
        "heard_words": notes_in_words(heard),
        "validated": validated_count(workshop=found) if heard.criteria else 0,
        "criteria": list(Criterion.objects.live().filter(workshop=found).select_related("question").order_by("pk")[:FIRST_CRITERIA]),
        "more": max(0, heard.criteria - FIRST_CRITERIA),
        "has_hall": Hall.objects.filter(workshop=found).exists(),
        "writes": person(request).has_perm("voices.write_voices", found),
        "reopens": person(request).has_perm("voices.reopen_workshop", found),
    }
    return render(request, "voices/workshop.html", context)


def _by_question(wordings: list[WorkshopQuestion]) -> list[WorkshopQuestion]:
    """Each question in the order it is asked, with its wordings in other languages right after the first."""
    places: dict[int, int] = {}
    for item in wordings:
        places.setdefault(item.question_id, len(places))
    return sorted(wordings, key=lambda item: places[item.question_id])


def create_workshop(request: HttpRequest, territory: str, group: int) -> HttpResponse:
    found = group_for(request, territory, group, "voices.write_voices")
    form = WorkshopForm(request.POST or None, territory=found.territory, group_language=found.language)
    if request.method == "POST" and form.is_valid():
        made = operations.create_workshop(
            group=found,
            by=person(request),
            now=timezone.now(),
            wordings=form.wordings,
            facilitators=form.cleaned_data["facilitators"],
            **form.details,
        )
        messages.success(request, gettext("L’atelier est noté. Vous pouvez saisir ce qui s’y est dit."))
        return redirect("voices:workshop", found.territory.slug, made.pk)
    return render(request, "voices/workshop_form.html", {"territory": found.territory, "group": found, "workshop": None, "form": form})


def edit_workshop(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if found.closed_at is not None:
        messages.error(request, str(operations.WorkshopClosed()))
        return redirect("voices:workshop", territory, found.pk)
    form = WorkshopForm(request.POST or None, territory=found.territory, workshop=found)
    if request.method == "POST" and form.is_valid():
        operations.change_workshop(
            workshop=found,
            by=person(request),
            now=timezone.now(),
            wordings=form.wordings,
            facilitators=form.cleaned_data["facilitators"],
            **form.details,
        )
        messages.success(request, gettext("L’atelier est à jour."))
        return redirect("voices:workshop", territory, found.pk)
    context = {"territory": found.territory, "group": found.group, "workshop": found, "form": form}
    return render(request, "voices/workshop_form.html", context)


@require_POST
def close_workshop(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    operations.close_workshop(workshop=found, by=person(request), now=timezone.now())
    messages.success(request, gettext("L’atelier est clos : il ne reçoit plus de nouvelle saisie."))
    return redirect("voices:workshop", territory, found.pk)


@require_POST
def reopen_workshop(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.reopen_workshop")
    operations.reopen_workshop(workshop=found, by=person(request), now=timezone.now())
    messages.success(request, gettext("L’atelier est rouvert."))
    return redirect("voices:workshop", territory, found.pk)


def questions(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.read_voices")
    heard = heard_by("question", territory=place)
    context = {
        "territory": place,
        "questions": [
            (question, notes_in_words(heard.get(question.pk, Heard())))
            for question in Question.objects.filter(territory=place).order_by("position", "code")
        ],
        "manages": person(request).has_perm("voices.manage_questions", place),
    }
    return render(request, "voices/questions.html", context)


def add_question(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.manage_questions")
    form = QuestionForm(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        made = operations.add_question(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La question %(code)s est ajoutée.") % {"code": made.code})
        return redirect("voices:questions", place.slug)
    return render(request, "voices/question_form.html", {"territory": place, "form": form, "question": None})


def edit_question(request: HttpRequest, territory: str, question: int) -> HttpResponse:
    found = question_for(request, territory, question, "voices.manage_questions")
    form = QuestionForm(request.POST or None, territory=found.territory, question=found)
    if request.method == "POST" and form.is_valid():
        operations.change_question(question=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La question est à jour."))
        return redirect("voices:questions", territory)
    return render(request, "voices/question_form.html", {"territory": found.territory, "form": form, "question": found})


@require_POST
def remove_question(request: HttpRequest, territory: str, question: int) -> HttpResponse:
    found = question_for(request, territory, question, "voices.manage_questions")
    try:
        operations.remove_question(question=found, by=person(request), now=timezone.now())
    except (operations.ProtectedQuestion, operations.QuestionInUse) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("La question est retirée."))
    return redirect("voices:questions", territory)
