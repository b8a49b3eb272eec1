"""What anybody may read: published versions only, never the live base, never the original of a redacted text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext, ngettext

from tissage.core.suppression import Suppression
from tissage.core.synthesis import Cell, Overview, overview
from tissage.frameworks.queries import shipped_questions
from tissage.people.models import Territory
from tissage.synthesis.models import Reading, Synthesis, SynthesisLine
from tissage.voices.models import HomogeneousGroup

from .ground import Ground
from .pages import PAGE_SIZE, page_of
from .values import Line, PublicState
from .versions import code_of, decision_on, progress_of, question_codes, version_dimensions

OUTGOING = (Reading.Decision.PUBLISHED, Reading.Decision.REDACTED)


def publications_of(territory: Territory) -> QuerySet[Synthesis]:
    """Publications in force or replaced, newest first; whether each may still be shown, `states_of` says."""
    return (
        Synthesis.objects.published()
        .without_counts()
        .filter(territory=territory)
        .select_related("territory", "nomenclature__framework")
        .order_by("-number")
    )


def latest_published(territory: Territory) -> Synthesis | None:
    """The newest publication that may be shown now, or None."""
    publications = list(publications_of(territory))
    states = states_of(publications)
    return next((one for one in publications if states[one.pk].may_be_shown), None)


def publications_in_force(territories: Iterable[Territory]) -> list[Synthesis]:
    """For each territory, its newest publication that may be shown now, in the order given; in a number of queries that does not grow."""
    places = list(territories)
    newest: dict[int, Synthesis] = {}
    for one, reason, _withdrawn in _publications_of_each(places):
        if one.territory_id not in newest and not reason:
            newest[one.territory_id] = one
    return [newest[place.pk] for place in places if place.pk in newest]


def publications_given_way(territories: Iterable[Territory]) -> list[tuple[Synthesis, str, int]]:
    """For each territory whose newest publication gives way to a notice: that version, the reason, how many lines were taken back."""
    newest: dict[int, tuple[Synthesis, str, int]] = {}
    for one, reason, withdrawn in _publications_of_each(list(territories)):
        newest.setdefault(one.territory_id, (one, reason, withdrawn))
    return [each for each in newest.values() if each[1]]


def _publications_of_each(places: Sequence[Territory]) -> Iterator[tuple[Synthesis, str, int]]:
    """Publications newest first, each with why it is not shown (empty when it is) and its lines taken back since."""
    published = list(
        Synthesis.objects.published()
        .without_counts()
        .filter(territory__in=places)
        .select_related("territory", "nomenclature__framework")
        .order_by("-number")
    )
    withdrawn, grounds = withdrawn_lines(published), Ground.of_each(places)
    for one in published:
        lines = withdrawn.get(one.pk, 0)
        yield one, _why_not_shown(one, grounds[one.territory_id], lines), lines


def public_state(synthesis: Synthesis) -> PublicState:
    """Where a version stands before the public now."""
    return states_of([synthesis])[synthesis.pk]


def states_of(versions: Sequence[Synthesis]) -> dict[int, PublicState]:
    """The same for several versions of one territory, by their key, in a number of queries that does not grow."""
    if not versions:
        return {}
    territory = versions[0].territory
    ground = Ground.of(territory)
    published = list(publications_of(territory))
    withdrawn = withdrawn_lines(published)
    reasons = {one.pk: _why_not_shown(one, ground, withdrawn.get(one.pk, 0)) for one in published}
    newest = next((one for one in published if not reasons[one.pk]), None)
    return {version.pk: _state(version, reasons, newest) for version in versions}


def _state(version: Synthesis, reasons: dict[int, str], newest: Synthesis | None) -> PublicState:
    other = newest if newest is not None and newest.pk != version.pk else None
    if version.published_at is None:
        withdrawn = version.publication.get("withdrawn")
        return PublicState("withdrawn", withdrawn["reason"], other) if withdrawn else PublicState("unpublished", "", other)
    if reasons[version.pk]:
        return PublicState("notice", reasons[version.pk], other)
    if other is not None and other.number > version.number:
        return PublicState("replaced", "", other)
    return PublicState("published")


def _why_not_shown(synthesis: Synthesis, ground: Ground, withdrawn: int) -> str:
    """Why a publication gives way to a notice, in words that tell nobody which group or which statement."""
    if withdrawn:
        return gettext("Un groupe a retiré une parole de cette version. Elle n’est plus montrée ; la version suivante la remplacera.")
    for block in publication_of(synthesis).blocks:
        for members in block.members.values():
            if any(ground.consent(group) == HomogeneousGroup.Consent.NONE for group in members):
                return gettext("Un groupe a repris son accord. Cette version n’est plus montrée ; la version suivante la remplacera.")
            if ground.participants(members) < ground.threshold:
                return gettext("Cette version est en cours de correction. Elle n’est plus montrée ; la version suivante la remplacera.")
    return ""


def withdrawn_lines(versions: Sequence[Synthesis]) -> dict[int, int]:
    """By version: how many lines it shows to the public whose criterion the group took back since."""
    rows = (
        SynthesisLine.objects.filter(synthesis__in=versions, reading__decision__in=OUTGOING, criterion__withdrawn_at__isnull=False)
        .order_by("synthesis")
        .values_list("synthesis")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def publication_of(synthesis: Synthesis) -> Suppression:
    """The decision this version was published under."""
    return Suppression.from_json(synthesis.publication)


def shown_members(synthesis: Synthesis) -> list[tuple[str, frozenset[int]]]:
    """(question, groups) of every block shown."""
    return [row for block in publication_of(synthesis).blocks for row in block.members.items()]


def public_rule(synthesis: Synthesis) -> str:
    """The rule a version was published under, as one French sentence; empty while unpublished."""
    return str(synthesis.publication.get("rule", ""))


def public_overview(synthesis: Synthesis) -> Overview:
    """The published counts: blocks in place of groups, totals of what is shown. Raises `KeyError` on a version never published."""
    cells = [Cell(*row) for row in synthesis.public_cube]
    return overview(cells, publication_of(synthesis).groups, shown_questions(synthesis, cells), version_dimensions(synthesis))


def shown_questions(synthesis: Synthesis, cells: Iterable[Cell]) -> list[str]:
    """Questions of the method, and those that a group shown here answered: the title of another tells whom it was put to."""
    answered = {cell.question for cell in cells}
    usual = {question["code"] for question in shipped_questions()}
    return [code for code in question_codes(synthesis) if code in answered or code in usual]


def public_rows(synthesis: Synthesis, component: str) -> QuerySet[SynthesisLine]:
    """Lines that may go out: read, of groups that consent now, not taken back, of a block that may speak.

    In the order of the words: the order of entry would tell the groups of a block apart. When one group of a block keeps its words
    from now on, those of the others go too: what is missing since yesterday would be exactly its own.
    """
    return (
        SynthesisLine.objects.filter(_speaking_now(synthesis), synthesis=synthesis, component=component)
        .filter(reading__decision__in=OUTGOING, criterion__withdrawn_at__isnull=True)
        .select_related("reading")
        .order_by("reading__public_text", "pk")
    )


def _speaking_now(synthesis: Synthesis) -> Q:
    decision = publication_of(synthesis)
    spoke = {group for block in decision.blocks for groups in block.statements.values() for group in groups}
    willing = HomogeneousGroup.objects.filter(pk__in=spoke, consent=HomogeneousGroup.Consent.STATEMENTS)
    kept = set(willing.values_list("pk", flat=True))
    condition = Q(pk__in=[])
    for block in decision.blocks:
        condition |= speaking_among({question: groups for question, groups in block.statements.items() if groups <= kept})
    return condition


def public_lines(
    synthesis: Synthesis, component: str, *, question: str = "", block: int | None = None, page: int | str = 1, size: int = PAGE_SIZE
) -> Page[Line]:
    """The statements of a component (empty: not yet coded) that anybody may read, under the labels of their blocks."""
    decision = publication_of(synthesis)
    rows = public_rows(synthesis, component)
    if question:
        rows = rows.filter(question=question)
    if block is not None:
        chosen = {asked: groups for one in decision.blocks if one.key == block for asked, groups in one.members.items()}
        rows = rows.filter(speaking_among(chosen))
    return page_of(rows, lambda found: public_values(decision, found), page=page, size=size)


def speaking_among(groups: dict[str, frozenset[int]]) -> Q:
    condition = Q(pk__in=[])
    for question, members in groups.items():
        condition |= Q(question=question, group__in=sorted(members))
    return condition


def public_values(decision: Suppression, rows: Iterable[SynthesisLine]) -> list[Line]:
    return [line for line in (_public_line(decision, row) for row in rows) if line is not None]


def _public_line(decision: Suppression, row: SynthesisLine) -> Line | None:
    block = decision.speaking_block(row.group_id, row.question)
    if block is None:
        return None
    as_it_is = row.reading.decision == Reading.Decision.PUBLISHED
    return Line(
        id=0,
        criterion=0,
        group=block.key,
        group_name=block.label,
        question=row.question,
        component=row.component,
        code=code_of(row),
        letter=row.letter,
        text=row.reading.public_text,
        language=row.language if as_it_is else "",
        french_text=row.french_text if as_it_is else "",
        expressions=row.expression_count,
        decision=row.reading.decision,
    )


def every_public_line(synthesis: Synthesis, component: str) -> Iterator[Line]:
    """All the public statements of a component, read from the database as they are asked for."""
    decision = publication_of(synthesis)
    for row in public_rows(synthesis, component).iterator(chunk_size=2000):
        line = _public_line(decision, row)
        if line is not None:
            yield line


def why_not_publish(synthesis: Synthesis) -> tuple[str, ...]:
    """What stands in the way of publishing this version now, in French; nothing when it may go out."""
    if synthesis.frozen_at is None:
        return (gettext("Cette version n’est pas encore figée."),)
    if synthesis.published_at is not None:
        return (gettext("Cette version est déjà publiée."),)
    decision = decision_on(synthesis, Ground.of(synthesis.territory))
    if not any(block.members for block in decision.blocks):
        return (
            gettext(
                "Aucun groupe ne peut être montré : il faut l’accord d’un groupe au moins, et un nombre de participant·e·s connu et suffisant."
            ),
        )
    left = progress_of([synthesis])[synthesis.pk].left
    if left:
        return (unread_sentence(left),)
    return ()


def unread_sentence(count: int) -> str:
    return ngettext(
        "%(count)s ligne n’a pas encore été lue. Rien ne sort sans lecture.",
        "%(count)s lignes n’ont pas encore été lues. Rien ne sort sans lecture.",
        count,
    ) % {"count": count}
