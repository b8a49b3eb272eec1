"""Writing many rows under a batch nobody sees yet: small transactions, plain SQL, bounded memory."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from tissage.core.codes import Code
from tissage.core.criteria import code_columns
from tissage.core.folding import fold
from tissage.core.guids import coder_guid
from tissage.core.rows import CriterionRow
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import SPIRAL, chosen_version
from tissage.people.models import Membership, Territory
from tissage.voices.models import Batch, Change, Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question

from .comparison import Base, Compared
from .plans import ListedGroup

_CRITERION = (
    "group_id", "question_id", "source", "external_id", "text", "search", "sort_key", "language", "french_text", "imported_count",
    "expression_count", "dimension", "component", "sub_component", "letter", "sense", "beneficiary", "proposition_id", "source_created",
    "source_modified", "said_on",
)  # fmt: skip
_CODING = (
    "criterion_id",
    "component",
    "sub_component",
    "sense",
    "beneficiary",
    "facet",
    "version_id",
    "origin",
    "status",
    "coder_id",
    "coded_at",
    "memo",
)
_EXPRESSION = ("group_id", "question_id", "criterion_id", "text", "language", "french_text")
_CACHED_PROPOSITIONS, _MOST_PROPOSITIONS = 20_000, 60_000


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], constants: dict[str, Any]) -> None:
    """Inserts tuples of plain values, one per column name (`group_id`…); other columns take `constants` or the field's default."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields if not field.primary_key}
    fixed = {name: constants[name] if name in constants else field.get_default() for name, field in fields.items() if name not in columns}
    prepared = tuple(fields[name].get_db_prep_save(value, connection) for name, value in fixed.items())
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(fields[name].column)) for name in (*columns, *fixed))
    marks = ", ".join(["%s"] * (len(columns) + len(fixed)))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", [(*row, *prepared) for row in rows])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk ready to be written: tuples for new rows (a coding or None beside each), and the rows that change."""

    rows: list[CriterionRow]
    criteria: list[tuple[Any, ...]]
    codings: list[tuple[Any, ...] | None]
    changed: list[Compared]


