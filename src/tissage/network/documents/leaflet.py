"""The directory on paper: one service after another, grouped by organisation, A4 tagged (PDF/UA-1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tissage.core.freshness import Freshness
from tissage.network.models import Service
from tissage.network.queries.sheets import Sheet
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf

TEMPLATE = Path(str(files("tissage.network.documents"))) / "templates" / "leaflet.typ"


@dataclass(frozen=True, slots=True)
class Leaflet:
    """`asked`: what was searched, in words; empty for the whole directory. Sheets hold public contacts only."""

    territory: str
    asked: str
    day: dt.date
    sheets: tuple[Sheet, ...]
    is_demonstration: bool = False


def render_leaflet(leaflet: Leaflet) -> bytes:
    by_house = sorted(leaflet.sheets, key=lambda one: (one.service.organization.search, one.service.organization_id, one.service.name))
    day = date_format(leaflet.day, "j F Y")
    count = len(leaflet.sheets)
    made = {
        "language": (get_language() or "fr").split("-")[0],
        "title": printable(_("Annuaire des services · %(territory)s") % {"territory": leaflet.territory}),
        "asked": printable(leaflet.asked),
        "count": ngettext("%(n)s service", "%(n)s services", count) % {"n": count},
        "day": _("imprimé le %(day)s") % {"day": day},
        "invented": _("données inventées pour la démonstration") if leaflet.is_demonstration else "",
        "houses": [
            {
                "name": printable(house.name),
                "about": printable(" · ".join(part for part in (str(house.get_kind_display()), house.website) if part)),
                "services": [_service(sheet) for sheet in sheets],
            }
            for house, sheets in groupby(by_house, key=lambda one: one.service.organization)
        ],
        "mark": mark(),
        "words": {"page_of": _("page {page} sur {pages}"), "check": _("Téléphonez avant de vous déplacer : les heures changent.")},
    }
    midnight = dt.datetime(leaflet.day.year, leaflet.day.month, leaflet.day.day, tzinfo=dt.UTC)
    return set_pdf(TEMPLATE, day=int(midnight.timestamp()), leaflet=made)


def _service(sheet: Sheet) -> dict[str, Any]:
    service = sheet.service
    return {
        "name": printable(service.name),
        "lead": printable(service.short_description),
        "alert": printable(sheet.alert),
        "facts": [[printable(label), [printable(line) for line in lines]] for label, lines in _facts(sheet) if lines],
        "checked": printable(checked_words(sheet.freshness)),
        "marked": sheet.freshness.is_marked,
    }


def _facts(sheet: Sheet) -> list[tuple[str, list[str]]]:
    service = sheet.service
    places = []
    for where in sheet.where:
        said = ", ".join(where.lines) or _("adresse non communiquée, pour protéger les personnes")
        if where.shown.level == "on_request":
            said = ", ".join([*where.lines, _("adresse donnée au contact")])
        places.append(said)
        places += [f"{days} : {spans}" for days, spans in where.hours]
    reach = [" · ".join(part for part in (one.label, one.phone, one.email) if part) for one in sheet.contacts]
    fee = str(service.get_fee_display()) if service.fee != Service.Fee.UNKNOWN else ""
    return [
        (_("Pour qui"), [", ".join([*sheet.audiences, *sheet.concerned_groups]) or _("tout le monde"), *_some(service.audience_note)]),
        (_("Joindre"), [*reach, *_some(service.contact_link)]),
        (_("Où et quand"), places),
        (_("Prix"), [" : ".join(part for part in (fee, service.fee_note) if part)] if fee or service.fee_note else []),
        (_("Langues"), [", ".join(sheet.languages)] if sheet.languages else []),
    ]


def _some(text: str) -> list[str]:
    return [text] if text else []


def checked_words(freshness: Freshness) -> str:
    """« vérifié le 3 mars 2026 », « non vérifié depuis le 3 mars 2026 », « jamais vérifié »."""
    if freshness.since is None:
        return _("jamais vérifié")
    day = date_format(freshness.since, "j F Y")
    return (_("non vérifié depuis le %(day)s") if freshness.is_marked else _("vérifié le %(day)s")) % {"day": day}
