"""Codes one by one: correcting what is said of them, adding one, removing one from a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.core.nomenclature import PARENT_KIND, well_formed
from tissage.frameworks.models import FrameworkVersion, Node, Phrase, Status
from tissage.people.models import User
from tissage.people.operations import record


class CodeRefused(ValueError):
    """A code of the wrong shape, or whose parent this version does not list."""


class CodeExists(ValueError):
    """This version already lists that code."""


class PublishedCodesStay(ValueError):
    """A code of a published version may be in use: it is not removed."""


@transaction.atomic
def correct_code(
    *,
    node: Node,
    by: User | None,
    now: dt.datetime,
    labels: Mapping[str, str] | None = None,
    keys: Mapping[str, str] | None = None,
    status: str | None = None,
    source: str | None = None,
    phrases: Mapping[str, Iterable[str]] | None = None,
) -> Node:
    """Corrects what is said of a code, in a draft or a published version; the code itself never changes.

    `labels` and `keys` map a language to a text and complete what stands; `phrases` maps a language to all its phrases.
    None leaves as it is. The journal holds the names of what changed.
    """
    before = {name: getattr(node, name) for name in ("labels", "keys", "status", "source")}
    node.labels = _completed(node.labels, labels)
    node.keys = _completed(node.keys, keys)
    node.status = Status(status) if status is not None else node.status
    node.source = source.strip() if source is not None else node.source
    changed = {name for name, value in before.items() if getattr(node, name) != value}
    if changed:
        node.save(update_fields=sorted(changed))
    for language, texts in (phrases or {}).items():
        if _replace_phrases(node, language, texts):
            changed.add(f"phrases_{language}")
    if changed:
        _revise(node.version)
        record(verb="frameworks.correct_code", by=by, territory=None, on=node, fields=changed, now=now)
    return node


def _completed(texts: dict[str, str], given: Mapping[str, str] | None) -> dict[str, str]:
    merged = {**texts, **{language: text.strip() for language, text in (given or {}).items()}}
    return {language: text for language, text in merged.items() if text}


def _replace_phrases(node: Node, language: str, texts: Iterable[str]) -> bool:
    wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    standing = node.phrases.filter(language=language)
    if list(standing.order_by("pk").values_list("text", flat=True)) == wanted:
        return False
    standing.delete()
    Phrase.objects.bulk_create(Phrase(node=node, language=language, text=text, search=fold(text)) for text in wanted)
    return True


def _revise(version: FrameworkVersion) -> None:
    """Dates the version anew, so that its copies in memory are read again."""
    version.save(update_fields=["revised_at"])


@transaction.atomic
def add_code(
    *, version: FrameworkVersion, kind: str, code: str, labels: Mapping[str, str], by: User | None, now: dt.datetime, **details: Any
) -> Node:
    """Adds a code to a draft or a published version: nothing that stands is altered.

    The parent of a component is the dimension of its letter, that of a sense its letter. `details`: keys, status, source.
    """
    if not well_formed(kind, code):
        raise CodeRefused(_("Le code « %(code)s » n’a pas la forme attendue pour ce genre.") % {"code": code})
    if version.nodes.filter(kind=kind, code=code).exists():
        raise CodeExists(_("Le code « %(code)s » existe déjà dans cette version. Corrigez-le plutôt.") % {"code": code})
    parent = None
    if kind in PARENT_KIND:
        parent = version.nodes.filter(kind=PARENT_KIND[kind], code=code[0]).first()
        if parent is None:
            raise CodeRefused(_("Cette version n’a pas la lettre « %(letter)s ». Ajoutez-la d’abord.") % {"letter": code[0]})
    last = version.nodes.aggregate(last=Max("position"))["last"]
    node = Node.objects.create(
        version=version,
        kind=kind,
        code=code,
        parent=parent,
        labels=_completed({}, labels),
        position=0 if last is None else last + 1,
        **details,
    )
    _revise(version)
    record(verb="frameworks.add_code", by=by, territory=None, on=node, now=now)
    return node


@transaction.atomic
def remove_code(*, node: Node, by: User | None, now: dt.datetime) -> None:
    """Removes a code, and those under it, from a draft. A published version keeps all its codes."""
    version = node.version
    if not version.is_draft:
        raise PublishedCodesStay(_("La version « %(label)s » est publiée : ses codes restent.") % {"label": version.label})
    record(verb="frameworks.remove_code", by=by, territory=None, on=node, now=now)
    node.children.all().delete()
    node.delete()
    _revise(version)
