"""The agenda on paper: an A3 poster to hang, an A5 leaflet to give. What everybody may read, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tissage.agenda.exchange.calendar import place_words
from tissage.agenda.models import Occurrence
from tissage.agenda.queries.diary import Shown
from tissage.people.models import Territory
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf, standalone
from tissage.ui.qr import qr_svg

TEMPLATE = Path(str(files("tissage.agenda.documents"))) / "templates" / "diary.typ"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a sheet says: a title, what was chosen, days with their dates."""

    territory: Territory
    title: str
    chosen: str
    days: list[tuple[dt.date, list[Shown]]]
    printed_on: dt.date


def poster_pdf(paper: Paper) -> bytes:
    """One A3 sheet, or more when there is much to say."""
    return _set(paper, "a3")


def leaflet_pdf(paper: Paper) -> bytes:
    """A5 pages."""
    return _set(paper, "a5")


def _set(paper: Paper, size: str) -> bytes:
    address = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("diary:home", args=[paper.territory.slug])
    said: dict[str, Any] = {
        "size": size,
        "language": (get_language() or "fr").split("-")[0],
        "title": printable(paper.title),
        "territory": printable(paper.territory.name),
        "chosen": printable(paper.chosen),
        "empty": _("Aucune date pour le moment. L’agenda se remplit au fil de l’année."),
        "days": [{"day": date_format(day, "l j F Y"), "dates": [_date(one) for one in dates]} for day, dates in paper.days],
        "free": _("Gratuit, sauf mention."),
        "invented": _("Données inventées pour la démonstration.") if paper.territory.is_demonstration else "",
        "more": _("Tout l’agenda, et les changements :"),
        "address": address,
        "qr": standalone(qr_svg(address)) if "xmlns" not in qr_svg(address) else qr_svg(address),
        "alt": _("Code QR qui ouvre l’agenda"),
        "mark": mark(),
        "printed": _("Imprimé le %(day)s") % {"day": date_format(paper.printed_on, "j F Y")},
    }
    moment = dt.datetime.combine(paper.printed_on, dt.time(), tzinfo=dt.UTC)
    return set_pdf(TEMPLATE, day=int(moment.timestamp()), paper=said)


def _date(one: Shown) -> dict[str, str]:
    date, activity = one.occurrence, one.activity
    local = timezone.localtime
    hours = " – ".join(date_format(local(moment), "H\\hi") for moment in (date.starts_at, date.ends_at))
    state = {
        Occurrence.Status.FULL: _("complet"),
        Occurrence.Status.POSTPONED: _("reporté, date à venir"),
        Occurrence.Status.RESCHEDULED: _("date déplacée"),
    }.get(Occurrence.Status(date.status), "")
    return {
        "hours": hours,
        "title": printable(one.title),
        "summary": printable(one.summary),
        "where": printable(place_words(one.where, one.room)),
        "lead": printable(activity.lead.name),
        "audiences": printable(", ".join(one.audiences)),
        "state": state,
        "price": "" if activity.is_free else printable(one.price_note or _("payant")),
    }
