"""A set that arrives as a file: kept by a territory for the term, or started from by the space of another local group. Its text is frozen already."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tissage.commitments.models import Answer, Ask, AskCategory, AskSet, Contestant, Election, Space
from tissage.commitments.models.asks import MOST_ASKS
from tissage.commitments.queries.ask_texts import text_of
from tissage.core.ask_file import Answered, AskFile, AskFileRefused, read
from tissage.core.ask_text import text_sha256
from tissage.core.messages import gettext_noop
from tissage.network.models import Document
from tissage.network.operations.documents import keep_document
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .ask_sets import AskSetRefused
from .spaces import note

__all__ = ["Arriving", "AskFileRefused", "preview_ask_set", "receive_ask_set", "start_from_file"]


@dataclass(frozen=True, slots=True)
class Arriving:
    """What taking a file would do: the set it meets (None: a new one), and how many lists and answers it brings."""

    file: AskFile
    known: AskSet | None
    new_contestants: int
    new_answers: int

    @property
    def changes_nothing(self) -> bool:
        return self.known is not None and not self.new_contestants and not self.new_answers


def preview_ask_set(*, territory: Territory, content: bytes) -> Arriving:
    """Reads a file and says what it would bring. Raises `AskFileRefused`: altered, or another text under a code that is already here."""
    file = read(content)
    known = AskSet.objects.of_territory().filter(territory=territory, code=file.text.code).select_related("election").first()
    if known is None:
        return Arriving(file, None, len(file.contestants), len(file.answers))
    if known.text_sha256 != file.text_sha256:
        raise AskFileRefused(
            gettext_noop(
                "Un ensemble « %(code)s » est déjà reçu avec un autre texte. Un texte figé ne change pas : demandez un autre code."
            ),
            code=file.text.code,
        )
    if _election_of(known) != (file.election.name, file.election.held_on) if file.election else known.election is not None:
        raise AskFileRefused(gettext_noop("L’ensemble « %(code)s » est déjà reçu pour une autre élection."), code=file.text.code)
    held = {(one.ask.code, str(one.contestant.uuid)): one for one in _answers_of(known)}
    here = {str(uuid) for uuid in known.election.contestants.values_list("uuid", flat=True)} if known.election else set()
    for said in file.answers:
        answer = held.get((said.ask, said.contestant))
        if answer is not None and not _same(answer, said):
            raise AskFileRefused(
                gettext_noop(
                    "La réponse de « %(name)s » à %(ask)s n’est pas celle qui a déjà été reçue. Une réponse publiée ne change pas."
                ),
                name=answer.contestant.name,
                ask=said.ask,
            )
    new = [one for one in file.answers if (one.ask, one.contestant) not in held]
    return Arriving(file, known, sum(one.uuid not in here for one in file.contestants), len(new))


@transaction.atomic
def receive_ask_set(*, territory: Territory, content: bytes, by: User | None, now: dt.datetime) -> AskSet:
    """The territory's copy of a set (no space), its text frozen, with the published answers. The same file twice changes nothing; a later one
    adds the answers that came since. The file itself is kept as the proof of these answers. Raises `AskFileRefused`."""
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    arriving = preview_ask_set(territory=territory, content=content)
    if arriving.known is not None and arriving.changes_nothing:
        return arriving.known
    kept_file = keep_document(
        territory=territory,
        title=_("Demandes reçues : %(title)s") % {"title": arriving.file.text.title},
        kind=_("fichier de demandes"),
        upload_name=f"{arriving.file.text.code}.txt",
        content=content,
        by=by,
        now=now,
    )
    try:
        made = arriving.known or _first_copy(territory, arriving.file, now=now)
        _take_lists(made, arriving.file, kept_file, now=now)
    except (ValidationError, InvalidOperation) as error:
        raise AskFileRefused(gettext_noop("Ce fichier n’a pas la forme attendue : une valeur y est illisible.")) from error
    notes = arriving.file.notes
    made.received_sha256, made.received_at = hashlib.sha256(content).hexdigest(), now
    made.published_on, made.closed_on = notes.published_on, notes.closed_on
    made.save(update_fields=["received_sha256", "received_at", "published_on", "closed_on"])
    numbers = {"contestants": arriving.new_contestants, "answers": arriving.new_answers}
    record(verb="commitments.receive_ask_set", by=by, territory=territory, on=made, numbers=numbers, now=now)
    return made


@transaction.atomic
def start_from_file(*, space: Space, content: bytes, by: User | None, now: dt.datetime) -> AskSet:
    """The same set in the space of another local group: its text frozen identical, checked; election, lists and deadline are its own.

    Raises `AskFileRefused` or `AskSetRefused`.
    """
    file = read(content)
    if AskSet.objects.filter(space=space, code=file.text.code).exists():
        raise AskSetRefused(_("Un ensemble a déjà le code « %(code)s » dans cet espace.") % {"code": file.text.code})
    made = AskSet(space=space, owner=space.organization, territory=space.territory, created_at=now)
    try:
        _write_text(made, file)
        _freeze_as(made, file, on=file.notes.frozen_on)
    except (ValidationError, InvalidOperation) as error:
        raise AskFileRefused(gettext_noop("Ce fichier n’a pas la forme attendue : une valeur y est illisible.")) from error
    note("start_from_file", space, by=by, now=now, numbers={"asks": len(file.text.asks)})
    return made


def _first_copy(territory: Territory, file: AskFile, *, now: dt.datetime) -> AskSet:
    made = AskSet(territory=territory, created_at=now, uuid=file.notes.uuid, answer_deadline=file.notes.answer_deadline)
    if file.election is not None:
        made.election = Election.objects.create(territory=territory, **_ballot(file))
    _write_text(made, file)
    _freeze_as(made, file, on=file.notes.frozen_on)
    return made


def _ballot(file: AskFile) -> dict[str, Any]:
    assert file.election is not None
    return {"name": file.election.name, "held_on": file.election.held_on, "installed_on": file.election.installed_on}


def _write_text(made: AskSet, file: AskFile) -> None:
    """Every word of the set, as a draft: the database takes no ask into a frozen one."""
    text = file.text
    if len(text.asks) > MOST_ASKS:
        raise AskFileRefused(gettext_noop("Ce fichier a plus de %(most)s demandes."), most=MOST_ASKS)
    made.code, made.title, made.introduction, made.language = text.code, text.title, text.introduction, text.language
    made.selection_rule, made.counted_competences = text.selection_rule, list(text.counted_competences)
    made.owner_name, made.neutrality_note = file.notes.owner_name, file.notes.neutrality_note
    _checked(made)
    categories = {}
    for place, one in enumerate(text.categories):
        category = AskCategory(ask_set=made, code=one.code, label=one.label, weight=Decimal(one.weight), position=place)
        categories[one.code] = _checked(category)
    notes = {one.code: one for one in file.notes.asks}
    for place, ask in enumerate(text.asks):
        beside = notes[ask.code]
        if not ask.competence or set(ask.competence) - set(Ask.Competence.values):
            raise ValidationError(ask.code)
        _checked(
            Ask(
                ask_set=made,
                category=categories[ask.category],
                code=ask.code,
                kind=ask.kind,
                text=ask.text,
                rationale=ask.rationale,
                competence=list(ask.competence),
                verifiable=ask.verifiable,
                success_criterion=ask.success_criterion,
                weight=Decimal(ask.weight),
                position=place,
                proof_hint=beside.proof_hint,
                source_ref=beside.source_ref,
                legal_mapping_note=beside.legal_mapping_note,
                mapping_confirmed_by=beside.mapping_confirmed_by,
                mapping_confirmed_on=beside.mapping_confirmed_on,
            )
        )


def _freeze_as(made: AskSet, file: AskFile, *, on: dt.date) -> None:
    """Freezes what was just written, if it is to the letter what the file says."""
    if text_sha256(text_of(made)) != file.text_sha256:
        raise AskFileRefused(gettext_noop("Le texte des demandes n’est pas celui qui a été figé : son empreinte n’est pas la sienne."))
    made.text_sha256, made.frozen_on, made.status = file.text_sha256, on, AskSet.Status.FROZEN
    made.save(update_fields=["text_sha256", "frozen_on", "status"])


def _take_lists(made: AskSet, file: AskFile, kept_file: Document, *, now: dt.datetime) -> None:
    if made.election is None:
        return
    who = {str(one.uuid): one for one in made.election.contestants.all()}
    for one in file.contestants:
        if one.uuid not in who:
            stands = {"kind": one.kind, "name": one.name, "party": one.party, "list_number": one.list_number}
            known = {"elected": one.elected, "in_majority": one.in_majority}
            who[one.uuid] = _checked(Contestant(election=made.election, uuid=one.uuid, **stands, **known))
    asks = {one.code: one for one in made.asks.all()}
    held = {(one.ask.code, str(one.contestant.uuid)) for one in _answers_of(made)}
    for said in file.answers:
        if (said.ask, said.contestant) not in held:
            answer = Answer(ask=asks[said.ask], contestant=who[said.contestant], proof_document=kept_file, changed_at=now)
            for name in _SAID:
                setattr(answer, name, getattr(said, name))
            _checked(answer)


_SAID = ("position", "how", "verbatim", "received_on", "is_late", "via_link", "published_on")


def _same(answer: Answer, said: Answered) -> bool:
    return all(getattr(answer, name) == getattr(said, name) for name in _SAID)


def _answers_of(ask_set: AskSet) -> list[Answer]:
    return list(Answer.objects.filter(ask__ask_set=ask_set).select_related("ask", "contestant"))


def _election_of(ask_set: AskSet) -> tuple[str, dt.date] | None:
    return (ask_set.election.name, ask_set.election.held_on) if ask_set.election else None


def _checked(row: Any) -> Any:
    """A row of a file, held to what its table asks before it is written."""
    row.full_clean()
    row.save()
    return row
