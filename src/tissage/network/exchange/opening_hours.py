"""Opening hours in the OpenStreetMap syntax: checked by a library, taken from French typing too, and said back in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from tissage.core.folding import fold

LONGEST = 300
ONE_DAY = dt.timedelta(days=1)
MONDAY = dt.date(2024, 1, 1)
"""Any week without a change of the hour: plain rules say the same of each."""

_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_FRENCH = {
    "lu": "Mo", "ma": "Tu", "me": "We", "je": "Th", "ve": "Fr", "sa": "Sa", "di": "Su",
    "lun": "Mo", "mar": "Tu", "mer": "We", "jeu": "Th", "ven": "Fr", "sam": "Sa", "dim": "Su",
    "lundi": "Mo", "mardi": "Tu", "mercredi": "We", "jeudi": "Th", "vendredi": "Fr", "samedi": "Sa", "dimanche": "Su",
}  # fmt: skip
_DAYS = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))
_MONTHS = {
    "Jan": _("janvier"), "Feb": _("février"), "Mar": _("mars"), "Apr": _("avril"), "May": _("mai"), "Jun": _("juin"),
    "Jul": _("juillet"), "Aug": _("août"), "Sep": _("septembre"), "Oct": _("octobre"), "Nov": _("novembre"), "Dec": _("décembre"),
}  # fmt: skip
_NTH = {"1": _("premier"), "2": _("deuxième"), "3": _("troisième"), "4": _("quatrième"), "5": _("cinquième"), "-1": _("dernier")}
_TIME = r"\d{2}:\d{2}"
_SPANS = rf"{_TIME}-{_TIME}(?:,\s?{_TIME}-{_TIME})*"
_DAY = "Mo|Tu|We|Th|Fr|Sa|Su"
_WEEKLY = re.compile(
    rf"(?:24/7|(?:(?:{_DAY})(?:-(?:{_DAY}))?(?:,(?:{_DAY})(?:-(?:{_DAY}))?)*\s+)?(?:{_SPANS}|off|closed)|(?:{_DAY})(?:[-,](?:{_DAY}))*)"
)
_NTH_DAY = re.compile(rf"(?P<day>{_DAY})\[(?P<nth>-?\d)\]\s+(?P<spans>{_SPANS})")
_HOLIDAYS = re.compile(rf"(?P<which>PH|SH)\s+(?P<spans>{_SPANS}|off|closed)")
_SEASON = re.compile(rf"(?P<first>{'|'.join(_MONTHS)})(?:-(?P<last>{'|'.join(_MONTHS)}))?\s+(?:off|closed)")
_COMMENT = re.compile(r'"([^"]*)"')


class WrongHours(ValueError):
    """What was typed is not opening hours; said in words for whoever typed it."""

    def __init__(self) -> None:
        super().__init__(gettext("Ces heures ne se lisent pas. Écrivez par exemple : Lu-Ve 9h-12h, 13h30-17h ; Sa 10h-12h."))


def check_hours(text: str) -> str:
    """The same hours in the OpenStreetMap syntax; « Lu-Ve 9h-12h » is understood. Empty stays empty. Raises `WrongHours`.

    >>> check_hours("Lu-Ve 9h-12h ; Sa fermé")
    'Mo-Fr 09:00-12:00; Sa closed'
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    for candidate in (typed, _from_french(typed)):
        try:
            found = str(OpeningHours(candidate))
        except (ParserError, ValueError):
            continue
        if len(found) <= LONGEST:
            return found
    raise WrongHours


def _from_french(text: str) -> str:
    """The days and hours of French typing in the words of OpenStreetMap; what stands between quotes is left alone."""
    return '"'.join(part if place % 2 else _translated(part) for place, part in enumerate(text.split('"')))


def _translated(text: str) -> str:
    text = re.sub(r"[–—]", "-", text)
    text = re.sub(r"(?i)\bjours?\s+f[ée]ri[ée]s\b", "PH", text)
    text = re.sub(r"(?i)\bvacances(\s+scolaires)?\b", "SH", text)
    text = re.sub(r"(?i)\bferm[ée]e?s?\b", "off", text)
    text = re.sub(r"(?i)\b(\d{1,2})\s?[h:](?:\s?(\d{2}))?\b", lambda found: f"{int(found[1]):02d}:{found[2] or '00'}", text)
    text = re.sub(r"(?i)\b(?:du|de|tous les|le|les)\s+", "", text)
    text = re.sub(r"(?i)\s+(?:au|à|a|jusqu’à)\s+", "-", text)
    text = re.sub(r"(?i)\s+et\s+", ",", text)
    text = re.sub(r"[^\W\d_]+", lambda found: _FRENCH.get(fold(found[0]).removesuffix("s"), found[0]), text)
    text = re.sub(r"\s*([-,])\s*", r"\1", text)
    return re.sub(r"\s*;\s*", "; ", re.sub(r"\s+", " ", text)).strip(" ;.")


