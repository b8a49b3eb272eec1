"""What stands under every decision on publication: the groups as they are now, and all that went out before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tissage.core.suppression import GroupFacts, Suppression, suppress
from tissage.core.synthesis import Cell
from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis
from tissage.voices.models import HomogeneousGroup


@dataclass(frozen=True, slots=True)
class Ground:
    """A territory's groups and its publications, read once in two queries.

    `published`: sets of groups whose sums were ever shown, by question, oldest first; a publication withdrawn since was
    read all the same.
    """

    threshold: int
    groups: dict[int, HomogeneousGroup]
    published: tuple[tuple[str, frozenset[int]], ...]

    @classmethod
    def of(cls, territory: Territory) -> Ground:
        groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("pk")
        publications = (
            Synthesis.objects.filter(territory=territory).exclude(publication={}).order_by("number").values_list("publication", flat=True)
        )
        return cls(
            territory.suppression_threshold,
            {group.pk: group for group in groups},
            tuple((question, frozenset(row)) for publication in publications for question, row in publication.get("rows", [])),
        )

    def consent(self, group: int) -> str:
        return self.groups[group].consent if group in self.groups else HomogeneousGroup.Consent.NONE

    def participants(self, groups: Iterable[int]) -> int:
        """The stated participants of these groups together; an unknown number adds nothing."""
        return sum(self.groups[group].participants_count or 0 for group in groups if group in self.groups)

    def facts(self, cells: Iterable[Cell], chosen: Sequence[int] | None = None) -> list[GroupFacts]:
        """Each group (of those chosen, when some are) with the counts of these cells by question."""
        counts: dict[int, dict[str, int]] = {}
        for cell in cells:
            by_question = counts.setdefault(cell.group, {})
            by_question[cell.question] = by_question.get(cell.question, 0) + cell.criteria
        return [
            GroupFacts(group.pk, group.public_name, group.participants_count, group.consent, counts.get(group.pk, {}))
            for group in self.groups.values()
            if not chosen or group.pk in chosen
        ]

    def decide(self, cells: Iterable[Cell], chosen: Sequence[int] | None = None) -> Suppression:
        """What the public may see of these counts."""
        return suppress(
            self.facts(cells, chosen),
            threshold=self.threshold,
            published=self.published,
            participants_elsewhere={group.pk: group.participants_count for group in self.groups.values()},
        )
