"""What is worth a second look in the codings of a territory. Each list is a proposal; nothing here changes anything.

The quick lists are counts. The others read every statement or ask the local model: they are asked for one by one, and their result,
ids only, is kept until a code or a criterion of the territory changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q

from tissage.core.codes import Code
from tissage.core.double_ideas import double_idea
from tissage.core.nomenclature import COMPONENT, Nomenclature, Term
from tissage.people.models import Entry, Territory, User
from tissage.voices.learning.duplicates import Said, groups_of
from tissage.voices.models import Coding, Criterion
from tissage.voices.models.criteria import CriterionQuerySet

from .suggesters import territory_store
from .suggestions import second_opinions

MOST_READ = 20_000  # the latest coded criteria that the slow lists look at
MOST_JUDGED = 5_000  # … and those of them that the model gives a second opinion on
FOLDS = 5
SURE, DOUBTFUL = 0.8, 0.05  # the model is sure of another component, and holds the one given for nearly impossible
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Share:
    """Of `total` coded criteria, how many are coded « in general »."""

    name: str
    general: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.general / self.total) if self.total else 0


def _coded(territory: Territory) -> CriterionQuerySet:
    return Criterion.objects.live().coded().filter(territory=territory)


def never_used(territory: Territory, nomenclature: Nomenclature) -> list[tuple[Term, list[Term]]]:
    """The components that no criterion has, by dimension. One query."""
    used = set(_coded(territory).order_by().values_list("component", flat=True).distinct())
    found = [
        (dimension, [one for one in nomenclature.components_of(dimension.code) if one.code not in used])
        for dimension in nomenclature.dimensions
    ]
    return [(dimension, terms) for dimension, terms in found if terms]


def general_by_dimension(territory: Territory) -> list[Share]:
    """The share of `x00` in each dimension in use, the sign of coding doubt (`spiral.md` §9.3). One query."""
    counted = _coded(territory).values("dimension").annotate(n=Count("pk"), general=Count("pk", filter=Q(component__endswith="00")))
    return [Share(row["dimension"], row["general"], row["n"]) for row in counted.order_by("dimension")]


def general_by_coder(territory: Territory) -> list[Share]:
    """The same by person, for the codes that stand today; an empty name is an import or somebody who left. Two queries."""
    current = Coding.objects.filter(superseded_at__isnull=True, criterion__in=_coded(territory).values("pk"))
    counted = list(
        current.values("coder").annotate(n=Count("pk"), general=Count("pk", filter=Q(component__endswith="00"))).order_by("coder")
    )
    names = dict(User.objects.filter(pk__in=[row["coder"] for row in counted if row["coder"]]).values_list("pk", "name"))
    return sorted(
        (Share(names.get(row["coder"], ""), row["general"], row["n"]) for row in counted), key=lambda share: (share.name == "", share.name)
    )


def unknown_codes(territory: Territory, nomenclature: Nomenclature) -> list[tuple[str, int, int]]:
    """Codes in use that the nomenclature does not list: the code, how many criteria, the id of one. One query."""
    parts = ("component", "sub_component", "sense", "beneficiary")
    counted = _coded(territory).values(*parts).annotate(n=Count("pk"), one=Max("pk")).order_by(*parts)
    found: dict[str, tuple[int, int]] = {}
    for row in counted:
        code = Code(*(row[part] for part in parts))
        if nomenclature.unknown_parts(code):
            written = "/".join(part for part in (code.object, code.sense, code.beneficiary) if part)
            count, one = found.get(written, (0, 0))
            found[written] = (count + row["n"], max(one, row["one"]))
    return [(code, count, one) for code, (count, one) in found.items()]


# --- The slow lists


def kept(territory: Territory, name: str, find: Callable[[], Any]) -> Any:
    """The result of a slow list, found once for the codings and acts there are today."""
    last = Entry.objects.filter(territory=territory).aggregate(last=Max("pk"))["last"] or 0
    coding = Coding.objects.aggregate(last=Max("pk"))["last"] or 0
    key = f"quality:{territory.pk}:{name}:{last}:{coding}"
    found = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, KEPT_SECONDS)
    return found


def coded_apart(territory: Territory) -> list[list[int]]:
    """Groups of near-identical statements, to one question, that have different components: ids, two or more. Never opposites."""
    rows = list(_coded(territory).order_by("-pk").values_list("pk", "text", "french_text", "question_id", "component")[:MOST_READ])
    said = [Said(pk, french or text, str(question)) for pk, text, french, question, _component in reversed(rows)]
    store = territory_store(territory)
    component = {pk: code for pk, _text, _french, _question, code in rows}
    groups = groups_of(said, store.get([one.text for one in said]) if store is not None and len(said) > 1 else None)
    return [group for group in groups if len({component[pk] for pk in group}) > 1]


def double_ideas(territory: Territory) -> list[tuple[int, str]]:
    """Criteria that look like several: (id, kind), the surest sign first."""
    rows = Criterion.objects.live().filter(territory=territory).order_by("-pk").values_list("pk", "text", "french_text")[:MOST_READ]
    found = [(pk, idea.kind) for pk, text, french in rows if (idea := double_idea(french or text))]
    order = {"verbs": 0, "list": 1, "and": 2}
    return sorted(found, key=lambda row: (order[row[1]], row[0]))


def contradicted(territory: Territory) -> list[tuple[int, str, float]] | None:
    """Codes that the local model strongly disputes, judged without having learnt them: (id, its component, its probability).

    None while there are too few codings for a probability: nothing is said then.
    """
    coded = dict(_coded(territory).order_by("-pk").values_list("pk", "component")[:MOST_JUDGED])
    keys = sorted(coded)
    found = []
    calibrated = False
    for part in range(FOLDS):
        for pk, opinion in second_opinions(territory, keys[part::FOLDS], reasons=False).items():
            first = opinion.components[0] if opinion.components else None
            if first is None or first.probability is None:
                continue
            calibrated = True
            own = next((one.probability or 0.0 for one in opinion.components if one.code == coded[pk]), 0.0)
            if first.probability >= SURE and own < DOUBTFUL:
                found.append((pk, first.code, first.probability))
    return sorted(found, key=lambda row: (-row[2], row[0])) if calibrated else None


def criteria_in(ids: Sequence[int]) -> dict[int, Criterion]:
    """The live criteria of a page of rows, by id. One query."""
    return {one.pk: one for one in Criterion.objects.live().filter(pk__in=ids).select_related("group", "question").order_by("pk")}


def component_name(nomenclature: Nomenclature, code: str, language: str) -> str:
    term = nomenclature.get(COMPONENT, code)
    return f"{code} · {term.label(language)}" if term else code
