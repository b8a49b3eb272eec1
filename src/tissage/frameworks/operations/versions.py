"""Versions: loaded beside the old ones as drafts, published by an explicit act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.core.nomenclature import PARENT_KIND, Term
from tissage.frameworks.exchange.nomenclature_csv import NomenclatureFile
from tissage.frameworks.models import Framework, FrameworkVersion, Node, Phrase
from tissage.people.models import User
from tissage.people.operations import record

from .crosswalks import propose_crosswalk


class FileHasProblems(ValueError):
    """The file holds problems: nothing is written."""


class LabelTaken(ValueError):
    """Another version of this framework already bears that name."""


class EmptyVersion(ValueError):
    """A nomenclature without any component, or a plan framework without any code, cannot be published."""


class AlreadyPublished(ValueError):
    """The version is published: it is neither published again nor discarded."""


@transaction.atomic
def import_version(
    *,
    framework: Framework,
    label: str,
    file: NomenclatureFile,
    base: FrameworkVersion | None,
    by: User | None,
    now: dt.datetime,
    source: str = "",
    note: str = "",
) -> FrameworkVersion:
    """Makes a draft of what the file holds, beside the version it was compared with, which is not touched.

    Phrases of codes that both versions have follow; the mapping from `base` is proposed.
    """
    if file.problems:
        raise FileHasProblems(_("Le fichier contient des problèmes. Corrigez-les, puis déposez-le à nouveau."))
    if not label.strip() or framework.versions.filter(label=label.strip()).exists():
        raise LabelTaken(_("Une version s’appelle déjà « %(label)s ». Donnez un autre nom.") % {"label": label})
    version = FrameworkVersion.objects.create(framework=framework, label=label.strip(), source=source, note=note, previous=base)
    nodes = store_terms(version=version, terms=file.terms)
    if base is not None:
        _carry_over(base, nodes)
        propose_crosswalk(source=base, target=version, now=now)
    record(verb="frameworks.import_version", by=by, territory=None, on=version, numbers={"codes": len(nodes)}, now=now)
    return version


def store_terms(*, version: FrameworkVersion, terms: Iterable[Term]) -> dict[tuple[str, str], Node]:
    """Writes the codes of a new version: those without parent first, so that the others find theirs."""
    numbered = list(enumerate(terms))
    nodes: dict[tuple[str, str], Node] = {}
    for roots in (True, False):
        made = [
            Node(
                version=version,
                kind=term.kind,
                code=term.code,
                parent=nodes[PARENT_KIND[term.kind], term.parent] if term.parent else None,
                labels=term.labels,
                keys=term.keys,
                status=term.status,
                source=term.source,
                valid_from=term.valid_from,
                valid_to=term.valid_to,
                position=position,
            )
            for position, term in numbered
            if (not term.parent) == roots
        ]
        nodes |= {(node.kind, node.code): node for node in Node.objects.bulk_create(made)}
    return nodes


def _carry_over(base: FrameworkVersion, nodes: dict[tuple[str, str], Node]) -> None:
    standing = Phrase.objects.filter(node__version=base).select_related("node").order_by("pk")
    Phrase.objects.bulk_create(
        Phrase(node=nodes[place], language=phrase.language, text=phrase.text, search=phrase.search)
        for phrase in standing
        if (place := (phrase.node.kind, phrase.node.code)) in nodes
    )


@transaction.atomic
def publish_version(*, version: FrameworkVersion, by: User | None, now: dt.datetime) -> FrameworkVersion:
    """Publishes a draft. From then on its codes neither change nor go; new territories start with the latest published version."""
    locked = FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    if locked.published_at is not None:
        raise AlreadyPublished(_("La version « %(label)s » est déjà publiée.") % {"label": version.label})
    if version.framework.purpose != Framework.Purpose.NOMENCLATURE:
        if not version.nodes.exists():
            raise EmptyVersion(_("La version « %(label)s » n’a aucun code. Ajoutez-en avant de la publier.") % {"label": version.label})
    elif not version.nodes.filter(kind="component").exists():
        raise EmptyVersion(
            _("La version « %(label)s » n’a aucune composante. Ajoutez des codes avant de la publier.") % {"label": version.label}
        )
    version.published_at = now
    version.save(update_fields=["published_at", "revised_at"])
    record(verb="frameworks.publish_version", by=by, territory=None, on=version, numbers={"codes": version.nodes.count()}, now=now)
    return version


@transaction.atomic
def discard_draft(*, version: FrameworkVersion, by: User | None, now: dt.datetime) -> None:
    """Removes a draft and its codes. Nothing can use a draft, so nothing is lost elsewhere."""
    if not version.is_draft:
        raise AlreadyPublished(_("La version « %(label)s » est publiée : elle reste.") % {"label": version.label})
    record(verb="frameworks.discard_draft", by=by, territory=None, on=version, now=now)
    version.nodes.exclude(parent=None).delete()
    version.delete()
