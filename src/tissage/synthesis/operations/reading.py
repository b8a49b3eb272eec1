"""Reading before publication: a person decides on each line. Nothing goes out unread (`spiral.md` §16.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from tissage.people.models import User
from tissage.people.operations import record
from tissage.synthesis.models import Reading, Synthesis, SynthesisLine
from tissage.synthesis.queries import reading_lines

from .refusals import SynthesisRefused

Decision = Reading.Decision
REACH = {Decision.PUBLISHED: 2, Decision.REDACTED: 1, Decision.WITHHELD: 0}


@transaction.atomic
def read_line(*, line: SynthesisLine, decision: str, public_text: str = "", reason: str = "", by: User | None, now: dt.datetime) -> Reading:
    """Decides on one line: published as it is, redacted (`public_text` goes out), or withheld. May be decided again.

    Raises `SynthesisRefused` on an unknown decision, a redaction without words or equal to the original, and, while the
    version is published, on a decision that would let more out: a correction of that kind is a new version.
    """
    if decision not in Decision.values:
        raise SynthesisRefused(gettext("Choisissez : publier tel quel, publier une version caviardée, ou ne pas publier."))
    words = public_text.strip()
    if decision == Decision.REDACTED and not words:
        raise SynthesisRefused(gettext("Écrivez le texte caviardé, ou choisissez de ne pas publier."))
    if decision == Decision.REDACTED and words == line.text.strip():
        raise SynthesisRefused(gettext("Le texte caviardé est le même que l’original. Changez-le, ou publiez tel quel."))
    _check_frozen(line.synthesis)
    current = Reading.objects.filter(line=line).first()
    _check_reach(line.synthesis, current, decision)
    outgoing = {Decision.PUBLISHED: line.text, Decision.REDACTED: words}.get(Decision(decision), "")
    values = {"decision": decision, "public_text": outgoing, "reason": reason.strip(), "read_by": by, "read_at": now}
    reading, _created = Reading.objects.update_or_create(line=line, defaults=values)
    _journal(line.synthesis, by, now, 1, [decision])
    return reading


@transaction.atomic
def read_lines_as_they_are(*, synthesis: Synthesis, lines: Sequence[int], by: User | None, now: dt.datetime) -> int:
    """« Publier ces lignes lues »: publishes as they are the lines a person had before their eyes, those already read left alone.

    `lines` are the keys of the lines displayed, no more. Gives how many were decided.
    """
    _check_frozen(synthesis)
    _check_reach(synthesis, None, Decision.PUBLISHED)
    unread = _displayed(synthesis, lines).filter(reading__isnull=True)
    made = Reading.objects.bulk_create(
        Reading(line=line, decision=Decision.PUBLISHED, public_text=line.text, read_by=by, read_at=now) for line in unread
    )
    if made:
        _journal(synthesis, by, now, len(made), [Decision.PUBLISHED])
    return len(made)


@transaction.atomic
def carry_over_readings(*, synthesis: Synthesis, lines: Sequence[int], by: User | None, now: dt.datetime) -> int:
    """Decides again as in the version before, for displayed lines whose words and group did not change, not yet read.

    The reader saw them and what was decided: the decision is theirs, at this date. Gives how many were decided.
    """
    _check_frozen(synthesis)
    _check_reach(synthesis, None, Decision.PUBLISHED)
    unread = list(_displayed(synthesis, lines).filter(reading__isnull=True).select_related("criterion"))
    made = Reading.objects.bulk_create(
        Reading(
            line_id=shown.line.id,
            decision=shown.previous.decision,
            public_text=shown.previous.public_text,
            reason=shown.previous.reason,
            read_by=by,
            read_at=now,
        )
        for shown in reading_lines(synthesis, unread)
        if shown.previous is not None
    )
    if made:
        _journal(synthesis, by, now, len(made), ["carried_over"])
    return len(made)


def _displayed(synthesis: Synthesis, lines: Sequence[int]) -> QuerySet[SynthesisLine]:
    found = SynthesisLine.objects.filter(synthesis=synthesis, pk__in=lines).order_by("pk")
    if found.count() != len(set(lines)):
        raise SynthesisRefused(gettext("Une des lignes n’est pas dans cette version. Rechargez la page."))
    return found


def _check_frozen(synthesis: Synthesis) -> None:
    if synthesis.frozen_at is None:
        raise SynthesisRefused(gettext("Cette version n’est pas encore figée."))


def _check_reach(synthesis: Synthesis, current: Reading | None, decision: str) -> None:
    """A published version only ever shows less: what is let out was read and published in one act."""
    if synthesis.published_at is None:
        return
    if REACH[Decision(decision)] > (REACH[Decision(current.decision)] if current else 0):
        raise SynthesisRefused(
            gettext(
                "Cette version est publiée : une ligne peut encore être caviardée ou retirée, mais pas montrée davantage. Faites une nouvelle version."
            )
        )


def _journal(synthesis: Synthesis, by: User | None, now: dt.datetime, count: int, fields: Sequence[str]) -> None:
    record(
        verb="synthesis.read_lines", by=by, territory=synthesis.territory, on=synthesis, fields=fields, numbers={"lines": count}, now=now
    )
