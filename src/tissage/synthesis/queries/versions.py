"""Frozen versions: their counts, their lines, their reading before publication, and how two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet

from tissage.core.nomenclature import DIMENSION, Nomenclature
from tissage.core.personal_data import find_personal_data
from tissage.core.suppression import Suppression
from tissage.core.synthesis import Cell, Group, Overview, overview
from tissage.frameworks.queries import nomenclature_of
from tissage.people.models import Territory
from tissage.synthesis.models import Reading, Synthesis, SynthesisLine

from .ground import Ground
from .live import questions_of
from .pages import PAGE_SIZE, page_of
from .values import Line, PreviousReading, Progress, ReadingLine

Decision = Reading.Decision


def versions_of(territory: Territory) -> QuerySet[Synthesis]:
    """The frozen versions of a territory, newest first. `progress_of` and `states_of` tell more of them all at once."""
    return (
        Synthesis.objects.frozen()
        .filter(territory=territory)
        .select_related("territory", "nomenclature__framework", "frozen_by", "published_by")
        .without_counts()
        .order_by("-number")
    )


def freezing_of(territory: Territory) -> QuerySet[Synthesis]:
    """Versions being frozen: nobody sees their content yet."""
    return Synthesis.objects.filter(territory=territory, frozen_at__isnull=True).without_counts().order_by("-number")


def nomenclature_of_synthesis(synthesis: Synthesis) -> Nomenclature:
    return nomenclature_of(synthesis.nomenclature)


def version_cells(synthesis: Synthesis) -> list[Cell]:
    return [Cell(*row) for row in synthesis.cube]


def version_groups(synthesis: Synthesis) -> tuple[Group, ...]:
    """The groups of the selection under the names they had when the version was frozen."""
    return tuple(Group(group["id"], group["name"]) for group in synthesis.groups)


def version_overview(synthesis: Synthesis) -> Overview:
    """The counts of a frozen version, for the team."""
    return overview(version_cells(synthesis), version_groups(synthesis), question_codes(synthesis), version_dimensions(synthesis))


def question_codes(synthesis: Synthesis) -> list[str]:
    chosen = synthesis.selection.get("questions") or []
    return [question.code for question in questions_of(synthesis.territory) if not chosen or question.code in chosen]


def version_dimensions(synthesis: Synthesis) -> tuple[str, ...]:
    return tuple(term.code for term in nomenclature_of_synthesis(synthesis).of_kind(DIMENSION))


def version_lines(
    synthesis: Synthesis,
    component: str,
    *,
    groups: Sequence[int] | None = None,
    questions: Sequence[str] | None = None,
    letter: str = "",
    page: int | str = 1,
    size: int = PAGE_SIZE,
    count: int | None = None,
) -> Page[Line]:
    """Every line of a component in a frozen version (empty: not yet coded), for the team."""
    rows = lines_of_version(synthesis).filter(component=component)
    if groups:
        rows = rows.filter(group__in=list(groups))
    if questions:
        rows = rows.filter(question__in=list(questions))
    if letter:
        rows = rows.filter(letter=letter)
    return page_of(rows, lambda found: team_lines(synthesis, found), page=page, size=size, count=count)


def lines_of_version(synthesis: Synthesis) -> QuerySet[SynthesisLine]:
    return SynthesisLine.objects.filter(synthesis=synthesis).select_related("reading", "criterion").order_by("pk")


def team_lines(synthesis: Synthesis, rows: Iterable[SynthesisLine]) -> list[Line]:
    names = {group["id"]: group["name"] for group in synthesis.groups}
    return [_team_line(row, names) for row in rows]


def _team_line(row: SynthesisLine, names: dict[int, str]) -> Line:
    reading: Reading | None = getattr(row, "reading", None)
    redacted = reading is not None and reading.decision == Decision.REDACTED
    return Line(
        id=row.pk,
        criterion=row.criterion_id,
        group=row.group_id,
        group_name=names[row.group_id],
        question=row.question,
        component=row.component,
        code=code_of(row),
        letter=row.letter,
        text=row.text,
        language=row.language,
        french_text=row.french_text,
        expressions=row.expression_count,
        decision=reading.decision if reading else "",
        reason=reading.reason if reading else "",
        public_text=reading.public_text if reading and redacted else "",
        withdrawn=row.criterion.withdrawn_at is not None,
    )


def code_of(row: Any) -> str:
    """The code of a line as written, empty while uncoded."""
    if not row.component:
        return ""
    head = row.component + (f"-{row.sub_component}" if row.sub_component else "")
    return "/".join(part for part in (head, row.sense, row.beneficiary) if part)


# --- Reading before publication -------------------------------------------------------------------------------


def publication_preview(synthesis: Synthesis) -> Suppression:
    """What publishing this version now would show of its groups, and why it would leave some out."""
    return decision_on(synthesis, Ground.of(synthesis.territory))


def decision_on(synthesis: Synthesis, ground: Ground) -> Suppression:
    return ground.decide({group["id"]: group["criteria"] for group in synthesis.groups}, [group["id"] for group in synthesis.groups])


def speaking(decision: Suppression) -> Q:
    """Lines whose words would go out under this decision: (group, question) of the blocks that may speak."""
    condition = Q(pk__in=[])
    for block in decision.blocks:
        for question, groups in block.statements.items():
            condition |= Q(question=question, group__in=sorted(groups))
    return condition


def lines_to_read(
    synthesis: Synthesis,
    *,
    group: int | None = None,
    component: str | None = None,
    state: str = "unread",
    page: int | str = 1,
    size: int = PAGE_SIZE,
    decision: Suppression | None = None,
) -> Page[ReadingLine]:
    """Lines that would go out, with what may betray somebody pointed out. `state`: unread, all, published, redacted, withheld.

    Lines of groups that keep their words to themselves, or too small to be shown, are not here: they go nowhere.
    """
    decision = decision or publication_preview(synthesis)
    count = None
    if group is None and component is None:
        count = _counted(_progress(synthesis, _read_counts([synthesis])[synthesis.pk], decision), state)
    rows = lines_of_version(synthesis).filter(speaking(decision))
    if group is not None:
        rows = rows.filter(group=group)
    if component is not None:
        rows = rows.filter(component=component)
    if state == "unread":
        rows = rows.filter(reading__isnull=True)
    elif state != "all":
        rows = rows.filter(reading__decision=state)
    return page_of(rows.order_by("component", "pk"), lambda found: reading_lines(synthesis, list(found)), page=page, size=size, count=count)


def _counted(progress: Progress, state: str) -> int:
    """How many lines stand in a state: the progress knows, and counting them again is long in a large version."""
    counts = {"unread": progress.left, "all": progress.total, "published": progress.published, "redacted": progress.redacted}
    return counts.get(state, progress.withheld)


def reading_lines(synthesis: Synthesis, rows: Sequence[SynthesisLine]) -> list[ReadingLine]:
    earlier = previous_readings(synthesis, [row.pk for row in rows])
    return [
        ReadingLine(line, find_personal_data(line.text), find_personal_data(line.french_text), earlier.get(line.id))
        for line in team_lines(synthesis, rows)
    ]


def previous_version(synthesis: Synthesis) -> Synthesis | None:
    older = Synthesis.objects.frozen().filter(territory=synthesis.territory_id, number__lt=synthesis.number)
    return older.order_by("-number").first()


def previous_readings(synthesis: Synthesis, lines: Sequence[int]) -> dict[int, PreviousReading]:
    """By line: how the version before read the same criterion, when neither its words nor its group changed."""
    older = previous_version(synthesis)
    if older is None:
        return {}
    rows = {row.criterion_id: row for row in SynthesisLine.objects.filter(synthesis=synthesis, pk__in=lines)}
    readings = Reading.objects.filter(line__synthesis=older, line__criterion__in=rows).select_related("line", "read_by")
    found = {}
    for reading in readings:
        row = rows[reading.line.criterion_id]
        if (row.text, row.french_text, row.group_id) == (reading.line.text, reading.line.french_text, reading.line.group_id):
            reader = str(reading.read_by) if reading.read_by else ""
            found[row.pk] = PreviousReading(older.number, reading.decision, reading.public_text, reading.reason, reader, reading.read_at)
    return found


def reading_progress(synthesis: Synthesis) -> Progress:
    """How far the reading is, over the lines that would go out."""
    return progress_of([synthesis])[synthesis.pk]


def progress_of(versions: Sequence[Synthesis]) -> dict[int, Progress]:
    """The same for several versions, by their key, in a number of queries that does not grow. Their territories are loaded."""
    grounds = Ground.of_each(version.territory for version in versions)
    read = _read_counts(versions)
    return {version.pk: _progress(version, read[version.pk], decision_on(version, grounds[version.territory_id])) for version in versions}


def _read_counts(versions: Sequence[Synthesis]) -> dict[int, list[tuple[int, str, str, int]]]:
    """By version: readings by group, question and decision."""
    axes = ("line__synthesis", "line__group", "line__question", "decision")
    rows = Reading.objects.filter(line__synthesis__in=versions).order_by(*axes).values_list(*axes).annotate(count=Count("pk"))
    read: dict[int, list[tuple[int, str, str, int]]] = {version.pk: [] for version in versions}
    for synthesis, group, question, outcome, count in rows:
        read[synthesis].append((group, question, outcome, count))
    return read


def _progress(version: Synthesis, read: Iterable[tuple[int, str, str, int]], decision: Suppression) -> Progress:
    """Totals are those the version remembers: only readings are counted in the database."""
    totals: dict[int, int] = {}
    for group in version.groups:
        speaks = sum(count for asked, count in group["criteria"].items() if decision.speaking_block(group["id"], asked))
        if speaks:
            totals[group["id"]] = speaks
    outcomes: dict[str, int] = {}
    done: dict[int, int] = {}
    for group_id, question, outcome, count in read:
        if decision.speaking_block(group_id, question):
            outcomes[outcome] = outcomes.get(outcome, 0) + count
            done[group_id] = done.get(group_id, 0) + count
    return Progress(
        total=sum(totals.values()),
        published=outcomes.get(Decision.PUBLISHED, 0),
        redacted=outcomes.get(Decision.REDACTED, 0),
        withheld=outcomes.get(Decision.WITHHELD, 0),
        by_group={key: (done.get(key, 0), total) for key, total in totals.items()},
    )


def every_line(synthesis: Synthesis, component: str) -> Iterator[Line]:
    """All the lines of a component, read from the database as they are asked for."""
    names = {group["id"]: group["name"] for group in synthesis.groups}
    for row in lines_of_version(synthesis).filter(component=component).iterator(chunk_size=2000):
        yield _team_line(row, names)
