"""Reads of reference data: shipped files, and versions as plain values for `core`."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext

from tissage.core import nomenclature as core
from tissage.core.codes import MalformedCode, parse_code
from tissage.core.messages import Message
from tissage.core.nomenclature import PARENT_KIND, Nomenclature, Term, Translation
from tissage.core.plan_framework import ACTION, AXIS
from tissage.core.term_search import Match, TermIndex
from tissage.people.models import Territory

from .models import Crosswalk, Framework, FrameworkChoice, FrameworkVersion, FrameworkVersionQuerySet, Node, Phrase

SPIRAL = "spiral"
SHIPPED_NODES = ("spiral-nomenclature.csv", "spiral-senses.csv", "beneficiaries.csv")


def shipped_rows(file_name: str) -> list[dict[str, str]]:
    """The rows of one of the project's own data files."""
    text = files("tissage.frameworks").joinpath("data", file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def shipped_questions() -> list[dict[str, str]]:
    """WB, IB and ACT with their side and wordings (`spiral.md` §3)."""
    return shipped_rows("questions.csv")


def shipped_terms() -> list[Term]:
    """The codes of the shipped nomenclature, in the order of the files: no database is read."""
    return [_term_from_row(row) for file_name in SHIPPED_NODES for row in shipped_rows(file_name)]


@lru_cache(maxsize=1)
def shipped_nomenclature() -> Nomenclature:
    """The shipped nomenclature as a value, for commands that run before any database is there."""
    return Nomenclature.of("SPIRAL", shipped_terms())


def _term_from_row(row: dict[str, str]) -> Term:
    kind = row.get("kind") or core.BENEFICIARY
    return Term(
        kind=kind,
        code=row["code"],
        parent=row.get("parent", "") if kind in PARENT_KIND else "",
        labels=_texts(row, "label_"),
        keys=_texts(row, "key_"),
        status=row.get("status") or "unverified",
        source=row.get("source", ""),
        valid_from=_date(row.get("valid_from", "")),
        valid_to=_date(row.get("valid_to", "")),
    )


def _texts(row: dict[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in row.items() if name.startswith(prefix) and text}


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def explain_malformed(error: MalformedCode) -> str:
    """Why a code cannot be read, in the language of the screen."""
    return explain(error.message)


def explain(message: Message) -> str:
    """A message made in `core`, in the language of the screen."""
    return " ".join(gettext(template) % message.values for template in message.templates)


def latest_published(slug: str = SPIRAL) -> FrameworkVersion | None:
    """The version that new territories start with, and that an import is compared with."""
    return (
        FrameworkVersion.objects.published()
        .filter(framework__slug=slug)
        .select_related("framework")
        .order_by("-published_at", "-pk")
        .first()
    )


def with_counts(versions: FrameworkVersionQuerySet) -> FrameworkVersionQuerySet:
    """Adds `dimensions`, `components`, `axes`, `catalogue`, `words`, `confirmed`, `partial`, `unverified` and `is_used` (by a territory today), in one query.

    By status: the components of a nomenclature, all the codes of a plan framework or of a vocabulary.
    """
    components = Q(nodes__kind=core.COMPONENT)
    judged = components | Q(framework__purpose__in=(Framework.Purpose.PLAN, Framework.Purpose.VOCABULARY))
    return versions.select_related("framework", "previous").annotate(
        dimensions=Count("nodes", filter=Q(nodes__kind=core.DIMENSION)),
        components=Count("nodes", filter=components),
        axes=Count("nodes", filter=Q(nodes__kind=AXIS)),
        catalogue=Count("nodes", filter=Q(nodes__kind=ACTION)),
        words=Count("nodes", filter=Q(framework__purpose=Framework.Purpose.VOCABULARY)),
        **{status: Count("nodes", filter=judged & Q(nodes__status=status)) for status in core.STATUSES},
        is_used=Exists(FrameworkChoice.objects.filter(version=OuterRef("pk"), ended_at__isnull=True)),
    )


def chosen_version(territory: Territory) -> FrameworkVersion | None:
    """The SPIRAL version this territory codes with today."""
    choice = (
        FrameworkChoice.objects.filter(territory=territory, ended_at__isnull=True, version__framework__slug=SPIRAL)
        .select_related("version__framework")
        .order_by("-chosen_at", "-pk")
        .first()
    )
    return choice.version if choice else None


def nomenclature_of(version: FrameworkVersion) -> Nomenclature:
    """A version as a plain value. Kept in memory; a corrected label makes a new one."""
    return _nomenclature(version.pk, version.revised_at, str(version))


@lru_cache(maxsize=16)
def _nomenclature(version_id: int, revised_at: dt.datetime, name: str) -> Nomenclature:
    nodes = Node.objects.filter(version=version_id).select_related("parent").order_by("position", "pk")
    return Nomenclature.of(
        name,
        [
            Term(
                kind=node.kind,
                code=node.code,
                parent=node.parent.code if node.parent else "",
                labels=node.labels,
                keys=node.keys,
                status=node.status,
                source=node.source,
                valid_from=node.valid_from,
                valid_to=node.valid_to,
            )
            for node in nodes
        ],
    )


def territory_nomenclature(territory: Territory) -> Nomenclature:
    """The nomenclature a territory codes with; an empty one when it chose none."""
    version = chosen_version(territory)
    return nomenclature_of(version) if version else Nomenclature.of("", [])


def find_components(version: FrameworkVersion, text: str, limit: int = 10) -> list[Match]:
    """The components a few words speak of, best first (`core.term_search`): labels, keys and phrases, accents ignored."""
    return _term_index(version.pk, version.revised_at).find(text, limit)


@lru_cache(maxsize=16)
def _term_index(version_id: int, revised_at: dt.datetime) -> TermIndex:
    phrases: dict[str, list[str]] = {}
    texts = Phrase.objects.filter(node__version=version_id, node__kind=core.COMPONENT).order_by("node__position", "pk")
    for code, text in texts.values_list("node__code", "text"):
        phrases.setdefault(code, []).append(text)
    return TermIndex(_nomenclature(version_id, revised_at, ""), phrases)


def phrases_of(node: Node) -> dict[str, list[str]]:
    """The phrases of a code, by language, in the order they were written."""
    found: dict[str, list[str]] = {}
    for language, text in node.phrases.order_by("pk").values_list("language", "text"):
        found.setdefault(language, []).append(text)
    return found


def difference(before: FrameworkVersion, after: FrameworkVersion) -> core.Difference:
    """What `after` adds, says otherwise and no longer lists."""
    return core.compare(nomenclature_of(before).terms, nomenclature_of(after).terms)


def crosswalk_rows(source: FrameworkVersion, target: FrameworkVersion) -> list[tuple[Node, list[Crosswalk]]]:
    """Every code of `source`, in its order, with what was said of it for `target` (nothing said: an empty list). Two queries."""
    said: dict[int, list[Crosswalk]] = {}
    for row in Crosswalk.objects.filter(source__version=source, to_version=target).select_related("target", "author").order_by("pk"):
        said.setdefault(row.source_id, []).append(row)
    return [(node, said.get(node.pk, [])) for node in source.nodes.order_by("position", "pk")]


def translate(code: str, from_version: FrameworkVersion, to_version: FrameworkVersion) -> Translation:
    """A code of one version in the words of another, through the mappings between the versions of one framework.

    Follows `previous` step by step, forwards or backwards; versions that no chain joins give `unmapped`.
    Raises `MalformedCode`. Nothing stored is changed.
    """
    steps = _steps(from_version, to_version)
    if steps is None:
        return Translation((), core.UNMAPPED)
    return core.translate(parse_code(code), steps)


def _steps(start: FrameworkVersion, end: FrameworkVersion) -> list[core.Step] | None:
    forwards = _chain(end, start.pk)
    if forwards is not None:
        return [_step(older, newer) for older, newer in reversed(forwards)]
    backwards = _chain(start, end.pk)
    if backwards is not None:
        return [_step(older, newer, backwards=True) for older, newer in backwards]
    return None


def _chain(newest: FrameworkVersion, oldest_id: int) -> list[tuple[int, int]] | None:
    """Pairs (older, newer) from the newest down to the oldest; None when the oldest is not behind it."""
    pairs: list[tuple[int, int]] = []
    parents = dict(FrameworkVersion.objects.filter(framework=newest.framework_id).values_list("pk", "previous"))
    here: int | None = newest.pk
    while here is not None and here != oldest_id:
        older = parents.get(here)
        if older is not None:
            pairs.append((older, here))
        here = older
    return pairs if here == oldest_id else None


def _step(older: int, newer: int, *, backwards: bool = False) -> core.Step:
    step: dict[tuple[str, str], list[str]] = {}
    rows: Iterable[tuple[str, str, str | None]] = (
        Crosswalk.objects.filter(source__version=older, to_version=newer)
        .order_by("pk")
        .values_list("source__kind", "source__code", "target__code")
    )
    for kind, source, target in rows:
        if backwards and target is not None:
            step.setdefault((kind, target), []).append(source)
        elif not backwards:
            step.setdefault((kind, source), []).extend([target] if target is not None else [])
    return step
