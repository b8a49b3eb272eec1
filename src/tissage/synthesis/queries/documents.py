"""Gathering what a printed, edited or exported synthesis holds: the same value whatever the format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.core.synthesis import Overview
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import chosen_version, nomenclature_of, territory_nomenclature
from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis

from .live import groups_of, live_lines, live_overview, live_public_overview, questions_of, selected
from .public import every_public_line, public_overview, public_rule, shown_members
from .values import Line, SynthesisDocument
from .versions import every_line, version_overview
from .wordings import Wordings, live_wordings, public_wordings, version_wordings

TEAM, PUBLIC = "team", "public"


def document_of(
    territory: Territory,
    *,
    synthesis: Synthesis | None = None,
    groups: Sequence[int] | None = None,
    questions: Sequence[str] | None = None,
    audience: str = TEAM,
    now: dt.datetime,
) -> SynthesisDocument:
    """A frozen version, or what stands now for a selection when `synthesis` is None.

    For the public a version is shown as it was published (it must be), and a live view has counts only: nothing live was
    read for publication.
    """
    if synthesis is not None:
        return _version_document(synthesis, audience, now)
    return _live_document(territory, groups, questions, audience, now)


def _version_document(synthesis: Synthesis, audience: str, now: dt.datetime) -> SynthesisDocument:
    public = audience == PUBLIC
    counts = public_overview(synthesis) if public else version_overview(synthesis)
    every = every_public_line if public else every_line

    def lines_of(component: str) -> Iterator[Line]:
        return every(synthesis, component)

    return _document(
        synthesis.territory,
        title=synthesis.title,
        audience=audience,
        counts=counts,
        version=synthesis.nomenclature,
        chosen_groups=synthesis.selection.get("groups") or None,
        chosen_questions=synthesis.selection.get("questions") or None,
        rule=public_rule(synthesis) if public else "",
        has_statements=True,
        lines_of=lines_of,
        wordings=public_wordings(synthesis, shown_members(synthesis)) if public else version_wordings(synthesis),
        made_on=_day(now),
        number=synthesis.number,
        note=synthesis.note,
        frozen_on=_day(synthesis.frozen_at) if synthesis.frozen_at else None,
        discussed_on=synthesis.discussed_on,
        validated_on=synthesis.validated_on,
        validated_present=synthesis.validated_present,
        published_on=_day(synthesis.published_at) if synthesis.published_at else None,
    )


def _live_document(
    territory: Territory, groups: Sequence[int] | None, questions: Sequence[str] | None, audience: str, now: dt.datetime
) -> SynthesisDocument:
    def lines_of(component: str) -> Iterator[Line]:
        rows = selected(territory, groups, questions).filter(component=component).select_related("group", "question").order_by("pk")
        for row in rows.iterator(chunk_size=2000):
            yield from live_lines([row])

    def no_lines(component: str) -> Iterator[Line]:
        return iter(())

    public = audience == PUBLIC
    rule = ""
    if public:
        counts, decision = live_public_overview(territory, groups, questions)
        rule = decision.rule
    else:
        counts = live_overview(territory, groups, questions)
    return _document(
        territory,
        title=gettext("Synthèse de %(territory)s") % {"territory": territory.name},
        audience=audience,
        counts=counts,
        version=chosen_version(territory),
        chosen_groups=groups,
        chosen_questions=questions,
        rule=rule,
        has_statements=not public,
        lines_of=no_lines if public else lines_of,
        wordings={} if public else live_wordings(territory, counts.cells),
        made_on=_day(now),
    )


def _document(
    territory: Territory,
    *,
    title: str,
    audience: str,
    counts: Overview,
    version: FrameworkVersion | None,
    chosen_groups: Sequence[int] | None,
    chosen_questions: Sequence[str] | None,
    rule: str,
    has_statements: bool,
    lines_of: Callable[[str], Iterator[Line]],
    wordings: Wordings,
    made_on: dt.date,
    number: int | None = None,
    note: str = "",
    **marks: Any,
) -> SynthesisDocument:
    dates: dict[str, Any] = {
        **dict.fromkeys(("frozen_on", "discussed_on", "validated_on", "validated_present", "published_on")),
        **marks,
    }
    nomenclature = nomenclature_of(version) if version else territory_nomenclature(territory)
    return SynthesisDocument(
        title=title,
        territory=territory.name,
        audience=audience,
        version=number,
        note=note,
        made_on=made_on,
        overview=counts,
        nomenclature=nomenclature,
        nomenclature_label=str(version) if version else "",
        questions=tuple(question for question in questions_of(territory) if question.code in counts.questions),
        selection=selection_words(territory, None if audience == PUBLIC else chosen_groups, chosen_questions),
        rule=rule,
        is_demonstration=territory.is_demonstration,
        has_statements=has_statements,
        components=_components(counts),
        lines_of=lines_of,
        wordings=wordings,
        **dates,
    )


def _components(counts: Overview) -> tuple[tuple[str, int], ...]:
    """Components in the order of their dimensions, « en général » first, what is not yet coded last."""
    order = {letter: position for position, letter in enumerate(counts.dimensions)}
    coded = sorted(counts.by_component.items(), key=lambda item: (order[item[0][:1]], item[0]))
    return tuple(coded) + ((("", counts.uncoded),) if counts.uncoded else ())


def selection_words(territory: Territory, groups: Sequence[int] | None, questions: Sequence[str] | None) -> str:
    """The selection in words: « tous les groupes, questions WB et IB »."""
    names = [group.name for group in groups_of(territory) if groups and group.id in groups]
    if names:
        who = ngettext("groupe %(names)s", "groupes %(names)s", len(names)) % {"names": ", ".join(f"« {name} »" for name in names)}
    else:
        who = gettext("tous les groupes")
    if not questions:
        return gettext("%(who)s, toutes les questions") % {"who": who}
    what = ngettext("question %(codes)s", "questions %(codes)s", len(questions)) % {"codes": ", ".join(questions)}
    return f"{who}, {what}"


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
