"""What waits for a person on the versions of their territories."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext, ngettext

from tissage.people.models import Membership, Territory
from tissage.synthesis.models import Synthesis

from .public import publications_given_way
from .values import Waiting
from .versions import progress_of

COORDINATOR = (Membership.Role.COORDINATOR,)
TEAM = (*COORDINATOR, Membership.Role.FACILITATOR)


def newest_versions(user: Any, roles: tuple[str, ...]) -> QuerySet[Synthesis]:
    """The newest frozen version of each territory where this person holds one of these roles: older ones wait for nobody."""
    mine = Membership.objects.open().filter(user=user, role__in=roles).values("territory")
    newest = (
        Synthesis.objects.frozen()
        .filter(territory__in=mine)
        .order_by("territory")
        .values("territory")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return Synthesis.objects.filter(pk__in=newest).without_counts().select_related("territory").order_by("territory__name", "pk")


def unread_versions(user: Any) -> list[Waiting]:
    """Versions not yet published whose statements wait for a reader, with how many lines would go out and are unread."""
    versions = list(newest_versions(user, TEAM).filter(published_at__isnull=True))
    left = {key: progress.left for key, progress in progress_of(versions).items()}
    return [Waiting(one, "reading", left[one.pk], _unread(one, left[one.pk])) for one in versions if left[one.pk]]


def validated_unpublished(user: Any) -> list[Waiting]:
    """Versions a group validated and nobody published: for who coordinates. A publication withdrawn on purpose waits for nobody."""
    versions = newest_versions(user, COORDINATOR).filter(validated_on__isnull=False, published_at__isnull=True, publication={})
    return [
        Waiting(version, "publication", 1, gettext("Publier « %(title)s », validée par le groupe") % {"title": version})
        for version in versions
    ]


def versions_given_way(user: Any) -> list[Waiting]:
    """Publications that nobody sees any more: a statement or a consent was taken back, or a group is smaller than was stated."""
    mine = Membership.objects.open().filter(user=user, role__in=COORDINATOR).values("territory")
    places = Territory.objects.filter(pk__in=mine).order_by("name", "pk")
    return [
        Waiting(version, "withdrawn", withdrawn or 1, _withdrawn(version, withdrawn) if withdrawn else _given_way(version, reason))
        for version, reason, withdrawn in publications_given_way(places)
    ]


def _unread(version: Synthesis, count: int) -> str:
    return ngettext("Lire %(count)s ligne de « %(title)s »", "Lire %(count)s lignes de « %(title)s »", count) % {
        "count": count,
        "title": version,
    }


def _withdrawn(version: Synthesis, count: int) -> str:
    return ngettext(
        "Remplacer « %(title)s » : %(count)s parole publiée a été retirée par son groupe",
        "Remplacer « %(title)s » : %(count)s paroles publiées ont été retirées par leur groupe",
        count,
    ) % {"count": count, "title": version}


def _given_way(version: Synthesis, reason: str) -> str:
    return gettext("Remplacer « %(title)s » : %(reason)s") % {"title": version, "reason": reason}
