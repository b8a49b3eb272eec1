"""A word more in the vocabulary of the directory and the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tissage.core.vocabulary import KINDS, THEME
from tissage.frameworks.models import Framework, FrameworkVersion, Node, Status
from tissage.frameworks.vocabulary_words import FIXED
from tissage.people.models import User
from tissage.people.operations import record

from .nodes import CodeExists, CodeRefused

LONGEST = 40


@transaction.atomic
def add_word(
    *,
    version: FrameworkVersion,
    kind: str,
    labels: Mapping[str, str],
    by: User | None,
    now: dt.datetime,
    family: str = "",
    external_uri: str = "",
    status: str = Status.PARTIAL,
    source: str = "",
) -> Node:
    """Adds a word to a version, published or not: nothing that stands is altered. Its code is its French label, folded.

    `family`: the code of a theme at the top; without one, a theme is a family. Raises `CodeRefused`, `CodeExists`.
    """
    if version.framework.purpose != Framework.Purpose.VOCABULARY or kind not in KINDS or kind in FIXED:
        raise CodeRefused(_("Cette liste ne reçoit pas d’autres mots."))
    FrameworkVersion.objects.select_for_update(of=("self",)).order_by("pk").get(pk=version.pk)
    code = slugify(labels["fr"].replace("·", "").replace("’", " "))[:LONGEST].strip("-")
    if not code:
        raise CodeRefused(_("Donnez un mot en français."))
    if version.nodes.filter(kind=kind, code=code).exists():
        raise CodeExists(_("« %(label)s » est déjà dans la liste. Corrigez-le plutôt.") % {"label": labels["fr"]})
    parent = None
    if family:
        parent = version.nodes.filter(kind=THEME, code=family, parent__isnull=True).first() if kind == THEME else None
        if parent is None:
            raise CodeRefused(_("Cette famille n’est pas dans la liste."))
    last = version.nodes.aggregate(last=Max("position"))["last"]
    node = Node.objects.create(
        version=version,
        kind=kind,
        code=code,
        parent=parent,
        labels={language: text for language, text in labels.items() if text},
        extra={"external_uri": external_uri} if external_uri else {},
        status=status,
        source=source,
        position=0 if last is None else last + 1,
    )
    version.save(update_fields=["revised_at"])
    record(verb="frameworks.add_code", by=by, territory=None, on=node, now=now)
    return node
