"""What importing a file would do: every row read and compared, in chunks, with everything worth saying about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from tissage.core.columns import EXPORTED
from tissage.core.importing import Finding, Findings
from tissage.core.nomenclature import Nomenclature
from tissage.core.row_reader import RowReader
from tissage.core.rows import CriterionRow
from tissage.frameworks.queries import latest_published, nomenclature_of, territory_nomenclature
from tissage.people.models import Territory

from .comparison import Base, Compared

CHUNK = 2000
SHOWN_DIFFERENCES = 500


class ListedGroup(Protocol):
    @property
    def written(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def platform(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def created_on(self) -> dt.date | None: ...


class PageLike(Protocol):
    @property
    def description(self) -> str: ...
    @property
    def platform(self) -> str: ...
    @property
    def groups(self) -> tuple[Any, ...]: ...


class SourceLike(Protocol):
    """What an import needs of a file; `exchange.sources.Source` is one."""

    @property
    def format(self) -> str: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def constants(self) -> dict[str, str]: ...
    @property
    def page(self) -> PageLike: ...
    @property
    def problems(self) -> tuple[Finding, ...]: ...
    @property
    def notices(self) -> tuple[Finding, ...]: ...
    @property
    def source_name(self) -> str: ...
    @property
    def rows(self) -> Callable[[], Iterator[Any]]: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion of the base that the file changes: field → (before, after), as a person reads them."""

    line: int
    external_id: str
    text: str
    fields: dict[str, tuple[str, str]]

    def as_dict(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "external_id": self.external_id,
            "text": self.text[:300],
            "fields": {EXPORTED.get(name, name): [before[:300], after[:300]] for name, (before, after) in self.fields.items()},
        }


@dataclass
class Plan:
    """What an import would do, in numbers, with everything worth saying about the file."""

    problems: Findings
    notices: Findings
    groups: set[str] = field(default_factory=set)
    new_groups: set[str] = field(default_factory=set)
    new_questions: set[str] = field(default_factory=set)
    criteria: int = 0
    expressions: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    unreadable: int = 0
    lines: int = 0
    differences: list[Difference] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        return {
            "groups": len(self.groups),
            "criteria": self.criteria,
            "expressions": self.expressions,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
        }

    def answer(self, slug: str) -> dict[str, Any]:
        """The documented answer of the command line."""
        answer: dict[str, Any] = {
            "territory": slug,
            **self.numbers(),
            "problems": self.problems.as_list(),
            "notices": self.notices.as_list(),
        }
        for name, findings in (("problems", self.problems), ("notices", self.notices)):
            if findings.left_out:
                answer[f"{name}_left_out"] = findings.left_out
        return answer

    def report(self) -> dict[str, Any]:
        """What is kept of it with the batch, for the preview page."""
        kept = 1000
        return {
            **self.numbers(),
            "new_groups": sorted(self.new_groups)[:kept],
            "new_questions": sorted(self.new_questions),
            "unreadable": self.unreadable,
            "lines": self.lines,
            "problems": [finding.as_kept() for finding in self.problems.in_order()[:kept]],
            "problems_total": self.problems.total,
            "notices": [finding.as_kept() for finding in self.notices.in_order()[:kept]],
            "notices_total": self.notices.total,
            "differences": [difference.as_dict() for difference in self.differences],
        }


def reader_of(source: SourceLike, base: Base, *, territory_name: str, findings_limit: int = 10_000) -> RowReader:
    """A reader of the rows of this file for this territory."""
    territory = base.territory
    if territory is not None:
        nomenclature = territory_nomenclature(territory)
    else:
        version = latest_published()
        nomenclature = nomenclature_of(version) if version else Nomenclature.of("", [])
    return RowReader(
        fields=source.fields,
        labels=source.header,
        source=source.source_name,
        nomenclature=nomenclature,
        territory_names=[name for name in (territory_name, territory.slug if territory else "") if name],
        questions=base.questions,
        constants=source.constants,
        findings_limit=findings_limit,
    )


def platform_of(source: SourceLike) -> str:
    """The name of the territory as the file says it: the platform of the page, or of the first row that has one."""
    if source.page.platform:
        return source.page.platform[:160]
    if "platform" in source.fields:
        place = source.fields.index("platform")
        for line in source.rows():
            if isinstance(line, tuple) and len(line[1]) > place and line[1][place].strip():
                return str(line[1][place]).strip()[:160]
    return ""


def chunks(source: SourceLike, reader: RowReader) -> Iterator[list[CriterionRow]]:
    """The readable rows of a file, in chunks; what cannot be read is with the reader."""
    chunk: list[CriterionRow] = []
    for line in source.rows():
        if not isinstance(line, tuple):
            reader.refuse(line.line, line.column, line.value, line.message)
            continue
        row = reader.read(*line)
        if row is not None:
            chunk.append(row)
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def compare_file(
    *, source: SourceLike, territory: Territory | None, territory_name: str, progress: Callable[[int], None] | None = None
) -> Plan:
    """Reads a whole file and says what it would do. Nothing is written."""
    base = Base(territory)
    reader = reader_of(source, base, territory_name=territory_name)
    plan = Plan(problems=reader.problems, notices=reader.notices)
    plan.problems.extend(source.problems)
    plan.notices.extend(source.notices)
    for group in source.page.groups:
        plan.groups.add(base.groups.get(group.name) or base.groups.get(group.written) or group.name)
    for chunk in chunks(source, reader):
        for one in base.compare(chunk, reader.given, plan.notices):
            _count(plan, base, one)
        if progress:
            progress(plan.criteria + reader.unreadable)
    plan.unreadable = reader.unreadable
    plan.lines = plan.criteria + plan.unreadable
    plan.new_groups = plan.groups - set(base.groups.values())
    return plan


def _count(plan: Plan, base: Base, one: Compared) -> None:
    row = one.row
    plan.groups.add(base.group(row))
    plan.criteria += 1
    plan.expressions += row.expression_count
    if row.question not in base.questions:
        plan.new_questions.add(row.question)
    if one.known is None:
        plan.created += 1
    elif not one.is_changed:
        plan.unchanged += 1
    else:
        plan.changed += 1
        if len(plan.differences) < SHOWN_DIFFERENCES:
            shown = {name: (_shown(before), _shown(after)) for name, (before, after) in one.changes.items()}
            if one.new_notes:
                shown["expressions"] = (str(len(one.known.notes)), str(len(one.known.notes) + len(one.new_notes)))
            plan.differences.append(Difference(row.line, row.external_id, one.known.values["text"], shown))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
