"""A set of asks and its published answers, out and in as one checksummed file (`core.ask_file` says what it holds)."""

from __future__ import annotations

from tissage.commitments.models import AskSet
from tissage.commitments.operations.received import receive_ask_set, start_from_file
from tissage.commitments.queries.ask_files import file_of, published_answers
from tissage.core.ask_file import AskFile, AskFileRefused, Proof, read, without_answers, write
from tissage.network.models import Document
from tissage.network.operations.documents import read_document

__all__ = ["AskFileRefused", "NotFrozen", "ask_file_name", "read_ask_file", "receive_ask_set", "start_from_file", "write_ask_file"]


class NotFrozen(ValueError):
    """A draft does not travel: its text could still change."""


def write_ask_file(ask_set: AskSet, *, answers: bool = True) -> bytes:
    """The file of a frozen set. Without `answers`: the text alone, for another local group to send the same. Raises `NotFrozen`."""
    if ask_set.frozen_on is None:
        raise NotFrozen("A draft set does not travel.")
    file = file_of(ask_set, _proofs_of(ask_set) if ask_set.space_id is None else None)
    return write(file if answers else without_answers(file))


def _proofs_of(ask_set: AskSet) -> dict[tuple[str, str], Proof | None]:
    """What the files that a territory received say of the proofs: they stay where they were, only their checksums travel on."""
    found: dict[tuple[str, str], Proof | None] = {}
    for document in Document.objects.filter(pk__in=[one.proof_document_id for one in published_answers(ask_set) if one.proof_document_id]):
        try:
            received = read(read_document(document))
        except (AskFileRefused, FileNotFoundError):
            continue  # another proof than a received file
        found |= {(one.ask, one.contestant): one.proof for one in received.answers}
    return found


def read_ask_file(content: bytes) -> AskFile:
    """The set as it was written. Raises `AskFileRefused`, naming what was altered."""
    return read(content)


def ask_file_name(ask_set: AskSet, *, answers: bool = True) -> str:
    return f"demandes-{ask_set.code}{'' if answers else '-texte'}.json"