class Stage:
    """The hidden side of an import: what it needs to find or make, and where its last row stands."""

    def __init__(self, *, batch: Batch, base: Base, now: dt.datetime) -> None:
        assert base.territory is not None
        self.batch, self.base, self.now, self.territory = batch, base, now, base.territory
        self.groups: dict[str, int] = {}
        self.questions: dict[str, int] = dict(Question.objects.filter(territory=self.territory).values_list("code", "pk"))
        self.propositions: dict[tuple[str, str, str], int] | None = None
        version = chosen_version(self.territory)
        self.version = version.pk if version else None
        self.versions = {str(one): one.pk for one in FrameworkVersion.objects.filter(framework__slug=SPIRAL).select_related("framework")}
        self.new_questions: list[int] = []
        self.coders: dict[str, int] | None = None
        self.moment = _moment(now)
        self.codes: dict[Code | None, tuple[str, ...]] = {}
        self.last = 0

    def write_groups(self, listed: Iterable[ListedGroup]) -> None:
        """The groups of the page's own list, with their dates."""
        for group in listed:
            name = self.base.groups.get(group.name) or self.base.groups.get(group.written) or group.name
            self._group(name, written=group.written, language=group.language, created_on=group.created_on)

    def prepare(self, compared: Sequence[Compared]) -> Prepared:
        """Everything that can be done before the lock: groups, questions and propositions found or made, rows as tuples."""
        self._find_propositions([one.row for one in compared if one.known is None or one.is_changed])
        born = [one.row for one in compared if one.known is None]
        return Prepared(
            rows=born,
            criteria=[self._criterion(row) for row in born],
            codings=[self._coding(row) if row.code else None for row in born],
            changed=[one for one in compared if one.is_changed],
        )

    def write(self, prepared: Prepared) -> None:
        """Writes a chunk; to be called inside a transaction, as short as can be."""
        if prepared.criteria:
            self._insert(prepared)
        if prepared.changed:
            self._stage_changes(prepared.changed)

    def _insert(self, prepared: Prepared) -> None:
        fixed = {"territory_id": self.territory.pk, "batch_id": self.batch.pk, "recorded_at": self.now}
        insert_rows(Criterion, _CRITERION, prepared.criteria, fixed)
        born = list(Criterion.objects.filter(batch=self.batch, pk__gt=self.last).order_by("pk").values_list("pk", flat=True))
        assert len(born) == len(prepared.criteria)
        self.last = born[-1]
        codings = [(pk, *coding) for pk, coding in zip(born, prepared.codings, strict=True) if coding]
        insert_rows(Coding, _CODING, codings, {"batch_id": self.batch.pk})
        self._insert_notes(
            [
                (criterion[0], criterion[1], pk, note.text, note.language, note.french_text)
                for pk, criterion, row in zip(born, prepared.criteria, prepared.rows, strict=True)
                for note in row.expressions
            ]
        )

    def _insert_notes(self, notes: list[tuple[Any, ...]]) -> None:
        if notes:
            fixed = {"territory_id": self.territory.pk, "batch_id": self.batch.pk, "recorded_at": self.now}
            insert_rows(Expression, _EXPRESSION, notes, fixed)

    def _criterion(self, row: CriterionRow) -> tuple[Any, ...]:
        code = self.codes.get(row.code)
        if code is None:
            code = self.codes[row.code] = tuple(code_columns(row.code).values())
        return (
            self._group_of(row),
            self._question(row),
            row.source,
            row.external_id,
            row.text,
            row.search,
            row.sort_key,
            row.language,
            row.french_text,
            row.count,
            row.expression_count,
            *code,
            self._proposition(row),
            row.source_created,
            row.source_modified,
            connection.ops.adapt_datefield_value(row.said_on) if row.said_on else None,
        )

    def _coding(self, row: CriterionRow) -> tuple[Any, ...]:
        assert row.code is not None
        code = row.code
        return (
            code.object, code.sub_component, code.sense, code.beneficiary, row.facet, self.versions.get(row.nomenclature, self.version),
            row.coding_origin or Coding.Origin.IMPORTED, row.coding_status or Coding.Status.IMPORTED,
            self._coder(row.coder) if row.coder else None, _moment(row.coded_at) if row.coded_at else self.moment, row.memo,
        )  # fmt: skip

    def _coder(self, said: str) -> int | None:
        """The member of the territory a file names, by the first of its lines that tells one; None for anybody else."""
        if self.coders is None:
            self.coders = members_by_name(self.territory)
        return next((self.coders[line] for line in said.split("\n") if line in self.coders), None)

    # --- Rows that were there -----------------------------------------------------------------------------------

    def _stage_changes(self, changed: Sequence[Compared]) -> None:
        """Remembers what will change; the new codings wait, superseded, until the batch is applied."""
        columns: dict[int, dict[str, Any]] = {values["pk"]: dict(values) for values in Criterion.objects.filter(pk__in=[one.known.pk for one in changed if one.known]).values(
            "pk", "group_id", "question_id", "text", "search", "sort_key", "language", "french_text", "imported_count", "expression_count",
            "dimension", "component", "sub_component", "letter", "sense", "beneficiary", "proposition_id", "source_created",
            "source_modified", "said_on",
        )}  # fmt: skip
        changes, codings, notes = [], [], []
        for one in changed:
            assert one.known is not None
            row, pk = one.row, one.known.pk
            before = columns[pk]
            after = {name: value for name, value in self._after(one, before).items() if before[name] != value}
            recoded = "code" in one.changes or any(name in one.changes for name in ("facet", "coding_status", "coding_origin"))
            old = {name: before[name] for name in after}
            if recoded:
                old["coding_id"], after["coding_id"] = one.known.coding, None
                if row.code:
                    codings.append((pk, *self._coding(row)))
            changes.append(Change(batch=self.batch, criterion_id=pk, before=_plain(old), after=_plain(after)))
            group, question = after.get("group_id", before["group_id"]), after.get("question_id", before["question_id"])
            notes += [(group, question, pk, note.text, note.language, note.french_text) for note in one.new_notes]
        Change.objects.bulk_create(changes)
        if codings:
            insert_rows(Coding, _CODING, codings, {"batch_id": self.batch.pk, "superseded_at": self.now})
        self._insert_notes(notes)

    def _after(self, one: Compared, before: dict[str, Any]) -> dict[str, Any]:
        row, changes = one.row, one.changes
        after: dict[str, Any] = {}
        if "group" in changes:
            after["group_id"] = self._group_of(row)
        if "question" in changes:
            after["question_id"] = self._question(row)
        for name in ("text", "language", "french_text", "source_created", "source_modified", "said_on"):
            if name in changes:
                after[name] = changes[name][1]
        if "text" in changes or "french_text" in changes:
            after["search"], after["sort_key"] = row.search, row.sort_key
        linked = before["expression_count"] - before["imported_count"] + len(one.new_notes)
        after["imported_count"] = row.count if "count" in changes else before["imported_count"]
        after["expression_count"] = after["imported_count"] + linked
        if "code" in changes:
            after |= code_columns(row.code)
        if "proposition" in changes or ("code" in changes and row.proposition):
            after["proposition_id"] = self._proposition(row)
        return after

    # --- What rows point to -------------------------------------------------------------------------------------

    def _group_of(self, row: CriterionRow) -> int:
        name = self.base.group(row)
        return self.groups.get(name) or self._group(name, written=row.group_written)

    def _group(self, name: str, *, written: str, language: str = "", created_on: dt.date | None = None) -> int:
        if name not in self.groups:
            group, _ = HomogeneousGroup.objects.get_or_create(
                territory=self.territory,
                name=name,
                defaults={"source_name": written, "language": language, "created_on": created_on, "batch": self.batch},
            )
            if group.batch_id not in (None, self.batch.pk) and group.batch and group.batch.state != Batch.State.APPLIED:
                # Left hidden by an import that was undone: it comes back with this one.
                HomogeneousGroup.objects.filter(pk=group.pk).update(batch=self.batch)
            self.groups[name] = group.pk
        return self.groups[name]

    def _question(self, row: CriterionRow) -> int:
        if row.question not in self.questions:
            question, created = Question.objects.get_or_create(
                territory=self.territory,
                code=row.question,
                defaults={"title": row.question, "wording": row.question_wording, "position": len(self.questions)},
            )
            self.questions[row.question] = question.pk
            if created:
                self.new_questions.append(question.pk)
        return self.questions[row.question]

    def _proposition(self, row: CriterionRow) -> int | None:
        return self.propositions[_proposition_key(row)] if row.proposition and self.propositions is not None else None

    def _find_propositions(self, rows: list[CriterionRow]) -> None:
        """Finds or makes the propositions of a chunk, by exact wording within component and sense."""
        wanted = {_proposition_key(row): row for row in rows if row.proposition}
        if self.propositions is None or len(self.propositions) > _MOST_PROPOSITIONS:
            self.propositions = {}
            self._remember(Proposition.objects.filter(territory=self.territory).order_by("-pk")[:_CACHED_PROPOSITIONS])
        missing = [key for key in wanted if key not in self.propositions]
        for start in range(0, len(missing), 200):
            keys = missing[start : start + 200]
            found = Proposition.objects.filter(territory=self.territory, text__in={key[2] for key in keys})
            self._remember(found.filter(component__in={key[0] for key in keys}).order_by("pk"))
        absent = [key for key in missing if key not in self.propositions]
        if absent:
            last = Proposition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            born = [(*key, wanted[key].proposition_corrected) for key in absent]
            insert_rows(Proposition, ("component", "sense", "text", "corrected_text"), born, {"territory_id": self.territory.pk})
            self._remember(Proposition.objects.filter(territory=self.territory, pk__gt=last).order_by("pk"))

    def _remember(self, found: models.QuerySet[Proposition]) -> None:
        assert self.propositions is not None
        for pk, component, sense, text in found.values_list("pk", "component", "sense", "text"):
            self.propositions[component, sense, text] = pk


