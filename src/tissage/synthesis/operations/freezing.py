"""Freezing: version N of a selection of voices, whole or not at all.

Up to `AT_ONCE` lines it is one transaction. Beyond, lines are copied in small transactions by a background task, so that no
other writer waits; what moved meanwhile is brought up to date, and a last short transaction, if nothing moved since, counts and
sets `frozen_at`. Until then nobody sees the version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection, models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext

from tissage.frameworks.operations import spiral_version
from tissage.frameworks.queries import chosen_version
from tissage.people.models import Entry, Territory, User
from tissage.people.operations import record
from tissage.synthesis.models import Synthesis, SynthesisLine
from tissage.synthesis.queries import Ground, live_cube, selected
from tissage.synthesis.queries.ground import counts_by_group
from tissage.synthesis.queries.wordings import wordings_asked
from tissage.voices.models import Batch, Change, Criterion, HomogeneousGroup, Question

from .refusals import SynthesisRefused

AT_ONCE = 5_000
CHUNK = 5_000
ATTEMPTS = 4


@transaction.atomic
def freeze_synthesis(
    *,
    territory: Territory,
    title: str,
    note: str = "",
    groups: Sequence[int] = (),
    questions: Sequence[str] = (),
    by: User | None,
    now: dt.datetime,
) -> Synthesis:
    """Makes the next version of a selection (none named: all of them).

    Raises `SynthesisRefused` without a title, on a group or question of elsewhere, and when the selection holds no criterion.
    Over 5,000 criteria the version comes back unfrozen and a task goes on with it.
    """
    if not title.strip():
        raise SynthesisRefused(gettext("Donnez un titre à cette version."))
    groups, questions = sorted(set(groups)), sorted(set(questions))
    _check_selection(territory, groups, questions)
    count = selected(territory, groups, questions).count()
    if not count:
        raise SynthesisRefused(gettext("Cette sélection ne contient aucun critère : il n’y a rien à figer."))
    Territory.objects.select_for_update().get(pk=territory.pk)  # numbers follow each other, whoever freezes at the same moment
    last = Synthesis.objects.filter(territory=territory).aggregate(last=Max("number"))["last"] or 0
    synthesis = Synthesis.objects.create(
        territory=territory,
        number=last + 1,
        title=title.strip(),
        note=note.strip(),
        nomenclature=chosen_version(territory) or spiral_version(now=now),
        selection={"groups": groups, "questions": questions},
        lines_total=count,
        started_at=now,
        frozen_by=by,
    )
    if count <= AT_ONCE:
        _copy_lines(synthesis, _chosen(synthesis))
        _seal(synthesis, now)
    else:
        from tissage.synthesis.tasks import continue_freezing

        transaction.on_commit(lambda: continue_freezing.enqueue(synthesis.pk))
    return synthesis


def continue_freezing_lines(*, synthesis_id: int, now: dt.datetime) -> None:
    """Copies the lines of a large version chunk by chunk, then seals it. Started again after a stop, it goes on; done, it does nothing."""
    after = SynthesisLine.objects.filter(synthesis=synthesis_id).aggregate(last=Max("criterion"))["last"] or 0
    while True:
        with transaction.atomic():
            waiting = Synthesis.objects.select_related("territory").select_for_update(of=("self",))
            synthesis = waiting.filter(pk=synthesis_id, frozen_at__isnull=True).first()
            if synthesis is None:
                return  # cancelled, or frozen already
            chunk = _chosen(synthesis).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK]
            keys = list(chunk)
            if not keys:
                break
            _copy_lines(synthesis, _chosen(synthesis).filter(pk__gt=after, pk__lte=keys[-1]))
            Synthesis.objects.filter(pk=synthesis_id).update(lines_done=F("lines_done") + len(keys))
            after = keys[-1]
    for attempt in range(ATTEMPTS):
        seen = _mark_of(synthesis.territory)
        _bring_up_to_date(synthesis)
        with transaction.atomic():
            current = (
                Synthesis.objects.select_related("territory", "frozen_by").select_for_update(of=("self",)).filter(pk=synthesis_id).first()
            )
            if current is None or current.frozen_at is not None:
                return
            if seen == _mark_of(current.territory):
                _seal(current, now)
                return
            if attempt == ATTEMPTS - 1:  # the base never rests: the last comparison is made while everybody waits
                _bring_up_to_date(current)
                _seal(current, now)


def _mark_of(territory: Territory) -> tuple[object, ...]:
    """Something that moves whenever the criteria of a territory do: every act is a batch, a change of one, or a journal entry."""
    return (
        Entry.objects.filter(territory=territory).aggregate(last=Max("pk"))["last"],
        Batch.objects.filter(territory=territory).aggregate(last=Max("pk"))["last"],
        Batch.objects.filter(territory=territory).aggregate(applied=Max("applied_at"), undone=Max("undone_at")),
        Change.objects.filter(batch__territory=territory).aggregate(last=Max("pk"))["last"],
    )


@transaction.atomic
def cancel_freezing(*, synthesis: Synthesis, by: User | None, now: dt.datetime) -> None:
    """Gives up a version that is being frozen; its number serves again. Raises `SynthesisRefused` once it is frozen."""
    current = Synthesis.objects.select_for_update().filter(pk=synthesis.pk).first()
    if current is None:
        return
    if current.frozen_at is not None:
        raise SynthesisRefused(gettext("Cette version est figée : elle ne s’efface plus."))
    record(verb="synthesis.cancel_freezing", by=by, territory=current.territory, on=current, now=now)
    SynthesisLine.objects.filter(synthesis=current).delete()
    current.delete()


def _check_selection(territory: Territory, groups: Sequence[int], questions: Sequence[str]) -> None:
    known = set(HomogeneousGroup.objects.live().filter(territory=territory, pk__in=groups).values_list("pk", flat=True))
    if known != set(groups):
        raise SynthesisRefused(gettext("Un des groupes choisis n’est pas dans ce territoire. Choisissez à nouveau."))
    asked = set(Question.objects.filter(territory=territory, code__in=questions).values_list("code", flat=True))
    unknown = sorted(set(questions) - asked)
    if unknown:
        raise SynthesisRefused(gettext("Question inconnue dans ce territoire : %(codes)s.") % {"codes": ", ".join(unknown)})


def _chosen(synthesis: Synthesis) -> QuerySet[Criterion]:
    return selected(synthesis.territory, synthesis.selection["groups"], synthesis.selection["questions"])


COPIED = (
    "group_id",
    "component",
    "sub_component",
    "sense",
    "letter",
    "beneficiary",
    "text",
    "language",
    "french_text",
    "expression_count",
)


def _copy_lines(synthesis: Synthesis, criteria: QuerySet[Criterion]) -> None:
    """Copies criteria into lines inside the database: no row travels through Python."""
    key = Value(synthesis.pk, output_field=models.BigIntegerField())
    rows = criteria.order_by("pk").annotate(into=key, asked=F("question__code")).values_list("into", "pk", "asked", *COPIED)
    sql, parameters = rows.query.sql_with_params()
    columns = ", ".join(connection.ops.quote_name(name) for name in ("synthesis_id", "criterion_id", "question", *COPIED))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(SynthesisLine._meta.db_table)} ({columns}) {sql}", parameters)


def _bring_up_to_date(synthesis: Synthesis) -> None:
    """Lines as the base stands at this very moment: what went is dropped, what changed or came is copied again."""
    criteria, lines = _chosen(synthesis), SynthesisLine.objects.filter(synthesis=synthesis)
    alike = Q(criterion=OuterRef("pk"), question=OuterRef("question__code"))
    for name in COPIED:
        alike &= Q(**{name: OuterRef(name)})
    stale = criteria.exclude(Exists(lines.filter(alike)))
    keys = list(stale.order_by("pk").values_list("pk", flat=True))
    gone = list(lines.exclude(Exists(criteria.filter(pk=OuterRef("criterion")))).order_by("pk").values_list("pk", flat=True))
    for part in _parts(gone):
        lines.filter(pk__in=part).delete()
    for part in _parts(keys):
        with transaction.atomic():
            lines.filter(criterion__in=part).delete()
            _copy_lines(synthesis, criteria.filter(pk__in=part))


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """A few hundred at a time: each is a short transaction of its own."""
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _seal(synthesis: Synthesis, now: dt.datetime) -> None:
    """Counts, remembers the groups and the rule of suppression of the moment, and freezes."""
    cells = live_cube(synthesis.territory, synthesis.selection["groups"], synthesis.selection["questions"])
    ground = Ground.of(synthesis.territory)
    chosen = synthesis.selection["groups"]
    groups = [group for group in ground.groups.values() if not chosen or group.pk in chosen]
    synthesis.cube = [list(cell) for cell in cells]
    counts = counts_by_group(cells)
    synthesis.groups = _remembered(groups, counts)
    synthesis.wordings = [list(one) for one in wordings_asked(synthesis.territory, cells)]
    synthesis.suppression = ground.decide(counts, chosen).as_json()
    synthesis.lines_total = synthesis.lines_done = sum(cell.criteria for cell in cells)
    synthesis.frozen_at = now
    synthesis.save(update_fields=["cube", "groups", "wordings", "suppression", "lines_total", "lines_done", "frozen_at"])
    record(
        verb="synthesis.freeze_synthesis",
        by=synthesis.frozen_by,
        territory=synthesis.territory,
        on=synthesis,
        numbers={"criteria": synthesis.lines_total},
        now=now,
    )


def _remembered(groups: Iterable[HomogeneousGroup], counts: Mapping[int, Mapping[str, int]]) -> list[dict[str, object]]:
    return [
        {
            "id": group.pk,
            "name": group.name,
            "public_name": group.public_name,
            "participants": group.participants_count,
            "consent": group.consent,
            "criteria": counts.get(group.pk, {}),
        }
        for group in sorted(groups, key=lambda group: (group.name, group.pk))
    ]
