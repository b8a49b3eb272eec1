"""Keeping a whole sheet of figures at once, and the proofs beside them. One line of the journal an act, with counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.network.models import Document
from tissage.network.operations.documents import DocumentRefused, keep_document
from tissage.people.exchange.kept_files import DOCUMENTS, forget
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Observation, PartnerLink
from tissage.plan.models.actions import ReviewState
from tissage.plan.queries.filling import AccountField, Field, Sheet

from .figures import FiguresRefused, note_writing, put_account, put_figure

MOST_PROOFS = 10
"""Beside one figure."""


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """What was typed in the fields of one figure, read."""

    field: Field
    value: Decimal | None
    is_unknown: bool
    how_counted: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TypedAccount:
    """What was typed in an account."""

    field: AccountField
    texts: Mapping[str, str]


@transaction.atomic
def write_sheet(
    *,
    sheet: Sheet,
    figures: Sequence[TypedFigure],
    accounts: Sequence[TypedAccount],
    by: User | None,
    link: PartnerLink | None,
    now: dt.datetime,
) -> int:
    """Keeps what was typed; gives how many figures and accounts changed. The fields show what is kept now. Raises `FiguresRefused`."""
    changed = 0
    for figure in figures:
        one = figure.field
        kept, moved = put_figure(
            indicator=one.indicator,
            year=sheet.year,
            value=figure.value,
            month=one.month,
            how_counted=figure.how_counted,
            sentence=figure.sentence,
            is_unknown=figure.is_unknown,
            by=by,
            link=link,
            now=now,
        )
        changed += moved
        one.observation = kept if kept.pk else None
    for account in accounts:
        told, moved = put_account(
            action=account.field.action,
            year=sheet.year,
            organization=sheet.organization,
            texts=account.texts,
            by=by,
            link=link,
            now=now,
        )
        changed += moved
        account.field.account = told if told.pk else None
    if changed:
        first = figures[0].field.indicator.action if figures else accounts[0].field.action
        first.plan = sheet.plan
        note_writing(action=first, organization=sheet.organization, figures=changed, by=by, link=link, now=now)
    return changed


@transaction.atomic
def attach_proof(
    *, sheet: Sheet, field: Field, upload_name: str, content: bytes, by: User | None, link: PartnerLink | None, now: dt.datetime
) -> Document:
    """Keeps a file beside a figure that is still open. Raises `FiguresRefused`, or `DocumentRefused` in words about the file."""
    if not field.is_open:
        raise FiguresRefused(_("Ce chiffre est remis : on n’y joint plus rien."))
    row = field.observation
    if row is None:
        row = Observation.objects.create(
            indicator=field.indicator, year=sheet.year, month=field.month, typed_by=by, via_link=link is not None, changed_at=now
        )
    elif row.documents.count() >= MOST_PROOFS:
        raise FiguresRefused(_("Dix pièces au plus par chiffre. Retirez-en une, ou réunissez-les en un seul PDF."))
    document = keep_document(
        territory=sheet.plan.territory,
        title="",
        kind="figure_proof",
        upload_name=upload_name,
        content=content,
        visibility=Document.Visibility.PRIVATE,
        organization=sheet.organization,
        by=by,
        now=now,
    )
    row.documents.add(document)
    field.observation = row
    field.proofs = [*field.proofs, document]
    return document


@transaction.atomic
def remove_proof(*, field: Field, document: Document, by: User | None, now: dt.datetime) -> None:
    """Takes a file away for good, as long as its figure was not handed in. Raises `FiguresRefused`."""
    row = field.observation
    if row is None or row.state not in (ReviewState.DRAFT, ReviewState.RETURNED) or not field.is_open:
        raise FiguresRefused(_("Ce chiffre est remis : ses pièces restent."))
    row.documents.remove(document)
    verb = "plan.remove_proof" if by is not None else "plan.take_proof_back"
    on = field.indicator.organization or field.indicator.action
    record(verb=verb, by=by, territory=field.indicator.action.plan.territory, on=on, now=now)
    forget(DOCUMENTS, document.uuid)
    document.delete()
    field.proofs = [one for one in field.proofs if one.pk != document.pk]


__all__ = ["DocumentRefused", "TypedAccount", "TypedFigure", "attach_proof", "remove_proof", "write_sheet"]
