"""What the queries of this app give: plain values, for screens, documents and data alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tissage.core.nomenclature import Nomenclature
from tissage.core.personal_data import Finding
from tissage.core.synthesis import Overview

if TYPE_CHECKING:
    from tissage.synthesis.models import Synthesis


@dataclass(frozen=True, slots=True)
class QuestionValue:
    code: str
    title: str
    wording: str
    side: str


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as it may be shown to the audience it was gathered for.

    Team: `id` is the criterion's (live) or the line's (version), `group` the group's; `text` is what the resident
    said, `public_text` what the public reads in its place when redacted; `decision` is empty while unread.
    Public: `id` and `criterion` are 0 (their order would tell groups apart), `group` and `group_name` are the block's.
    """

    id: int
    criterion: int
    group: int
    group_name: str
    question: str
    component: str
    code: str
    letter: str
    text: str
    language: str
    french_text: str
    expressions: int
    decision: str = ""
    reason: str = ""
    public_text: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PreviousReading:
    """How the same words of the same group were read in the version before."""

    version: int
    decision: str
    public_text: str
    reason: str
    read_by: str
    read_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A line before its reader: what may betray somebody, in the words and in the French wording; what was decided before."""

    line: Line
    findings: tuple[Finding, ...]
    french_findings: tuple[Finding, ...]
    previous: PreviousReading | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Reading before publication, over the lines that would go out. `by_group`: group id → (read, total)."""

    total: int
    published: int
    redacted: int
    withheld: int
    by_group: dict[int, tuple[int, int]]

    @property
    def read(self) -> int:
        return self.published + self.redacted + self.withheld

    @property
    def left(self) -> int:
        return self.total - self.read


@dataclass(frozen=True, slots=True)
class PublicState:
    """Where a version stands before the public.

    `state`: unpublished, published, replaced (a newer one stands), notice (something in it may no longer be shown: `reason`
    says so to the public, without saying what), withdrawn. `newer` is the newest publication in force, when it is another.
    """

    state: str
    reason: str = ""
    newer: Synthesis | None = None

    @property
    def may_be_shown(self) -> bool:
        return self.state in ("published", "replaced")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a territory page. For the public: those of the publication in force, `version` and `on` say which."""

    criteria: int
    expressions: int
    groups: int
    groups_heard: int
    uncoded: int
    in_general: int
    by_question: dict[str, int]
    by_dimension: dict[str, int]
    loose_expressions: int = 0
    version: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person on a version."""

    synthesis: Synthesis
    what: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class SynthesisDocument:
    """All that a printed synthesis holds. `components` are (code, criteria) in the order of print, « » (not yet coded) last.

    `lines_of(component)` gives every line of a component in a stable order, read from the database as it goes.
    `wordings`: by question, its wordings when it was put in several.
    A public view without readings has counts only: `has_statements` is False.
    """

    title: str
    territory: str
    audience: str
    version: int | None
    note: str
    made_on: dt.date
    frozen_on: dt.date | None
    discussed_on: dt.date | None
    validated_on: dt.date | None
    validated_present: int | None
    published_on: dt.date | None
    overview: Overview
    nomenclature: Nomenclature
    nomenclature_label: str
    questions: tuple[QuestionValue, ...]
    selection: str
    rule: str
    is_demonstration: bool
    has_statements: bool
    components: tuple[tuple[str, int], ...]
    lines_of: Callable[[str], Iterator[Line]]
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        for component, _ in self.components:
            yield from self.lines_of(component)
