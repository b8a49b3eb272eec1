"""Documents kept in the data folder: checked by their content, given back only after a permission check."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.db import transaction

from tissage.network.exchange.document_kinds import DocumentRefused, check_document
from tissage.network.models import Document, Organization
from tissage.people.exchange.kept_files import DOCUMENTS, forget_strays, keep, path_of
from tissage.people.models import Territory, User
from tissage.people.operations import record

__all__ = ["DocumentRefused", "delete_stray_documents", "keep_document", "read_document"]


@transaction.atomic
def keep_document(
    *,
    territory: Territory,
    title: str,
    kind: str,
    upload_name: str,
    content: bytes,
    visibility: str = Document.Visibility.PRIVATE,
    organization: Organization | None = None,
    signed_on: dt.date | None = None,
    by: User | None,
    now: dt.datetime,
) -> Document:
    """Keeps a file: pdf, png, jpeg, webp, docx, xlsx, ods, odt, csv or txt, at most 10 MB. `title` empty: the name of the file.

    `by` is nobody when a partner sends it by a link. Raises `DocumentRefused` in words for whoever chose the file.
    """
    name, content_type = check_document(upload_name, content)
    made_uuid = uuid.uuid4()
    keep(DOCUMENTS, made_uuid, content)
    try:
        made = Document.objects.create(
            uuid=made_uuid,
            territory=territory,
            title=(title.strip() or name)[:200],
            kind=kind,
            file_name=name,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            visibility=visibility,
            organization=organization,
            signed_on=signed_on,
            added_by=by,
            added_at=now,
        )
        record(verb="network.keep_document", by=by, territory=territory, on=made, now=now)
    except BaseException:
        path_of(DOCUMENTS, made_uuid).unlink(missing_ok=True)
        raise
    return made


def read_document(document: Document) -> bytes:
    """The bytes of a document. Raises `FileNotFoundError` when the data folder lost it."""
    return path_of(DOCUMENTS, document.uuid).read_bytes()


def delete_stray_documents(*, now: dt.datetime) -> int:
    """By the clock: files whose row is gone; gives how many."""
    return forget_strays(DOCUMENTS, list(Document.objects.values_list("uuid", flat=True)), now=now)
