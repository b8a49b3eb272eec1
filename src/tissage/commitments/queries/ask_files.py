"""A set as the file that travels: its text, election, lists without contact, published answers with the checksums of their proofs."""

from __future__ import annotations

from collections.abc import Mapping

from tissage.commitments.models import Answer, AskSet, Contestant
from tissage.core.ask_file import Answered, AskFile, AskNote, Ballot, Notes, Proof, Stands

from .ask_texts import text_of


def file_of(ask_set: AskSet, proofs: Mapping[tuple[str, str], Proof | None] | None = None) -> AskFile:
    """The whole of a frozen set. A draft has no frozen text to give: `frozen_on` is asked for by the caller.

    `proofs`: what a file already said of the proof of an answer, by ask and list; it stands before the file that a territory keeps in its place.
    """
    assert ask_set.frozen_on is not None
    election = ask_set.election
    return AskFile(
        text=text_of(ask_set),
        notes=_notes(ask_set),
        election=Ballot(election.name, election.held_on, election.installed_on) if election else None,
        contestants=tuple(_stands(one) for one in election.contestants.all()) if election else (),
        answers=tuple(_answered(one, proofs or {}) for one in published_answers(ask_set)),
    )


def published_answers(ask_set: AskSet) -> list[Answer]:
    answers = Answer.objects.filter(ask__ask_set=ask_set, published_on__isnull=False, received_on__isnull=False)
    return list(answers.select_related("ask", "contestant", "proof", "proof_document").order_by("ask__position", "ask", "contestant", "pk"))


def _notes(ask_set: AskSet) -> Notes:
    assert ask_set.frozen_on is not None
    asks = ask_set.asks.order_by("position", "pk")
    return Notes(
        uuid=str(ask_set.uuid),
        owner_name=ask_set.owner_name,
        neutrality_note=ask_set.neutrality_note,
        answer_deadline=ask_set.answer_deadline,
        frozen_on=ask_set.frozen_on,
        published_on=ask_set.published_on,
        closed_on=ask_set.closed_on,
        asks=tuple(
            AskNote(one.code, one.proof_hint, one.source_ref, one.legal_mapping_note, one.mapping_confirmed_by, one.mapping_confirmed_on)
            for one in asks
        ),
    )


def _stands(one: Contestant) -> Stands:
    return Stands(str(one.uuid), one.kind, one.name, one.party, one.list_number, one.elected, one.in_majority)


def _answered(one: Answer, proofs: Mapping[tuple[str, str], Proof | None]) -> Answered:
    assert one.received_on is not None
    assert one.published_on is not None
    kept, said = one.proof or one.proof_document, (one.ask.code, str(one.contestant.uuid))
    return Answered(
        ask=one.ask.code,
        contestant=str(one.contestant.uuid),
        position=one.position,
        how=one.how,
        verbatim=one.verbatim,
        received_on=one.received_on,
        is_late=one.is_late,
        via_link=one.via_link,
        published_on=one.published_on,
        proof=proofs[said] if said in proofs else Proof(kept.file_name, kept.sha256) if kept else None,
    )
