"""What becomes of a code from one version to the next: proposed by comparison, completed by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.core import nomenclature as core
from tissage.frameworks.models import Crosswalk, FrameworkVersion, Node
from tissage.frameworks.queries import nomenclature_of
from tissage.people.models import User
from tissage.people.operations import record


class UnknownTarget(ValueError):
    """A code that the other version does not list, or not with the same kind. `code` is the one that was given."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@transaction.atomic
def propose_crosswalk(*, source: FrameworkVersion, target: FrameworkVersion, now: dt.datetime) -> int:
    """Maps to itself every code with the same label in both versions; codes already mapped are left. Gives how many were added."""
    proposed = core.propose_crosswalk(nomenclature_of(source).terms, nomenclature_of(target).terms)
    done = set(Crosswalk.objects.filter(source__version=source, to_version=target).values_list("source", flat=True))
    before = {(node.kind, node.code): node.pk for node in source.nodes.all()}
    after = {(node.kind, node.code): node.pk for node in target.nodes.all()}
    rows = [
        Crosswalk(source_id=before[place], target_id=after[place], to_version=target, made_at=now)
        for place in proposed
        if before[place] not in done
    ]
    Crosswalk.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def map_code(
    *, source: Node, to_version: FrameworkVersion, targets: Iterable[str], by: User | None, now: dt.datetime, note: str = ""
) -> list[Crosswalk]:
    """Says which codes of `to_version` take the place of this one; no target at all means it is abandoned.

    Replaces what was said before. Targets are of the same kind. Stored codings are not touched.
    """
    wanted = list(dict.fromkeys(targets))
    found = {node.code: node for node in to_version.nodes.filter(kind=source.kind, code__in=wanted)}
    for code in wanted:
        if code not in found:
            raise UnknownTarget(
                _("Le code « %(code)s » n’existe pas dans la version « %(label)s ». Choisissez un code de cette version.")
                % {"code": code, "label": to_version.label},
                code,
            )
    Crosswalk.objects.filter(source=source, to_version=to_version).delete()
    nodes: list[Node | None] = [found[code] for code in wanted] or [None]
    rows = [Crosswalk(source=source, to_version=to_version, target=target, note=note, author=by, made_at=now) for target in nodes]
    Crosswalk.objects.bulk_create(rows)
    record(verb="frameworks.map_code", by=by, territory=None, on=source, numbers={"targets": len(wanted)}, now=now)
    return rows