def _proposition_key(row: CriterionRow) -> tuple[str, str, str]:
    return (row.code.object if row.code else "", row.code.sense if row.code else "", row.proposition)


def members_by_name(territory: Territory) -> dict[str, int]:
    """What a file may call each member of a territory (identifier made from the address, address, name once folded) → account.

    A name that two members share tells nobody.
    """
    members = Membership.objects.open().filter(territory=territory).order_by("user").values_list("user", "user__email", "user__name")
    found: dict[str, int] = {}
    shared = Counter(fold(name) for _pk, _email, name in members)
    for pk, _email, name in members:
        if shared[fold(name)] == 1 and name.strip():
            found[fold(name)] = pk
    for pk, email, _name in members:
        found[fold(email)] = found[coder_guid(email)] = pk
    return found


def _moment(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


# --- Applying and reverting changes -----------------------------------------------------------------------------

_SLICE = 1000


class ChangedMeanwhile(Exception):
    """A criterion no longer holds what was read of it."""

    def __init__(self, criterion: int) -> None:
        super().__init__(criterion)
        self.criterion = criterion


def apply_changes(batch: Batch, *, now: dt.datetime) -> None:
    """Gives rows the values that were staged. Inside the transaction that makes the batch visible. Raises `ChangedMeanwhile`."""
    for changes in _sliced(batch):
        _write(changes, expected="before", wanted="after")
        recoded = [change.criterion_id for change in changes if "coding_id" in change.after]
        if recoded:
            Coding.objects.filter(criterion__in=recoded, superseded_at__isnull=True).update(superseded_at=now)
            Coding.objects.filter(criterion__in=recoded, batch=batch).update(superseded_at=None)


def revert_changes(batch: Batch, *, now: dt.datetime) -> int:
    """The inverse of `apply_changes`; gives how many criteria took their earlier values again. Raises `ChangedMeanwhile`."""
    count = 0
    for changes in _sliced(batch):
        _write(changes, expected="after", wanted="before")
        recoded = [change.criterion_id for change in changes if "coding_id" in change.after]
        if recoded:
            Coding.objects.filter(criterion__in=recoded, superseded_at__isnull=True).update(superseded_at=now)
            had = [change.before["coding_id"] for change in changes if change.before.get("coding_id")]
            Coding.objects.filter(pk__in=had).update(superseded_at=None)
        count += len(changes)
    return count


def _sliced(batch: Batch) -> Iterable[list[Change]]:
    last = 0
    while changes := list(Change.objects.filter(batch=batch, pk__gt=last).order_by("pk")[:_SLICE]):
        yield changes
        last = changes[-1].pk


def _write(changes: list[Change], *, expected: str, wanted: str) -> None:
    by_columns: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        by_columns.setdefault(tuple(sorted(name for name in change.after if name != "coding_id")), []).append(change)
    fields = {field.attname: field for field in Criterion._meta.local_concrete_fields}
    quote = connection.ops.quote_name
    for columns, group in by_columns.items():
        if not columns:
            continue
        now_there = {
            pk: values
            for pk, *values in Criterion.objects.filter(pk__in=[change.criterion_id for change in group]).values_list("pk", *columns)
        }
        rows = []
        for change in group:
            said, take = getattr(change, expected), getattr(change, wanted)
            if _plain(dict(zip(columns, now_there[change.criterion_id], strict=True))) != {name: said[name] for name in columns}:
                raise ChangedMeanwhile(change.criterion_id)
            rows.append((*(_stored(fields[name], take[name]) for name in columns), change.criterion_id))
        assignments = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in columns)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {quote(Criterion._meta.db_table)} SET {assignments} WHERE id = %s", rows)


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(field.to_python(value) if isinstance(field, models.DateField) else value, connection)
