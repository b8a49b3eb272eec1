"""The board of a plan: its actions in groups, or over its years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from tissage.core.charts import number_text
from tissage.plan.charts import board_timelines
from tissage.plan.forms.board import TIMELINE, WAY_WORDS, BoardForm
from tissage.plan.models import Action
from tissage.plan.queries.board import Board, BoardRow, board_rows, group_board, group_order

from .doors import person, plan_for


def board(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_plan")
    today = timezone.localdate()
    form = BoardForm(request.GET or None, plan=found, this_year=today.year)
    rows = board_rows(found, year=form.year, today=today)
    kept = [row for row in rows if form.filter.keeps(row)]
    grouped = group_board(kept, form.way, group_order(found, form.way))
    context: dict[str, Any] = {
        "territory": found.territory,
        "plan": found,
        "tab": "board",
        "form": form,
        "year": str(form.year),  # in words: a year takes no thousands separator
        "way": WAY_WORDS[form.way],
        "board": grouped,
        "nothing": none_of(form.way),
        "has_any": bool(rows),
        "count": count_words(grouped),
        "hidden": hidden_words(len(rows) - len(kept)) if form.filter else "",
        "several": several_words(grouped),
        "groups": [(group, [shown_row(row) for row in group.rows]) for group in grouped.groups],
        "is_timeline": form.view == TIMELINE,
        "writes": person(request).has_perm("plan.write_plan", found),
    }
    if form.view == TIMELINE:
        context |= board_timelines(found, grouped, today=today, nothing=none_of(form.way))
    return render(request, "plan/board/board.html", context)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the board and what is drawn or worded of it."""

    row: BoardRow
    state: SafeString
    health: SafeString
    figure: str


def shown_row(row: BoardRow) -> ShownRow:
    drawn = pills()
    return ShownRow(row, drawn[row.state], drawn[row.health], figure_words(row))


def figure_words(row: BoardRow) -> str:
    """« 124 participations (2025) »; with its month for what is counted each month. Empty without an approved figure."""
    if row.figure is None:
        return ""
    _name, value, unit, year, month = row.figure
    when = date_format(dt.date(year, month, 1), "F Y") if month else str(year)
    return f"{number_text(float(value))} {unit} ({when})"


def none_of(way: str) -> str:
    return {
        "axe": gettext("Sans axe (aucun code du catalogue)"),
        "droit": gettext("Sans droit désigné"),
        "partenaire": gettext("Sans partenaire"),
        "quartier": gettext("Sans quartier désigné"),
    }.get(way, gettext("Sans groupe"))


def count_words(board: Board) -> str:
    return ngettext("%(count)s action", "%(count)s actions", board.shown) % {"count": board.shown}


def hidden_words(hidden: int) -> str:
    return ngettext("les filtres en masquent %(count)s", "les filtres en masquent %(count)s", hidden) % {"count": hidden}


def several_words(board: Board) -> str:
    """Said when an action stands in two groups; empty otherwise."""
    if not board.several:
        return ""
    said = ngettext(
        "%(several)s action figure dans plusieurs groupes : les groupes montrent %(lines)s lignes, le total ne compte chaque action qu’une fois.",
        "%(several)s actions figurent dans plusieurs groupes : les groupes montrent %(lines)s lignes,"
        " le total ne compte chaque action qu’une fois.",
        board.several,
    )
    return said % {"several": board.several, "lines": board.lines}


STATE_KINDS = {
    Action.State.CREATED: "draft",
    Action.State.TO_BE_SCHEDULED: "to_confirm",
    Action.State.ONGOING: "open",
    Action.State.STOPPED: "cancelled",
    Action.State.TERMINATED: "done",
}
HEALTH_KINDS = {
    Action.Health.GOOD: "done",
    Action.Health.RISK: "late",
    Action.Health.BLOCKED: "overdue",
    Action.Health.PAUSED: "closed",
}


def pills() -> dict[str, SafeString]:
    """The word of each state and of each health, drawn once: two hundred rows show the same nine."""
    return _pills(get_language() or "fr")


@lru_cache(maxsize=8)
def _pills(language: str) -> dict[str, SafeString]:
    drawn: dict[str, SafeString] = {}
    for state, kind in STATE_KINDS.items():
        drawn[state] = render_to_string("ui/status.html", {"kind": kind, "label": Action.State(state).label})
    for health, kind in HEALTH_KINDS.items():
        drawn[health] = render_to_string("ui/status.html", {"kind": kind, "label": Action.Health(health).label})
    return drawn
