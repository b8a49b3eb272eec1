"""What voices bring to pages upstream: menus, « À faire », the search box."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.folding import fold
from tissage.people.models import Membership, Territory
from tissage.people.search import MOST_HITS, SearchHit
from tissage.people.todo import TodoLine

from .models import HomogeneousGroup, Workshop
from .queries.criteria import search_criteria
from .queries.groups import silent_workshops, uncoded_by_territory, unstated_groups

# A workshop that nobody wrote down after a week is likely to be forgotten.
DAYS_TO_WRITE_DOWN = 7
Role = Membership.Role


def _link(request: HttpRequest, name: str, label: str, icon: str, territory: Territory, *, whole: bool = False) -> SafeString:
    url = reverse(name, args=[territory.slug])
    current = request.path == url or (not whole and request.path.startswith(url))
    return render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": icon, "current": current})


def territory_menu(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The pages of voices that serve every day, for members of the territory."""
    if not request.user.has_perm("voices.read_voices", territory):
        return None
    links = [
        _link(request, "voices:territory", _("Le territoire"), "home", territory, whole=True),
        _link(request, "voices:groups", _("Groupes"), "group", territory),
        _link(request, "voices:criteria", _("Critères"), "list", territory),
    ]
    if request.user.has_perm("voices.write_voices", territory):
        links.insert(2, _link(request, "voices:entry", _("Saisir"), "plus", territory))
    return SafeString("".join(links))


def territory_coding(request: HttpRequest, territory: Territory) -> SafeString | None:
    if not request.user.has_perm("voices.write_voices", territory):
        return None
    links = [
        _link(request, "voices:desk", _("Bureau de codage"), "edit", territory),
        _link(request, "voices:quality", _("Qualité du codage"), "check", territory),
        _link(request, "voices:propositions", _("Formulations d’enquête"), "list", territory),
    ]
    return SafeString("".join(links))


def territory_meeting(request: HttpRequest, territory: Territory) -> SafeString | None:
    """What workshops are made with: questions, languages, several tables, several groups."""
    if not request.user.has_perm("voices.read_voices", territory):
        return None
    links = [_link(request, "voices:questions", _("Questions"), "info", territory)]
    if request.user.has_perm("voices.manage_questions", territory):
        links.append(_link(request, "voices:languages", _("Langues de l’écran"), "globe", territory))
    if request.user.has_perm("voices.write_voices", territory):
        links.append(_link(request, "voices:events", _("Événements"), "calendar", territory))
    links.append(_link(request, "voices:rainbows", _("Arc-en-ciel"), "thread", territory))
    return SafeString("".join(links))


def open_territory_link(request: HttpRequest) -> SafeString | None:
    """For whoever looks after the installation."""
    if not request.user.has_perm("people.administer"):
        return None
    return format_html('<a class="t-button is-quiet" href="{}">{}</a>', reverse("opening:open_territory"), _("Ouvrir un territoire"))


def _territories(request: HttpRequest, *roles: str) -> list[Territory]:
    held = Membership.objects.open().filter(user=request.user.pk, role__in=roles)
    return list(Territory.objects.filter(pk__in=held.values("territory")).order_by("name", "pk"))


def todo_coding(request: HttpRequest) -> list[TodoLine]:
    """Criteria that wait for a code."""
    territories = _territories(request, Role.COORDINATOR, Role.FACILITATOR)
    waiting = uncoded_by_territory(territories)
    return [
        TodoLine(
            text=ngettext("Coder %(count)s critère", "Coder %(count)s critères", waiting[territory.pk]) % {"count": waiting[territory.pk]},
            url=reverse("voices:desk", args=[territory.slug]),
            territory=territory,
            kind=_("Codage"),
        )
        for territory in territories
        if territory.pk in waiting
    ]


def todo_workshops(request: HttpRequest) -> list[TodoLine]:
    """Workshops held more than a week ago of which nothing was written down."""
    week = dt.timedelta(days=DAYS_TO_WRITE_DOWN)
    territories = _territories(request, Role.COORDINATOR, Role.FACILITATOR)
    return [
        TodoLine(
            text=_("Saisir ce qui s’est dit : %(group)s, atelier du %(date)s")
            % {"group": workshop.group.name, "date": date_format(workshop.held_on, "j F Y")},
            url=reverse("voices:workshop", args=[workshop.territory.slug, workshop.pk]),
            due_on=workshop.held_on + week,
            territory=workshop.territory,
            kind=_("Atelier"),
        )
        for workshop in silent_workshops(territories, timezone.localdate() - week)
    ]


def todo_groups(request: HttpRequest) -> list[TodoLine]:
    """Groups whose number of participants or consent nobody stated: they count as small, and publish nothing."""
    return [
        TodoLine(
            text=_("Donner le nombre de participant·e·s et l’accord du groupe %(group)s") % {"group": group.name},
            url=reverse("voices:edit_group", args=[group.territory.slug, group.pk]),
            territory=group.territory,
            kind=_("Groupe"),
        )
        for group in unstated_groups(_territories(request, Role.COORDINATOR))
    ]


def search_groups(request: HttpRequest, query: str) -> list[SearchHit]:
    wanted = fold(query)
    groups = HomogeneousGroup.objects.visible_to(request.user).select_related("territory").order_by("name", "pk")
    return [
        SearchHit(group.name, reverse("voices:group", args=[group.territory.slug, group.pk]), _("groupe"), group.audience, group.territory)
        for group in groups
        if wanted in fold(f"{group.name} {group.public_name} {group.audience}")
    ][:MOST_HITS]


def search_workshops(request: HttpRequest, query: str) -> list[SearchHit]:
    wanted = fold(query)
    workshops = Workshop.objects.visible_to(request.user).select_related("territory", "group").order_by("-held_on", "-pk")
    return [
        SearchHit(
            _("Atelier du %(date)s") % {"date": date_format(workshop.held_on, "j F Y")},
            reverse("voices:workshop", args=[workshop.territory.slug, workshop.pk]),
            _("atelier"),
            " · ".join(part for part in (workshop.group.name, workshop.place) if part),
            workshop.territory,
        )
        for workshop in workshops
        if wanted in fold(f"{workshop.group.name} {workshop.place} {date_format(workshop.held_on, 'j F Y')}")
    ][:MOST_HITS]


def search_words(request: HttpRequest, query: str) -> list[SearchHit]:
    """Criteria that hold every word. The title is what was said, between its quotation marks."""
    return [
        SearchHit(
            f"«\u00a0{criterion.text}\u00a0»",
            reverse("voices:criterion", args=[criterion.territory.slug, criterion.pk]),
            _("critère"),
            f"{criterion.group.name} · {criterion.question.code}" + (f" · {criterion.code}" if criterion.code else ""),
            criterion.territory,
        )
        for criterion in search_criteria(request.user, query, MOST_HITS)
    ]
