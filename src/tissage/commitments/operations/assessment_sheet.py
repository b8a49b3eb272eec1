"""Many assessments proposed at once from a table: all or nothing, each line under the same rules as one typed on its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.commitments.exchange.assessment_sheet import SheetLine, read_sheet
from tissage.commitments.models import Ask, AssessmentProposal, Commitment, Completion
from tissage.commitments.queries.assessed import Subject, citable
from tissage.core.folding import fold
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .assessments import AssessmentRefused, propose_assessment, refuse_unless_fit, words_of


@dataclass(frozen=True, slots=True)
class Ready:
    """A line that may be proposed. It cites every validated piece that bears on it, unless it says that nothing is known."""

    number: int
    subject: Subject
    words: str
    completion: str
    justification: str
    pieces: int

    @property
    def completion_word(self) -> str:
        return str(Completion(self.completion).label)


@dataclass(frozen=True, slots=True)
class Preview:
    ready: list[Ready]
    problems: list[tuple[int, str]]


def preview_sheet(*, territory: Territory, content: bytes, by: User, now: dt.datetime) -> Preview:
    """What a table would propose, and what is wrong line by line. Writes nothing. Raises `UnreadableSheet`."""
    lines = read_sheet(content)
    subjects = {reference_of(one): one for one in subjects_of(territory)}
    ready: list[Ready] = []
    problems: list[tuple[int, str]] = []
    seen: set[str] = set()
    for line in lines:
        try:
            ready.append(_ready(line, subjects, seen, by, timezone.localdate(now)))
        except AssessmentRefused as refusal:
            problems.append((line.number, str(refusal)))
    return Preview(ready, problems)


@transaction.atomic
def propose_from_sheet(*, territory: Territory, content: bytes, by: User, now: dt.datetime) -> list[AssessmentProposal]:
    """Proposes every line, or none. Raises `AssessmentRefused` when a line is wrong, `UnreadableSheet`."""
    preview = preview_sheet(territory=territory, content=content, by=by, now=now)
    if preview.problems:
        number, words = preview.problems[0]
        raise AssessmentRefused(_("Ligne %(number)s : %(words)s") % {"number": number, "words": words})
    made = [
        propose_assessment(
            subject=one.subject,
            completion=one.completion,
            justification=one.justification,
            evidence=[] if one.completion == Completion.NO_EVIDENCE else citable(one.subject),
            by=by,
            now=now,
        )
        for one in preview.ready
    ]
    record(verb="commitments.import_proposals", by=by, territory=territory, numbers={"proposals": len(made)}, now=now)
    return made


@transaction.atomic
def note_sheet(*, territory: Territory, rows: int, by: User, now: dt.datetime) -> None:
    """The table was taken away."""
    record(verb="commitments.export_subjects", by=by, territory=territory, numbers={"rows": rows}, now=now)


def subjects_of(territory: Territory) -> list[Subject]:
    """What may be assessed: live published commitments, and the asks of received sets."""
    promised = Commitment.objects.filter(territory=territory).published().live().select_related("territory").order_by("made_on", "pk")
    asked = Ask.objects.filter(ask_set__territory=territory, ask_set__space__isnull=True).select_related("ask_set__territory")
    return [*promised, *asked.order_by("ask_set", "position", "pk")]


def reference_of(subject: Subject) -> str:
    return f"engagement:{subject.uuid}" if isinstance(subject, Commitment) else f"demande:{subject.ask_set.code}/{subject.code}"


def _ready(line: SheetLine, subjects: dict[str, Subject], seen: set[str], by: User, today: dt.date) -> Ready:
    subject = subjects.get(line.reference)
    if subject is None:
        raise AssessmentRefused(_("la référence « %(text)s » n’est pas d’ici.") % {"text": line.reference[:80]})
    if line.reference in seen:
        raise AssessmentRefused(_("cette référence est déjà plus haut."))
    seen.add(line.reference)
    known = {fold(str(label)): code for code, label in Completion.choices} | {fold(code): code for code in Completion.values}
    completion = known.get(fold(line.completion))
    if completion is None:
        raise AssessmentRefused(
            _("l’avancement « %(text)s » n’existe pas. Attendu : %(words)s.")
            % {"text": line.completion[:40], "words": ", ".join(str(label) for _code, label in Completion.choices)}
        )
    cited = [] if completion == Completion.NO_EVIDENCE else citable(subject)
    refuse_unless_fit(subject, completion=completion, justification=line.justification, cited=cited, by=by, today=today)
    return Ready(line.number, subject, words_of(subject), completion, line.justification, len(cited))