def weekly(text: str) -> list[tuple[str, str]]:
    """The hours in words, line by line: (which days, when), in the language of the screen. Nothing typed, or hours that no longer read: [].

    A plain week is worked out by the library, so that a later rule wins over an earlier one; other rules follow one by one,
    as they are written where no words are known for them.
    """
    try:
        rules = [rule.strip() for rule in str(OpeningHours(text)).split(";")] if text.strip() else []
    except (ParserError, ValueError):
        return []
    only_said = [rule for rule in rules if _COMMENT.search(rule) and _COMMENT.sub("", rule).strip() in ("", "24/7")]
    plain = [rule for rule in rules if rule not in only_said and _WEEKLY.fullmatch(_COMMENT.sub("", rule).strip())]
    said = list(_week("; ".join(plain))) if plain else []
    said += [_words(rule) for rule in rules if rule not in plain and rule not in only_said]
    notes = [note for rule in (*plain, *only_said) for note in _COMMENT.findall(rule) if note]
    return said + [(gettext("à savoir"), note) for note in dict.fromkeys(notes)]


def _week(text: str) -> Iterator[tuple[str, str]]:
    """The days of a plain week, those with the same hours together."""
    start = dt.datetime.combine(MONDAY, dt.time())
    days: list[list[tuple[dt.datetime, dt.datetime]]] = [[] for _day in _OSM_DAYS]
    for opens, closes, state, _comment in OpeningHours(text).intervals(start - ONE_DAY, start + 8 * ONE_DAY):
        if state == State.CLOSED:
            continue
        if closes - opens < ONE_DAY:  # a night belongs to the day it begins
            place = (opens - start).days
            if 0 <= place < 7:
                days[place].append((opens, closes))
            continue
        for place in range(7):
            first, last = max(opens, start + place * ONE_DAY), min(closes, start + (place + 1) * ONE_DAY)
            if first < last:
                days[place].append((first, last))
    same: dict[tuple[tuple[dt.time, dt.time], ...], list[int]] = {}
    for place, day in enumerate(days):
        if day:
            same.setdefault(tuple((first.time(), last.time()) for first, last in day), []).append(place)
    for spans, places in same.items():
        yield _days(places), _spans(list(spans))


def _days(places: list[int]) -> str:
    """« du lundi au mercredi », « lundi et jeudi », « tous les jours »: runs of days, by their number from 0."""
    if len(places) == 7:
        return gettext("tous les jours")
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    words = [
        gettext("du %(first)s au %(last)s") % {"first": _DAYS[run[0]], "last": _DAYS[run[-1]]}
        if len(run) > 2
        else gettext(" et ").join(str(_DAYS[place]) for place in run)
        for run in (runs if any(len(run) > 2 for run in runs) else [[place] for place in places])
    ]
    return gettext(" et ").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _spans(spans: list[tuple[dt.time, dt.time]]) -> str:
    if spans == [(dt.time(), dt.time())]:
        return gettext("jour et nuit")
    said = [gettext("de %(opens)s à %(closes)s") % {"opens": _clock(opens), "closes": _clock(closes, ends=True)} for opens, closes in spans]
    return gettext(" et ").join(said)


def _clock(time: dt.time, *, ends: bool = False) -> str:
    hour = 24 if ends and time == dt.time() else time.hour
    return f"{hour}\u00a0h\u00a0{time.minute:02d}" if time.minute else f"{hour}\u00a0h"


def _written(spans: str) -> str:
    if spans in ("off", "closed"):
        return gettext("fermé")
    pairs = [tuple(dt.time(int(one[:2]) % 24, int(one[3:])) for one in span.strip().split("-")) for span in spans.split(",")]
    return _spans([(opens, closes) for opens, closes in pairs])


def _words(rule: str) -> tuple[str, str]:
    """A rule beyond the plain week, in words; as it is written when none are known."""
    bare = _COMMENT.sub("", rule).strip()
    if found := _NTH_DAY.fullmatch(bare):
        day = _DAYS[_OSM_DAYS.index(found["day"])]
        nth = _NTH.get(found["nth"])
        if nth is not None:
            return gettext("le %(nth)s %(day)s du mois") % {"nth": nth, "day": day}, _written(found["spans"])
    if found := _HOLIDAYS.fullmatch(bare):
        return gettext("jours fériés") if found["which"] == "PH" else gettext("vacances scolaires"), _written(found["spans"])
    if found := _SEASON.fullmatch(bare):
        first, last = _MONTHS[found["first"]], _MONTHS[found["last"] or found["first"]]
        days = (
            gettext("en %(month)s") % {"month": first}
            if first == last
            else gettext("de %(first)s à %(last)s") % {"first": first, "last": last}
        )
        return days, gettext("fermé")
    return gettext("autrement"), rule
