"""What the team reads of a sheet: its state in words, the score line by line, the history with names in place of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tissage.core.publication_gate import Gap
from tissage.core.quality import Quality
from tissage.core.vocabulary import Vocabulary
from tissage.network.languages import language_words
from tissage.network.models import FieldChange, Service
from tissage.people.models import User

from .services import TERM_KINDS

WHAT, WHOM, REACH, PRICE, WELCOME, CHECK, CONTACTS, PLACES = "what", "whom", "reach", "price", "welcome", "check", "contacts", "places"
"""The sections of a sheet: where a gap or a line of the score is mended."""

GAPS = {
    Gap.STATUS: (gettext_lazy("Le service n’existe plus : un service fermé pour de bon ne se publie pas"), WHAT, "status"),
    Gap.CONTACT: (gettext_lazy("Un téléphone ou une adresse e-mail qui n’est pas réservé à l’équipe"), CONTACTS, ""),
    Gap.AREA: (gettext_lazy("Le territoire desservi"), WHAT, "area"),
    Gap.RECEPTION: (gettext_lazy("Où l’on est reçu : sur place, à distance"), REACH, "receptions"),
    Gap.PLACE: (gettext_lazy("Le lieu où l’on est reçu"), PLACES, ""),
    Gap.ADDRESS: (gettext_lazy("La rue et le code postal du lieu, puisque son adresse est publique"), PLACES, ""),
    Gap.AUDIENCE: (gettext_lazy("Un public au moins"), WHOM, "audiences"),
    Gap.THEME: (gettext_lazy("Un thème au moins"), WHAT, "themes"),
}
_CRITERIA = {
    "address": (gettext_lazy("Adresse"), PLACES, ""),
    "contact_modes": (gettext_lazy("Comment prendre contact, et qui peut y faire appel"), REACH, "contact_modes"),
    "audience": (gettext_lazy("Public"), WHOM, "audiences"),
    "theme": (gettext_lazy("Thème"), WHAT, "themes"),
    "means": (gettext_lazy("Téléphone, e-mail ou lien"), CONTACTS, ""),
    "email": (gettext_lazy("Adresse e-mail, puisqu’on écrit"), CONTACTS, ""),
    "phone": (gettext_lazy("Téléphone, puisqu’on appelle"), CONTACTS, ""),
    "recency": (gettext_lazy("Vérifié depuis moins de 180 jours"), CHECK, "assured_on"),
    "fees": (gettext_lazy("Prix, avec le détail s’il est payant"), PRICE, "fee"),
    "description": (gettext_lazy("Description de 200 à 2 000 signes"), WHAT, "description"),
}
_OTHERS = {
    "publication": gettext_lazy("publication"),
    "contact": gettext_lazy("contact"),
    "place": gettext_lazy("lieu d’accueil"),
    "audience": gettext_lazy("publics"),
    "concerned_group": gettext_lazy("groupes concernés"),
    "theme": gettext_lazy("thèmes"),
    "service_kind": gettext_lazy("genres de service"),
    "reception": gettext_lazy("où l’on est reçu"),
    "contact_mode": gettext_lazy("comment prendre contact"),
    "language": gettext_lazy("langues"),
    "min_age": gettext_lazy("âge minimum"),
    "max_age": gettext_lazy("âge maximum"),
    "alert_until": gettext_lazy("fin du message « à savoir »"),
    "evidence_award": gettext_lazy("label montré"),
    "evidence_qualification": gettext_lazy("qualification montrée"),
    "evidence_document": gettext_lazy("déclaration jointe"),
}
_UNMOVED = ("publication", "contact", "place")
"""What the history shows without a way back: these have acts of their own."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A point and where it is mended. `section`: one of those above; `field`: the field there, if one."""

    words: str
    section: str
    field: str = ""


def gaps_in_words(gaps: Iterable[Gap]) -> list[Mended]:
    return [Mended(str(words), section, field) for words, section, field in (GAPS[gap] for gap in gaps)]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A criterion, its value said (« 0,5 sur 1 »), and where to do better when it is not whole."""

    words: str
    value: str
    applies: bool
    is_whole: bool
    section: str
    field: str


def score_in_words(quality: Quality) -> list[ScoreLine]:
    found = []
    for line in quality.lines:
        words, section, field = _CRITERIA[line.criterion]
        said = _("ne s’applique pas") if line.value is None else _("%(value)s sur 1") % {"value": localize(_short(line.value))}
        found.append(ScoreLine(str(words), said, line.applies, line.value == 1, section, field))
    return found


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


@dataclass(frozen=True, slots=True)
class Past:
    """A change as the team reads it. `returns`: the value before may be taken again."""

    change: FieldChange
    field: str
    old: str
    new: str
    returns: bool


def history_in_words(changes: Iterable[FieldChange], vocabulary: Vocabulary) -> list[Past]:
    """Changes in words, without any query but the one that gave them."""
    return [
        Past(
            change=one,
            field=field_words(one.field),
            old=_value(one.field, one.old, vocabulary),
            new=_value(one.field, one.new, vocabulary),
            returns=one.field not in _UNMOVED,
        )
        for one in changes
    ]


def field_words(field: str) -> str:
    if field in _OTHERS:
        return str(_OTHERS[field])
    return str(Service._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _value(field: str, text: str, vocabulary: Vocabulary) -> str:
    """A kept value in the words of the screen; empty stays empty. A row of another table is not named: only that there was one."""
    if not text:
        return ""
    if field in TERM_KINDS:
        codes = text.split(", ")
        return ", ".join(language_words(code) for code in codes) if field == "language" else ", ".join(vocabulary.labels(field, codes))
    if field in ("contact", "place"):
        return text
    column: Any = Service._meta.get_field(field)
    if isinstance(column, models.ForeignKey):
        return _("notée, n° %(number)s") % {"number": text}
    if isinstance(column, models.BooleanField):
        return _("oui")
    if isinstance(column, models.DateField):
        day = parse_date(text)
        return date_format(day, "j F Y") if day else text
    choices = {str(value): str(words) for value, words in column.flatchoices}
    return choices.get(text, text)


def history_of(service: Service) -> models.QuerySet[FieldChange]:
    """The changes of a sheet, the last first, with who made them."""
    found: models.QuerySet[FieldChange] = FieldChange.objects.filter(service=service).select_related("by", "service").order_by("-at", "-pk")
    return found


def acts_as_member(user: User, service: Service) -> bool:
    """Whether a change by this person is the organisation's own, not the team's."""
    return not user.has_perm("network.write_network", service)
