"""The convocation and the minutes of a meeting on A4, set by the press of `ui`."""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tissage.network.models import ActionItem, Meeting, Presence
from tissage.network.queries.meetings import Decided, decisions_of, items_of, presences_of
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf

TEMPLATE = Path(str(files("tissage.network.documents"))) / "templates" / "meeting.typ"


def convocation_pdf(meeting: Meeting, *, now: dt.datetime) -> bytes:
    """One page to send or to pin: when, where, the agenda."""
    blocks = [_agenda(meeting)] if meeting.agenda else []
    return _set(meeting, _("Convocation"), blocks, now=now)


def minutes_pdf(meeting: Meeting, *, now: dt.datetime) -> bytes:
    """The minutes: who came (by organisation), what was said, what was decided, who owes what by when."""
    decisions = decisions_of(meeting)
    loose = [item for item in items_of(meeting) if item.decision_id is None]
    blocks: list[dict[str, Any]] = [_presences(meeting)]
    if meeting.agenda:
        blocks.append(_agenda(meeting))
    blocks.append(_lines(_("Compte rendu"), meeting.minutes or _("Pas encore écrit.")))
    if decisions:
        blocks.append({"heading": _("Décisions et recommandations"), "decisions": [_decision(one) for one in decisions]})
    if loose:
        blocks.append({"heading": _("Autres suites"), "items": [_item(item) for item in loose]})
    return _set(meeting, _("Procès-verbal"), blocks, now=now)


def file_name(meeting: Meeting, what: str) -> str:
    return f"{what}-{timezone.localtime(meeting.starts_at):%Y-%m-%d}.pdf"


def _set(meeting: Meeting, kind: str, blocks: list[dict[str, Any]], *, now: dt.datetime) -> bytes:
    starts = timezone.localtime(meeting.starts_at)
    when = _("%(day)s à %(time)s") % {"day": date_format(starts, "l j F Y"), "time": time_format(starts, "H:i")}
    facts = [(_("Quand"), when), (_("Où"), meeting.place or _("lieu à préciser"))]
    if meeting.title:
        facts.insert(0, (_("Objet"), meeting.title))
    paper = {
        "title": f"{kind} · {meeting.collective.name}",
        "kind": kind,
        "name": meeting.collective.name,
        "territory": meeting.territory.name,
        "state": _state(meeting, kind),
        "facts": facts,
        "blocks": blocks,
        "language": (get_language() or "fr").split("-")[0],
        "page_of": _("page {page} sur {pages}"),
        "printed": _("imprimé le %(day)s") % {"day": date_format(timezone.localtime(now), "j F Y")},
    }
    return set_pdf(TEMPLATE, day=int(now.timestamp()), paper={**_printable(paper), "mark": mark()})


def _state(meeting: Meeting, kind: str) -> str:
    if meeting.status == Meeting.Status.CANCELLED:
        return _("réunion annulée")
    if kind == _("Convocation"):
        return ""
    if meeting.minutes_adopted_on:
        return _("approuvé le %(day)s") % {"day": date_format(meeting.minutes_adopted_on, "j F Y")}
    return _("projet, à approuver")


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def _lines(heading: str, text: str) -> dict[str, Any]:
    return {"heading": heading, "lines": [line.strip() for line in text.splitlines() if line.strip()]}


def _agenda(meeting: Meeting) -> dict[str, Any]:
    """Its points numbered, without the number or the dash that somebody typed before one."""
    points = [re.sub(r"^\s*(?:\d+[.)°]|[-–•*])\s*", "", line).strip() for line in meeting.agenda.splitlines()]
    return {"heading": _("Ordre du jour"), "points": [point for point in points if point]}


def _presences(meeting: Meeting) -> dict[str, Any]:
    attended = presences_of(meeting)
    by_state = {
        str(state.label): [one.organization.name for one in attended if one.state == state]
        for state in (Presence.State.PRESENT, Presence.State.EXCUSED, Presence.State.ABSENT, Presence.State.UNKNOWN)
    }
    heads = meeting.attendees_count
    if heads is None:
        counted = _("Nombre de personnes présentes : inconnu")
    else:
        counted = ngettext("%(count)s personne présente", "%(count)s personnes présentes", heads) % {"count": heads}
    rows = [[state.capitalize(), ", ".join(names)] for state, names in by_state.items() if names]
    return {"heading": _("Présences"), "rows": [*rows], "note": counted}


def _decision(decided: Decided) -> dict[str, Any]:
    decision = decided.decision
    about = ", ".join(str(one.get("label", "")) for one in decision.subjects)
    return {
        "number": str(decision.number),
        "kind": decision.get_kind_display(),
        "text": decision.text,
        "vote": _("Vote : %(vote)s") % {"vote": decision.vote} if decision.vote else "",
        "about": _("Sujet : %(about)s") % {"about": about} if about else "",
        "reason": _("Rien à faire : %(reason)s") % {"reason": decision.no_action_reason} if decision.no_action_reason else "",
        "items": [_item(item) for item in decided.items],
    }


def _item(item: ActionItem) -> dict[str, str]:
    """The organisation that owes it and the day agreed at the meeting; the person is not printed: minutes go round."""
    agreed = item.moves[0].old if item.moves else item.due_on
    due = _("pour le %(day)s") % {"day": date_format(agreed, "j F Y")}
    return {"text": item.text, "owner": item.owner.name, "due": due}
