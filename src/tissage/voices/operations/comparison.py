"""The rows of a file beside the base: which are new, what each changes. Nothing is written.

A value corrected here since the last import stands: only what changed *in the file* is a change, so that the same file
imported again changes nothing, even after people worked on its criteria.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tissage.core.columns import EXPORTED
from tissage.core.importing import Findings, Note
from tissage.core.messages import gettext_noop, say
from tissage.core.rows import CriterionRow
from tissage.frameworks.queries import shipped_questions
from tissage.people.models import Territory
from tissage.voices.models import Batch, Change, Coding, Criterion, Expression, HomogeneousGroup, Question

PLAIN = ("group", "question", "count", "text", "language", "french_text", "proposition", "source_created", "source_modified", "said_on")
CODED = ("facet", "coding_status", "coding_origin")
_SETTLED = gettext_noop("Ce critère a été fusionné ou retiré ici : la ligne ne le change plus.")
_CORRECTED = gettext_noop("Corrigé ici depuis l’import (%(fields)s) : la correction est gardée.")
_FIELD_OF_COLUMN = {
    "group_id": "group",
    "question_id": "question",
    "imported_count": "count",
    "text": "text",
    "language": "language",
    "french_text": "french_text",
    "source_created": "source_created",
    "source_modified": "source_modified",
    "said_on": "said_on",
}


@dataclass(slots=True)
class Known:
    """A criterion of the base that bears the identifier of a row."""

    pk: int
    values: dict[str, Any]
    settled: bool
    """Merged or withdrawn here: a file no longer changes it."""
    batch_is_import: bool
    expression_count: int = 1
    coding: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Compared:
    """A row beside the base: `known` is None for a new one; `changes` holds field → (before, after); `new_notes` the added notes."""

    row: CriterionRow
    known: Known | None
    changes: dict[str, tuple[Any, Any]]
    new_notes: tuple[Note, ...] = ()

    @property
    def is_changed(self) -> bool:
        return bool(self.changes or self.new_notes)


class Base:
    """A territory as it stands: its groups and questions by name, and its criteria by identifier. A new one is empty."""

    def __init__(self, territory: Territory | None) -> None:
        self.territory = territory
        self.groups: dict[str, str] = {}
        self.questions = {question["code"] for question in shipped_questions()}
        self.empty = True
        if territory is not None:
            named = HomogeneousGroup.objects.live().filter(territory=territory).order_by("pk").values_list("name", "source_name")
            self.groups = {written: name for name, written in named if written} | {name: name for name, _written in named}
            self.questions = set(Question.objects.filter(territory=territory).values_list("code", flat=True))
            self.empty = not Criterion.objects.filter(territory=territory).exists()

    def group(self, row: CriterionRow) -> str:
        """The group of a row by its name here: a group renamed since is known by the name it had in the file."""
        return self.groups.get(row.group) or self.groups.get(row.group_written) or row.group

    def compare(self, rows: list[CriterionRow], given: Collection[str], notices: Findings | None = None) -> list[Compared]:
        known = {} if self.empty else self._known(rows, given)
        compared = []
        doubtful: list[Compared] = []
        for row in rows:
            there = known.get((row.source, row.external_id))
            if there is None:
                compared.append(Compared(row, None, {}))
                continue
            values = self._values(row, given)
            one = Compared(row, there, {name: (there.values[name], value) for name, value in values.items() if there.values[name] != value})
            if "expressions" in given and row.expressions:
                left = Counter(there.notes)
                one.new_notes = tuple(note for note in row.expressions if not _take(left, note.text))
            compared.append(one)
            if one.is_changed:
                doubtful.append(one)
        if doubtful:
            self._keep_corrections(doubtful, notices)
        return compared

    def _values(self, row: CriterionRow, given: Collection[str]) -> dict[str, Any]:
        """What a row says, in the fields its file has."""
        values: dict[str, Any] = {name: getattr(row, name) for name in PLAIN if name in given or name == "count"}
        values["group"] = self.group(row)
        if "count" not in given:
            del values["count"]
        if "code" in given or "component" in given:
            values["code"] = str(row.code or "")
            if row.code:
                values |= {name: getattr(row, name) for name in CODED if name in given and getattr(row, name)}
        return values

    def _known(self, rows: list[CriterionRow], given: Collection[str]) -> dict[tuple[str, str], Known]:
        by_source: dict[str, list[str]] = {}
        for row in rows:
            by_source.setdefault(row.source, []).append(row.external_id)
        found: dict[tuple[str, str], Known] = {}
        for source, ids in by_source.items():
            for values in (
                Criterion.objects.applied()
                .filter(territory=self.territory, source=source, external_id__in=ids)
                .order_by("pk")
                .values(
                    "pk", "external_id", "group__name", "question__code", "imported_count", "text", "language", "french_text", "component",
                    "sub_component", "sense", "beneficiary", "proposition__text", "source_created", "source_modified", "said_on",
                    "expression_count", "merged_into", "withdrawn_at", "batch__kind",
                )
            ):  # fmt: skip
                found[source, values["external_id"]] = _known_from(values)
        self._add_codings(found)
        if "expressions" in given:
            _add_notes(found)
        return found

    def _add_codings(self, found: dict[tuple[str, str], Known]) -> None:
        by_pk = {known.pk: known for known in found.values()}
        current = Coding.objects.filter(criterion__in=by_pk, superseded_at__isnull=True).order_by("pk")
        for pk, criterion, facet, status, origin in current.values_list("pk", "criterion", "facet", "status", "origin"):
            by_pk[criterion].coding = pk
            by_pk[criterion].values |= {"facet": facet, "coding_status": status, "coding_origin": origin}

    def _keep_corrections(self, doubtful: list[Compared], notices: Findings | None) -> None:
        """Takes out of the changes what the file says as it did at the last import: it was corrected here since."""
        imported = _as_imported([one.known for one in doubtful if one.known])
        for one in doubtful:
            assert one.known is not None
            kept = [name for name, (_before, after) in one.changes.items() if imported[one.known.pk].get(name, _Absent) == after]
            if "code" in kept:
                kept += [name for name in CODED if name in one.changes]
            for name in kept:
                one.changes.pop(name, None)
            if one.known.settled:
                if one.is_changed and notices:
                    notices.add(one.row.line, "critère", one.row.text, say(_SETTLED))
                one.changes, one.new_notes = {}, ()
            elif kept and notices:
                named = ", ".join(dict.fromkeys(EXPORTED.get(name, name) for name in kept if name not in CODED)) or "codage"
                notices.add(one.row.line, named, one.row.text, say(_CORRECTED, fields=named))


_Absent = object()


def _take(left: Counter[str], text: str) -> bool:
    if left[text]:
        left[text] -= 1
        return True
    return False


def written_code(component: str, sub_component: str, sense: str, beneficiary: str) -> str:
    """A code as written, from its columns."""
    if not component:
        return ""
    return (
        component
        + (f"-{sub_component}" if sub_component else "")
        + (f"/{sense}" if sense else "")
        + (f"/{beneficiary}" if beneficiary else "")
    )


def _known_from(values: Mapping[str, Any]) -> Known:
    return Known(
        pk=values["pk"],
        values={
            "group": values["group__name"],
            "question": values["question__code"],
            "count": values["imported_count"],
            "text": values["text"],
            "language": values["language"],
            "french_text": values["french_text"],
            "code": written_code(values["component"], values["sub_component"], values["sense"], values["beneficiary"]),
            "facet": "",
            "coding_status": "",
            "coding_origin": "",
            "proposition": values["proposition__text"] or "",
            "source_created": values["source_created"],
            "source_modified": values["source_modified"],
            "said_on": values["said_on"],
        },
        settled=values["merged_into"] is not None or values["withdrawn_at"] is not None,
        batch_is_import=values["batch__kind"] == Batch.Kind.IMPORT,
        expression_count=values["expression_count"],
    )


def _add_notes(found: dict[tuple[str, str], Known]) -> None:
    by_pk = {known.pk: known for known in found.values()}
    for criterion, text in Expression.objects.live().filter(criterion__in=by_pk).order_by("pk").values_list("criterion", "text"):
        by_pk[criterion].notes = (*by_pk[criterion].notes, text)


def _as_imported(known: Iterable[Known]) -> dict[int, dict[str, Any]]:
    """Per criterion, the values it had when a file last said them, where they were changed here since."""
    by_pk = {one.pk: one for one in known}
    found: dict[int, dict[str, Any]] = {pk: {} for pk in by_pk}
    names: dict[str, dict[Any, str]] = {}
    changes = Change.objects.filter(criterion__in=by_pk, batch__state=Batch.State.APPLIED).order_by("batch", "pk")
    last_coded: dict[int, tuple[int, str]] = {}
    for criterion, batch, kind, before, after in changes.values_list("criterion", "batch", "batch__kind", "before", "after"):
        values = found[criterion]
        if kind == Batch.Kind.IMPORT:
            for column in after:
                values.pop(_FIELD_OF_COLUMN.get(column, column), None)
            if after.get("component") == "":
                last_coded[criterion] = (batch, "")
            continue
        for column, value in before.items():
            if column in _FIELD_OF_COLUMN:
                values.setdefault(_FIELD_OF_COLUMN[column], _named(column, value, names))
    codings = Coding.objects.filter(criterion__in=by_pk, batch__kind=Batch.Kind.IMPORT, batch__state=Batch.State.APPLIED)
    for criterion, batch, *parts in codings.order_by("batch", "pk").values_list(
        "criterion", "batch", "component", "sub_component", "sense", "beneficiary"
    ):
        if batch >= last_coded.get(criterion, (0, ""))[0]:
            last_coded[criterion] = (batch, written_code(*parts))
    for pk, one in by_pk.items():
        if pk in last_coded:
            found[pk]["code"] = last_coded[pk][1]
        elif one.batch_is_import:
            found[pk]["code"] = ""
    return found


def _named(column: str, value: Any, names: dict[str, dict[Any, str]]) -> Any:
    """A value of a change as the comparison holds it: groups and questions by name, dates as dates."""
    if column == "said_on":
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else value
    if column not in ("group_id", "question_id"):
        return value
    cache = names.setdefault(column, {})
    if value not in cache:
        model, name = (HomogeneousGroup, "name") if column == "group_id" else (Question, "code")
        cache[value] = model._default_manager.filter(pk=value).values_list(name, flat=True).first() or ""
    return cache[value]
