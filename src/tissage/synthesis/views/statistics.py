"""The statistics of a territory: what stands today for the team, the publication in force for the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tissage.people.models import Territory
from tissage.synthesis import charts, queries, sentences
from tissage.synthesis.charts import Picture, Scene
from tissage.synthesis.queries.workshops import workshops_by_year

from .answers import rows_as_csv, table_as_csv
from .doors import reads_as_team, visible_territory
from .pages import Shown, component_entry, dimension_entry
from .sources import Source, live_source, version_source

TEAM_PICTURES = ("dimensions", "questions", "avancement")
PUBLIC_PICTURES = ("dimensions", "questions")


@dataclass(frozen=True, slots=True)
class GroupRow:
    name: str
    criteria: int
    coded: int
    uncoded: int


def source_of(request: HttpRequest, territory: Territory) -> Source | None:
    """What the figures are of; None when the public has nothing yet."""
    if reads_as_team(request, territory):
        return live_source(request, territory)[0]
    synthesis = queries.latest_published(territory)
    return version_source(request, synthesis, public=True) if synthesis else None


@login_not_required
def statistics(request: HttpRequest, territory: str) -> HttpResponse:
    place = visible_territory(request, territory)
    source = source_of(request, place)
    context: dict[str, Any] = {
        "territory": place,
        "trail": [
            (place.name, reverse("voices:territory", args=[place.slug])),
            (_("Synthèses"), reverse("synthesis:versions", args=[place.slug])),
            (_("Statistiques"), None),
        ],
        "source": source,
    }
    return render(request, "synthesis/statistics.html", context | (figures(source) if source else {}))


def figures(source: Source) -> dict[str, Any]:
    scene, place = source.scene, source.territory
    overview = scene.overview
    context: dict[str, Any] = {
        "public": source.public,
        "synthesis": source.synthesis,
        "overview": overview,
        "seen": sentences.seen(overview),
        "pictures": [Shown(one, csv_address(source, one.slug)) for one in pictures(source)],
        "index": [dimension_entry(source, letter) for letter in overview.dimensions],
        "components": [component_entry(source, code) for code in overview.by_component],
        "components_csv": csv_address(source, "composantes"),
        "groups_csv": csv_address(source, "groupes"),
        "groups": group_rows(scene),
    }
    if not source.public:
        years = workshops_by_year(place)
        context |= {
            "workshops": sum(count for _year, count in years),
            "years": Shown(charts.years(years), csv_address(source, "ateliers")) if years else None,
            "loose": queries.loose_expressions(place),
        }
    return context


def pictures(source: Source) -> list[Picture]:
    return [charts.OVERVIEW[slug](source.scene) for slug in (PUBLIC_PICTURES if source.public else TEAM_PICTURES)]


def csv_address(source: Source, picture: str) -> str:
    return reverse("synthesis:statistics_picture", args=[source.territory.slug, picture]) + source.query


def group_rows(scene: Scene) -> list[GroupRow]:
    overview = scene.overview
    counts = overview.table("group", "component")
    uncoded = {group: count.criteria for (group, component), count in counts.items() if component == ""}
    return [
        GroupRow(group.name, total, total - uncoded.get(group.id, 0), uncoded.get(group.id, 0))
        for group in overview.groups
        for total in [overview.by_group.get(group.id, 0)]
    ]


@login_not_required
def statistics_picture(request: HttpRequest, territory: str, picture: str) -> HttpResponse:
    """The table behind one picture, or one of the two long tables of the page."""
    place = visible_territory(request, territory)
    source = source_of(request, place)
    if source is None:
        raise Http404
    if picture == "composantes":
        counts = source.scene.overview.by_component
        rows: list[tuple[object, ...]] = [(code, source.scene.name(code), count) for code, count in counts.items()]
        return rows_as_csv([(_("Code"), _("Composante"), _("Critères")), *rows], f"{place.slug}-composantes")
    if picture == "groupes":
        rows = [(one.name, one.criteria, one.coded, one.uncoded) for one in group_rows(source.scene)]
        return rows_as_csv([(_("Groupe"), _("Critères"), _("Avec un code"), _("Sans code")), *rows], f"{place.slug}-groupes")
    if picture == "ateliers" and not source.public:
        return table_as_csv(charts.years(workshops_by_year(place)).wide, place.slug)
    if picture not in (PUBLIC_PICTURES if source.public else TEAM_PICTURES):
        raise Http404
    return table_as_csv(charts.OVERVIEW[picture](source.scene).wide, place.slug)
