"""What syntheses bring to pages upstream: the territory, a group, a criterion, menus, « À faire », the search box."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.people.models import Territory
from tissage.people.search import MOST_HITS, SearchHit
from tissage.people.todo import TodoLine
from tissage.voices.models import Criterion, HomogeneousGroup, Workshop

from . import queries
from .models import Synthesis, SynthesisLine
from .queries import Waiting

SHOWN = 4
READS = "synthesis.read_synthesis"


def _link(request: HttpRequest, name: str, label: str, icon: str, territory: Territory) -> SafeString:
    url = reverse(name, args=[territory.slug])
    statistics = request.path.startswith(reverse("synthesis:statistics", args=[territory.slug]))
    current = statistics if name == "synthesis:statistics" else request.path.startswith(url) and not statistics
    return render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": icon, "current": current})


def territory_menu(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The syntheses, for members of the territory."""
    if not request.user.has_perm(READS, territory):
        return None
    return _link(request, "synthesis:versions", _("Synthèses"), "chart", territory)


def territory_files(request: HttpRequest, territory: Territory) -> SafeString | None:
    if not request.user.has_perm(READS, territory):
        return None
    return _link(request, "synthesis:statistics", _("Statistiques"), "list", territory)


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The syntheses of a territory: every version for the team, the publications in force for everybody."""
    team = request.user.has_perm(READS, territory)
    if not team and not territory.is_public:
        return None
    found = list(queries.versions_of(territory)[:SHOWN] if team else queries.publications_of(territory))
    states = queries.states_of(found)
    shown = [(one, states[one.pk]) for one in found if team or states[one.pk].may_be_shown][:SHOWN]
    return render_to_string("synthesis/slot_territory.html", {"territory": territory, "versions": shown, "team": team}, request)


def home(request: HttpRequest, territories: Iterable[Territory]) -> SafeString | None:
    """On the home page of strangers: what each public territory published last."""
    found = queries.publications_in_force([one for one in territories if one.is_public])
    return render_to_string("synthesis/slot_home.html", {"publications": found}, request) if found else None


def territory_statistics(request: HttpRequest, territory: Territory) -> SafeString | None:
    """Figures of the publication in force, for whoever is not of the team: the team has its own on the page already."""
    if request.user.has_perm(READS, territory) or not territory.is_public:
        return None
    figures = queries.public_statistics(territory)
    if figures is None:
        return None
    return render_to_string("synthesis/slot_statistics.html", {"territory": territory, "figures": figures}, request)


def group(request: HttpRequest, group: HomogeneousGroup) -> SafeString | None:
    """A group's own synthesis, and the versions it stands in."""
    if not request.user.has_perm(READS, group):
        return None
    versions = [one for one in queries.versions_of(group.territory) if any(known["id"] == group.pk for known in one.groups)]
    context = {"territory": group.territory, "group": group, "versions": versions[:SHOWN]}
    return render_to_string("synthesis/slot_group.html", context, request)


def workshop(request: HttpRequest, workshop: Workshop) -> SafeString | None:
    """The sheet that the group takes home, and the link it may accept."""
    if not request.user.has_perm("synthesis.hand_sheet", workshop):
        return None
    link = queries.sheet_link_of(workshop)
    is_open = link is not None and link.is_open_on(timezone.localdate())
    context = {"territory": workshop.territory, "workshop": workshop, "link": link if is_open else None}
    return render_to_string("synthesis/slot_workshop.html", context, request)


def criterion(request: HttpRequest, criterion: Criterion) -> SafeString | None:
    """In which versions a criterion stands."""
    if not request.user.has_perm(READS, criterion):
        return None
    lines = SynthesisLine.objects.filter(criterion=criterion, synthesis__frozen_at__isnull=False).select_related("synthesis")
    found = list(lines.order_by("-synthesis__number"))
    if not found:
        return None
    return render_to_string("synthesis/slot_criterion.html", {"territory": criterion.territory, "lines": found}, request)


def todo(request: HttpRequest) -> list[TodoLine]:
    """Statements to read, versions to publish, publications to replace."""
    user = request.user
    return [
        *(_waiting(one, "synthesis:reading", _("Lecture")) for one in queries.unread_versions(user)),
        *(_waiting(one, "synthesis:publish", _("Publication")) for one in queries.validated_unpublished(user)),
        *(_waiting(one, "synthesis:version", _("Publication")) for one in queries.versions_given_way(user)),
    ]


def _waiting(one: Waiting, name: str, kind: str) -> TodoLine:
    territory = one.synthesis.territory
    return TodoLine(one.sentence, reverse(name, args=[territory.slug, one.synthesis.number]), territory=territory, kind=kind)


def search(request: HttpRequest, query: str) -> list[SearchHit]:
    """Versions whose title or note holds the words; of other territories, publications only."""
    words = fold(query).split()
    seen = Synthesis.objects.visible_to(request.user).select_related("territory").order_by("-frozen_at", "-pk")
    hits = []
    for one in seen:
        text = fold(f"{one.title} {one.note} {one.territory.name}")
        if all(word in text for word in words) and _may_be_found(request, one):
            url = reverse("synthesis:version", args=[one.territory.slug, one.number])
            hits.append(SearchHit(str(one), url, _("synthèse"), one.note[:160], one.territory))
        if len(hits) == MOST_HITS:
            break
    return hits


def _may_be_found(request: HttpRequest, synthesis: Synthesis) -> bool:
    """A publication that gave way to a notice is no longer found by people outside the team."""
    return request.user.has_perm(READS, synthesis) or queries.public_state(synthesis).may_be_shown
