"""What stands under every decision on publication: the groups as they are now, and all that went out before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tissage.core.suppression import GroupFacts, Suppression, suppress
from tissage.core.synthesis import Cell
from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis
from tissage.voices.models import HomogeneousGroup


@dataclass(frozen=True, slots=True)
class Ground:
    """A territory's groups and its publications, read once.

    `published`: sets of groups whose sums were ever shown, by question, oldest first; a publication withdrawn since was
    read all the same.
    """

    threshold: int
    groups: dict[int, HomogeneousGroup]
    published: tuple[tuple[str, frozenset[int]], ...]

    @classmethod
    def of(cls, territory: Territory) -> Ground:
        return cls.of_each([territory])[territory.pk]

    @classmethod
    def of_each(cls, territories: Iterable[Territory]) -> dict[int, Ground]:
        """Grounds by the key of their territory, in two queries whatever their number."""
        places = {territory.pk: territory for territory in territories}
        groups: dict[int, dict[int, HomogeneousGroup]] = {key: {} for key in places}
        published: dict[int, list[tuple[str, frozenset[int]]]] = {key: [] for key in places}
        for group in HomogeneousGroup.objects.live().filter(territory__in=places).order_by("pk"):
            groups[group.territory_id][group.pk] = group
        publications = Synthesis.objects.filter(territory__in=places).exclude(publication={}).order_by("territory", "number")
        for place, publication in publications.values_list("territory", "publication"):
            published[place] += [(question, frozenset(row)) for question, row in publication.get("rows", [])]
        return {key: cls(place.suppression_threshold, groups[key], tuple(published[key])) for key, place in places.items()}

    def consent(self, group: int) -> str:
        return self.groups[group].consent if group in self.groups else HomogeneousGroup.Consent.NONE

    def participants(self, groups: Iterable[int]) -> int:
        """The stated participants of these groups together; an unknown number adds nothing."""
        return sum(self.groups[group].participants_count or 0 for group in groups if group in self.groups)

    def decide(self, counts: Mapping[int, Mapping[str, int]], chosen: Sequence[int] | None = None) -> Suppression:
        """What the public may see of these counts: criteria by question, by group (of those chosen, when some are)."""
        facts = [
            GroupFacts(group.pk, group.public_name, group.participants_count, group.consent, counts.get(group.pk, {}))
            for group in self.groups.values()
            if not chosen or group.pk in chosen
        ]
        return suppress(
            facts,
            threshold=self.threshold,
            published=self.published,
            participants_elsewhere={group.pk: group.participants_count for group in self.groups.values()},
        )


def counts_by_group(cells: Iterable[Cell]) -> dict[int, dict[str, int]]:
    """Criteria by question, by group."""
    counts: dict[int, dict[str, int]] = {}
    for cell in cells:
        by_question = counts.setdefault(cell.group, {})
        by_question[cell.question] = by_question.get(cell.question, 0) + cell.criteria
    return counts
