"""What a page of the synthesis looks at: what stands today, a version for the team, or a version as the public sees it.

The three give the same pages. A source knows its counts, its names, its lines and the addresses of its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tissage.core.synthesis import Overview
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.synthesis import queries
from tissage.synthesis.charts import Scene
from tissage.synthesis.forms import SelectionForm
from tissage.synthesis.models import Synthesis
from tissage.synthesis.queries import Line, PublicState

# Pages whose address has another name for what stands today, or for a version.
LIVE_NAMES = {"picture": "live_picture", "download": "live_download"}
VERSION_NAMES = {"live": "version"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader keeps of a list: one group (or block), one question, one letter; None or empty is all."""

    group: int | None = None
    question: str = ""
    letter: str = ""

    def count_in(self, overview: Overview, component: str) -> int:
        """How many criteria the list holds, from the counts already made."""
        return sum(
            cell.criteria
            for cell in overview.cells
            if cell.component == component
            and self.group in (None, cell.group)
            and self.question in ("", cell.question)
            and self.letter in ("", cell.letter)
        )


@dataclass(frozen=True, slots=True)
class Source:
    territory: Territory
    scene: Scene
    prefix: str
    arguments: tuple[Any, ...]
    fetch: Callable[[str, Narrowing, int], Page[Line]]
    synthesis: Synthesis | None = None
    public: bool = False
    parameters: tuple[tuple[str, str], ...] = ()
    selection: str = ""
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: PublicState | None = None

    @property
    def query(self) -> str:
        """What every address of this source carries: the selection, or the wish to see as the public sees."""
        return "?" + urlencode(self.parameters) if self.parameters else ""

    def url(self, page: str, *arguments: Any) -> str:
        """The address of a page of this source: « component », « dimension »…"""
        names = VERSION_NAMES if self.synthesis is not None else LIVE_NAMES
        name = names.get(page, self.prefix + page)
        return reverse(f"synthesis:{name}", args=[*self.arguments, *arguments]) + self.query

    @property
    def home(self) -> str:
        return self.url("live")

    @property
    def title(self) -> str:
        return str(self.synthesis) if self.synthesis else _("La synthèse aujourd’hui")


def live_source(request: HttpRequest, territory: Territory) -> tuple[Source, SelectionForm]:
    """What stands today in the selection of the address, and the form that changes it."""
    values = queries.questions_of(territory)
    titles = {value.code: value.title for value in values}
    form = SelectionForm(request.GET, groups=queries.groups_of(territory), questions=titles)
    groups, questions = form.chosen()
    scene = Scene(
        queries.live_overview(territory, groups=groups or None, questions=questions or None), territory_nomenclature(territory), titles
    )

    def fetch(component: str, kept: Narrowing, page: int) -> Page[Line]:
        return queries.component_lines(
            territory,
            component,
            groups=[kept.group] if kept.group is not None else groups or None,
            questions=[kept.question] if kept.question else questions or None,
            letter=kept.letter,
            page=page,
            count=kept.count_in(scene.overview, component),
        )

    chosen = [("groupe", str(group)) for group in groups] + [("question", code) for code in questions]
    words = queries.selection_words(territory, groups or None, questions or None)
    wordings = queries.live_wordings(territory, scene.overview.cells)
    source = Source(territory, scene, "", (territory.slug,), fetch, parameters=tuple(chosen), selection=words, wordings=wordings)
    return source, form


def version_source(request: HttpRequest, synthesis: Synthesis, *, public: bool, state: PublicState | None = None) -> Source:
    """A frozen version: everything for the team, what may leave the team for the public."""
    territory = synthesis.territory
    titles = {value.code: value.title for value in queries.questions_of(territory)}
    count = queries.public_overview if public else queries.version_overview
    groups, questions = synthesis.selection.get("groups") or None, synthesis.selection.get("questions") or None
    parameters = (("vue", "public"),) if request.GET.get("vue") == "public" else ()
    wordings = queries.public_wordings(synthesis, queries.shown_members(synthesis)) if public else queries.version_wordings(synthesis)
    scene = Scene(count(synthesis), queries.nomenclature_of_synthesis(synthesis), titles)

    def team_lines(component: str, kept: Narrowing, page: int) -> Page[Line]:
        return queries.version_lines(
            synthesis,
            component,
            groups=[kept.group] if kept.group is not None else None,
            questions=[kept.question] if kept.question else None,
            letter=kept.letter,
            page=page,
            count=kept.count_in(scene.overview, component),
        )

    def public_lines(component: str, kept: Narrowing, page: int) -> Page[Line]:
        return queries.public_lines(synthesis, component, question=kept.question, block=kept.group, page=page)

    return Source(
        territory,
        scene,
        "version_",
        (territory.slug, synthesis.number),
        public_lines if public else team_lines,
        synthesis,
        public,
        parameters,
        queries.selection_words(territory, None if public else groups, questions),
        wordings,
        state,
    )
