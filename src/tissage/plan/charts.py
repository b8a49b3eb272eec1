"""Charts of a plan: gathered rows in, pictures of the house out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.charts import Span, TimelineWords, timeline
from tissage.core.charts.marks import Chart

from .models import Action, Plan
from .queries.board import Board, BoardRow


def timeline_words() -> TimelineWords:
    return TimelineWords(
        foreseen=_("dates approuvées"),
        real=_("dates réelles"),
        unknown=_("dates inconnues"),
        today=_("aujourd’hui"),
        headings=(_("Action"), _("Dates approuvées"), _("Dates réelles"), _("Remarque")),
        since=_("depuis le"),
        until=_("jusqu’au"),
    )


def span_of(row: BoardRow) -> Span:
    mark = str(Action.State.STOPPED.label) if row.state == Action.State.STOPPED else ""
    return Span(f"{row.sequence} · {row.title}", (row.starts_on, row.ends_on), row.approved, mark)


def board_timelines(plan: Plan, board: Board, *, today: dt.date, nothing: str) -> dict[str, Any]:
    """The actions of the board over the years of the plan, wide and narrow, and the sentence that says what is seen."""
    rows: list[Span] = []
    for group in board.groups:
        rows.append(Span(group.label if group.key else nothing, heading=True))
        rows += [span_of(row) for row in group.rows]
    seen = {row.pk: row for group in board.groups for row in group.rows}.values()
    sentence = timeline_sentence(plan, list(seen))

    def drawn(narrow: bool) -> Chart:
        return timeline(
            rows,
            first=plan.starts_on,
            last=plan.ends_on,
            today=today,
            words=timeline_words(),
            name="plan-timeline",
            title=_("Les actions au fil des années du plan"),
            desc=sentence,
            order=_("Dans l’ordre des groupes, puis des numéros d’action."),
            narrow=narrow,
        )

    return {"timeline": drawn(False), "timeline_narrow": drawn(True), "timeline_sentence": sentence} if seen else {}


def timeline_sentence(plan: Plan, rows: list[BoardRow]) -> str:
    told = ngettext("%(count)s action entre %(first)s et %(last)s", "%(count)s actions entre %(first)s et %(last)s", len(rows)) % {
        "count": len(rows),
        "first": plan.starts_on.year,
        "last": plan.ends_on.year,
    }
    stopped = sum(row.state == Action.State.STOPPED for row in rows)
    undated = sum(row.starts_on is None and row.ends_on is None for row in rows)
    parts = [told]
    if stopped:
        parts.append(ngettext("%(count)s arrêtée", "%(count)s arrêtées", stopped) % {"count": stopped})
    if undated:
        parts.append(ngettext("%(count)s sans dates", "%(count)s sans dates", undated) % {"count": undated})
    return ", ".join(parts) + "."
