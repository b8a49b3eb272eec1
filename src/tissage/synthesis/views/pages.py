"""The pages that every source has: overview, dimension, component, what is shared. Contexts, then answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tissage.core import specificity
from tissage.core.synthesis import Group
from tissage.people.models import Territory
from tissage.synthesis import charts, sentences
from tissage.synthesis.charts import Picture
from tissage.synthesis.forms import LineFilterForm
from tissage.synthesis.models import Synthesis
from tissage.synthesis.queries import Line

from .answers import table_as_csv
from .sources import Narrowing, Source

OVERVIEW_PICTURES = ("dimensions", "groupes", "questions", "lettres", "entendus")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the address of its table."""

    picture: Picture
    csv_url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of the index: where its complete list is, and how many criteria stand there."""

    code: str
    name: str
    count: int
    url: str
    unverified: bool = False
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a list, with the title of its question and where the team corrects it."""

    line: Line
    question: str
    url: str


@dataclass(frozen=True, slots=True)
class SpreadEntry:
    """A component, who spoke of it, and what may be concluded."""

    entry: Entry
    groups: tuple[Group, ...]
    verdict: str = ""
    counts: str = ""


Step = tuple[str, str | None]


def trail_to(territory: Territory, *more: Step) -> list[Step]:
    """The way back from a page of the syntheses of a territory."""
    home = reverse("synthesis:versions", args=[territory.slug])
    return [
        (territory.name, reverse("voices:territory", args=[territory.slug])),
        (_("Synthèses"), home if more else None),
        *more,
    ]


def trail_to_version(synthesis: Synthesis, *more: str) -> list[Step]:
    """The way back from a page of one version."""
    address = reverse("synthesis:version", args=[synthesis.territory.slug, synthesis.number])
    return trail_to(synthesis.territory, (str(synthesis), address), *((words, None) for words in more))


def crumbs(source: Source, *more: Step) -> list[Step]:
    return trail_to(source.territory, (source.title, source.home if more else None), *more)


def dimension_entry(source: Source, letter: str, *, silent: bool = False) -> Entry:
    """A dimension and its components: those spoken of, and the silent ones when asked."""
    overview = source.scene.overview
    codes = [code for code in source.scene.components(letter) if silent or overview.by_component.get(code)]
    return Entry(
        letter,
        source.scene.name(letter),
        overview.by_dimension.get(letter, 0),
        source.url("dimension", letter),
        entries=tuple(component_entry(source, code) for code in codes),
    )


def component_entry(source: Source, code: str) -> Entry:
    return Entry(
        code,
        source.scene.name(code),
        source.scene.overview.by_component.get(code, 0),
        source.url("component", code),
        source.scene.unverified(code),
    )


def common(source: Source) -> dict[str, Any]:
    """What every page of a source says: where it stands, which nomenclature, how many labels are not verified."""
    scene = source.scene
    unverified = sum(1 for code in scene.overview.by_component if scene.unverified(code))
    return {
        "source": source,
        "territory": source.territory,
        "synthesis": source.synthesis,
        "public": source.public,
        "overview": scene.overview,
        "seen": sentences.seen(scene.overview),
        "nomenclature": scene.nomenclature.name,
        "unverified": unverified,
        "reworded": [(scene.question(code), wordings) for code, wordings in source.wordings.items()],
    }


def overview_context(source: Source) -> dict[str, Any]:
    overview = source.scene.overview
    spread = overview.spread()
    index = [dimension_entry(source, letter) for letter in overview.dimensions]
    heard = replace(source.scene, overview=replace(overview, groups=overview.heard))  # who was not heard is named beside the picture
    scenes = {"groupes": heard}
    pictures = {
        slug: Shown(charts.OVERVIEW[slug](scenes.get(slug, source.scene)), source.url("picture", slug)) for slug in OVERVIEW_PICTURES
    }
    first = pictures["dimensions"]
    pictures["dimensions"] = replace(
        first, picture=replace(first.picture, sentence=sentences.coded(overview))
    )  # the headline says the rest
    return common(source) | {
        "trail": crumbs(source),
        "headline": charts.spoken_of_most(source.scene),
        "pictures": pictures,
        "index": index,
        "ranked": sorted(index, key=lambda entry: -entry.count),
        "silent": [entry for entry in index if not entry.count],
        "coverage": charts.coverage_sentence(source.scene),
        "shared_count": sum(1 for one in spread if len(one.groups) > 1),
        "proper_count": sum(1 for one in spread if len(one.groups) == 1),
        "widest": [SpreadEntry(component_entry(source, one.component), one.groups) for one in spread if len(one.groups) > 1][:6],
        "spread_url": source.url("spread"),
        "doubt": sentences.doubt(overview),
        "doubtful": [component_entry(source, code) for code in overview.by_component if code.endswith("00")],
        "uncoded_text": sentences.criteria(overview.uncoded),
        "uncoded_url": source.url("uncoded"),
    }


def overview_picture(source: Source, picture: str) -> HttpResponse:
    if picture not in OVERVIEW_PICTURES:
        raise Http404
    return table_as_csv(charts.OVERVIEW[picture](source.scene).wide, *source.arguments)


def checked_dimension(source: Source, letter: str) -> str:
    """A letter that this source knows; another is a page that does not exist."""
    if letter not in source.scene.overview.dimensions:
        raise Http404
    return letter


