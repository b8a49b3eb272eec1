"""What the groups of a rainbow workshop said, side by side by component, with the marks and common wordings it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from tissage.core.nomenclature import COMPONENT, DIMENSION, Nomenclature
from tissage.people.models import Territory
from tissage.voices.models import CommonWording, Criterion, HomogeneousGroup, RainbowGroup, RainbowMark, RainbowWorkshop
from tissage.voices.models.criteria import CriterionQuerySet

UNCODED = "sans-code"  # in addresses: what has no component


@dataclass(frozen=True, slots=True)
class Placed:
    """A criterion on the board, with the mark it got."""

    criterion: Criterion
    mark: RainbowMark | None


@dataclass(frozen=True, slots=True)
class Column:
    """What one group said under one component."""

    group: HomogeneousGroup
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    wording: CommonWording
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One component (`code` empty: uncoded): the groups that speak of it, by name, those that do not, the wordings agreed."""

    code: str
    label: str
    dimension: str
    columns: tuple[Column, ...]
    silent: tuple[HomogeneousGroup, ...]
    wordings: tuple[Wording, ...]

    @property
    def groups(self) -> int:
        return len(self.columns) + len(self.silent)


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension of the board, for its menu: how many criteria, of how many groups. `code` empty: uncoded."""

    code: str
    label: str
    criteria: int
    groups: int

    @property
    def slug(self) -> str:
        return self.code or UNCODED


def rainbows_of(territory: Territory) -> list[tuple[RainbowGroup, list[HomogeneousGroup], list[RainbowWorkshop]]]:
    """Rainbow groups by name, with the groups they represent and their workshops, the latest first. Three queries."""
    found = RainbowGroup.objects.filter(territory=territory).prefetch_related("groups", "workshops").order_by("name", "pk")
    return [
        (
            one,
            sorted(one.groups.all(), key=lambda group: (group.name, group.pk)),
            sorted(one.workshops.all(), key=lambda workshop: (workshop.held_on, workshop.pk), reverse=True),
        )
        for one in found
    ]


def represented_groups(rainbow: RainbowGroup) -> list[HomogeneousGroup]:
    return list(rainbow.groups.order_by("name", "pk"))


def board_criteria(workshop: RainbowWorkshop, *, everything: bool) -> CriterionQuerySet:
    """The criteria this workshop reads: validated by their group, and those it marked or brought together already.

    With `everything`, those their group has not validated too. Once closed, what was validated later is not added to it.
    """
    live = Criterion.objects.live().filter(group__in=workshop.rainbow.groups.order_by().values("pk"))
    if everything:
        return live
    validated = Q(group_validated_on__isnull=False)
    if workshop.closed_at is not None:
        validated = Q(group_validated_on__lte=timezone.localtime(workshop.closed_at).date())
    marked = RainbowMark.objects.filter(workshop=workshop, criterion=OuterRef("pk"))
    joined = CommonWording.criteria.through.objects.filter(commonwording__workshop=workshop, criterion=OuterRef("pk"))
    return live.filter(validated | Exists(marked) | Exists(joined))


def left_out(workshop: RainbowWorkshop) -> int:
    """How many criteria of its groups the board does not show because their group has not validated them."""
    return board_criteria(workshop, everything=True).count() - board_criteria(workshop, everything=False).count()


def parts_of(criteria: CriterionQuerySet, nomenclature: Nomenclature, language: str) -> list[Part]:
    """The dimensions that hold something, in the order of the letters; what has no code comes last. One query."""
    counted = criteria.order_by().values_list("dimension").annotate(Count("pk"), Count("group", distinct=True))
    found = []
    for code, count, groups in sorted(counted, key=lambda row: (row[0] == "", row[0])):
        term = nomenclature.get(DIMENSION, code) if code else None
        found.append(Part(code, term.label(language) if term else "", count, groups))
    return found


def shelves_of(
    workshop: RainbowWorkshop, criteria: CriterionQuerySet, nomenclature: Nomenclature, language: str, dimension: str | None = None
) -> list[Shelf]:
    """The board, component by component in the order of the codes, uncoded last; one dimension of it, or all. Five queries."""
    groups = represented_groups(workshop.rainbow)
    if dimension is not None:
        criteria = criteria.filter(dimension=dimension)
    marks = {mark.criterion_id: mark for mark in RainbowMark.objects.filter(workshop=workshop)}
    by_place: dict[str, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for criterion in criteria.select_related("question", "group").order_by("question__position", "question__code", "pk"):
        by_place[criterion.component][criterion.group_id].append(Placed(criterion, marks.get(criterion.pk)))
    wordings = _wordings(workshop)
    wanted = set(by_place) | {code for code in wordings if dimension is None or code[:1] == dimension}
    return [
        _shelf(code, groups, by_place[code], wordings.get(code, []), nomenclature, language)
        for code in sorted(wanted, key=lambda code: (code == "", code))
    ]


def _wordings(workshop: RainbowWorkshop) -> dict[str, list[Wording]]:
    found: dict[str, list[Wording]] = defaultdict(list)
    said = Prefetch("criteria", Criterion.objects.live().select_related("group").order_by("group__name", "pk"))
    for wording in CommonWording.objects.filter(workshop=workshop).prefetch_related(said).order_by("component", "pk"):
        found[wording.component].append(Wording(wording, tuple(wording.criteria.all())))
    return found


def _shelf(
    code: str,
    groups: Iterable[HomogeneousGroup],
    placed: dict[int, list[Placed]],
    wordings: list[Wording],
    nomenclature: Nomenclature,
    language: str,
) -> Shelf:
    term = nomenclature.get(COMPONENT, code) if code else None
    return Shelf(
        code=code,
        label=term.label(language) if term else "",
        dimension=code[:1],
        columns=tuple(Column(group, tuple(placed[group.pk])) for group in groups if group.pk in placed),
        silent=tuple(group for group in groups if group.pk not in placed),
        wordings=tuple(wordings),
    )
