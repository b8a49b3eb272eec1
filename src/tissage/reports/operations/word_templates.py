"""A municipality's own Word files: each deposit is a version; documents already issued keep theirs."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.network.exchange.document_kinds import check_document
from tissage.people.exchange.kept_files import keep, path_of
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.reports.documents.own_word import WORD_TEMPLATES, FormRefused, check_form
from tissage.reports.models import Report, WordTemplate


@transaction.atomic
def keep_word_template(
    *, territory: Territory, kind: str, label: str, upload_name: str, content: bytes, by: User, now: dt.datetime
) -> WordTemplate:
    """Keeps a Word file as the next version of its kind. A field that nobody knows does not stop it: it is listed with the nearest known.

    Raises `FormRefused` for a file that is no form, `DocumentRefused` for one that is no Word file.
    """
    name, _content_type = check_document(upload_name, content)
    if not name.endswith(".docx") or kind not in Report.Kind.values:
        raise FormRefused(_("Un modèle est un fichier Word .docx. Dans Word : Enregistrer sous, puis « Document Word »."))
    asked = check_form(content)
    if not asked:
        raise FormRefused(_("Ce fichier ne contient aucun champ : écrivez-en un entre deux accolades, par exemple {{ annee }}."))
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    last = WordTemplate.objects.filter(territory=territory, kind=kind).aggregate(last=Max("number"))["last"] or 0
    made = uuid.uuid4()
    keep(WORD_TEMPLATES, made, content)
    try:
        kept = WordTemplate.objects.create(
            territory=territory,
            uuid=made,
            kind=kind,
            number=last + 1,
            label=(label.strip() or name)[:120],
            file_name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            fields=[{"name": one.name, "known": one.known, "nearest": one.nearest} for one in asked],
            added_by=by,
            added_at=now,
        )
        record(verb="reports.keep_word_template", by=by, territory=territory, on=kept, now=now)
    except BaseException:
        path_of(WORD_TEMPLATES, made).unlink(missing_ok=True)
        raise
    return kept


@transaction.atomic
def retire_word_template(*, template: WordTemplate, by: User, now: dt.datetime) -> None:
    """Offers it no more for documents to come; the file stays."""
    stored = WordTemplate.objects.select_for_update(of=("self",)).order_by("pk").get(pk=template.pk)
    if stored.retired_at is None:
        stored.retired_at = now
        stored.save(update_fields=["retired_at"])
        record(verb="reports.retire_word_template", by=by, territory=stored.territory, on=stored, fields=["retired_at"], now=now)


def read_word_template(template: WordTemplate) -> bytes:
    return path_of(WORD_TEMPLATES, template.uuid).read_bytes()