def dimension_page(request: HttpRequest, source: Source, letter: str) -> HttpResponse:
    checked_dimension(source, letter)
    scene = source.scene
    entry = dimension_entry(source, letter, silent=True)
    pictures = [Shown(charts.components(scene, letter), source.url("dimension_picture", letter, "composantes"))]
    if scene.overview.by_dimension.get(letter) and scene.overview.groups:
        pictures.append(Shown(charts.groups_of_dimension(scene, letter), source.url("dimension_picture", letter, "groupes")))
    part = scene.overview.only(dimension=letter)
    return render(
        request,
        "synthesis/dimension.html",
        common(source)
        | {
            "trail": crumbs(source, (f"{letter} · {entry.name}", None)),
            "entry": entry,
            "spoken": [one for one in entry.entries if one.count],
            "silent": [one for one in entry.entries if not one.count],
            "pictures": pictures,
            "part_seen": sentences.seen(part),
            "not_here": [group for group in part.not_heard if group.id in scene.overview.by_group],
            "others": [dimension_entry(source, one) for one in scene.overview.dimensions],
        },
    )


def dimension_picture(source: Source, letter: str, picture: str) -> HttpResponse:
    checked_dimension(source, letter)
    if picture not in charts.DIMENSION:
        raise Http404
    return table_as_csv(charts.DIMENSION[picture](source.scene, letter).wide, *source.arguments, letter)


def component_page(request: HttpRequest, source: Source, code: str) -> HttpResponse:
    """Every criterion of one component, minority voices included. Code "" is what has no code yet."""
    scene = source.scene
    if code and code not in scene.components(code[:1]):
        raise Http404
    part = scene.overview.only(component=code)
    letters = {} if source.public else {letter: f"{letter} · {scene.letter(letter)}" for letter in part.by_letter}
    form = LineFilterForm(
        request.GET,
        groups=part.heard,
        questions={one: scene.question(one) for one in part.questions if part.by_question.get(one)},
        letters=letters,
    )
    group = form.value("seul_groupe")
    kept = Narrowing(int(group) if group else None, form.value("seule_question"), form.value("lettre") if letters else "")
    page = source.fetch(code, kept, page_number(request))
    name = scene.name(code) if code else _("Critères sans code")
    trail = [(f"{code[:1]} · {scene.name(code[:1])}", source.url("dimension", code[:1]))] if code else []
    term = scene.nomenclature.get("component", code)
    return render(
        request,
        "synthesis/component.html",
        common(source)
        | {
            "trail": crumbs(source, *trail, (f"{code} {name}".strip(), None)),
            "code": code,
            "name": name,
            "key": term.key() if term else "",
            "is_unverified": bool(code) and scene.unverified(code),
            "part_seen": sentences.seen(part),
            "part_count": part.criteria,
            "page": page,
            "rows": [LineRow(line, scene.question(line.question), criterion_url(source, line)) for line in page.object_list],
            "form": form,
            "is_narrowed": kept != Narrowing(),
            "kept_parameters": source.parameters,
            "here": source.url("component", code) if code else source.url("uncoded"),
            "list_text": sentences.statements(page.paginator.count) if source.public else sentences.criteria(page.paginator.count),
            "withheld": part.criteria - page.paginator.count if source.public and kept == Narrowing() else 0,
            "neighbours": neighbours(source, code),
        },
    )


def criterion_url(source: Source, line: Line) -> str:
    """Where the team corrects this criterion; nothing for the public, or once its group took it back."""
    return "" if source.public or line.withdrawn else reverse("voices:criterion", args=[source.territory.slug, line.criterion])


def page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def neighbours(source: Source, code: str) -> dict[str, Entry]:
    """The components spoken of just before and after, in the order of the nomenclature."""
    scene = source.scene
    spoken = [one for letter in scene.overview.dimensions for one in scene.components(letter) if scene.overview.by_component.get(one)]
    if code not in spoken:
        return {}
    place = spoken.index(code)
    found = {}
    if place:
        found["before"] = component_entry(source, spoken[place - 1])
    if place + 1 < len(spoken):
        found["after"] = component_entry(source, spoken[place + 1])
    return found


def spread_page(request: HttpRequest, source: Source) -> HttpResponse:
    """What several groups share, what one alone says, and what a group says more than the others: measure and source stated."""
    overview = source.scene.overview
    cells = specificity.specificities(overview)
    verdicts = {(cell.group.id, cell.item): cell.verdict for cell in cells}
    shared, proper = [], []
    for one in overview.spread():
        entry = component_entry(source, one.component)
        if len(one.groups) > 1:
            shared.append(SpreadEntry(entry, one.groups))
        else:
            verdict = verdicts.get((one.groups[0].id, one.component), specificity.TOO_FEW)
            proper.append(SpreadEntry(entry, one.groups, verdict))
    return render(
        request,
        "synthesis/spread.html",
        common(source)
        | {
            "trail": crumbs(source, (_("Partagé ou propre à un groupe"), None)),
            "shared": shared,
            "proper": proper,
            "marked": [
                SpreadEntry(
                    component_entry(source, cell.item),
                    (cell.group,),
                    cell.verdict,
                    _("%(criteria)s sur %(group_total)s dans ce groupe ; %(item_total)s sur %(total)s dans tous les groupes")
                    % {
                        "criteria": sentences.criteria(cell.criteria),
                        "group_total": sentences.number(cell.group_total),
                        "item_total": sentences.number(cell.item_total),
                        "total": sentences.number(cell.total),
                    },
                )
                for cell in cells
                if cell.verdict in (specificity.MORE, specificity.LESS)
            ],
            "MORE": specificity.MORE,
            "TOO_FEW": specificity.TOO_FEW,
            "method": _(specificity.METHOD),
            "reference": _(specificity.SOURCE),
            "heard_count": len(overview.heard),
        },
    )
