"""A plan as a municipality publishes it on a page: lines « NN code title », some with the mark of a legal basis and its operator.

Reading rules (`pcs.md` §4.1): the code may touch the title (« 5.4.01Activités »); the mark and the operator follow the title; a house
may stand without « ASBL »; curly apostrophes and « … » are kept; « Article 27 » is an operator's name, no legal basis; a code may
serve several lines. The marks are data of the framework.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .folding import fold
from .importing import Finding, Findings
from .messages import gettext_noop, say

_ROW = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?P<code>\d{1,2}\.\d{1,2}\.\d{2})(?!\d)[\s:–-]*(?P<rest>.*)")
_LIKE_A_ROW = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?P<rest>\S.*)")
_LIKE_A_CODE = re.compile(r"(\d+[.,]\d[\d.,]*)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # a title keeps its non-breaking spaces
_BULLET = re.compile(r"[•·▪*–-]\s+")
_TITLES = ("actions", "action", "axe", "objectif", "theme", "numero", "n°")
LONGEST_TITLE, LONGEST_NAME = 280, 200
LINE = gettext_noop("ligne")


@dataclass(frozen=True, slots=True)
class PageAction:
    """A line of the plan. `basis` is the code of the legal basis whose mark it bears, "" for an action of the town's own; `operator` as written."""

    line: int
    number: int
    code: str
    title: str
    basis: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What a page holds. Problems are lines that could not be read; notices are read and worth a look."""

    actions: tuple[PageAction, ...]
    objectives: tuple[str, ...]
    axes: tuple[str, ...]
    problems: tuple[Finding, ...]
    notices: tuple[Finding, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The distinct codes, in the order they first stand."""
        return tuple(dict.fromkeys(action.code for action in self.actions))


def read_plan_page(lines: Iterable[tuple[int, str]], marks: Mapping[str, str]) -> PlanPage:
    """Reads a page given as (line number of the file, text). `marks`: mark as written → code of the legal basis, e.g. {"ART 20": "art20"}."""
    given = [(number, _SPACES.sub(" ", text).strip(" \u00a0")) for number, text in lines]
    problems, notices = Findings(), Findings()
    mark = _mark_pattern(marks)
    actions = _rows(given, marks, mark, problems)
    _look_at_repeats(actions, notices)
    _look_at_numbers(actions, notices)
    for action in actions:
        if action.basis and not action.operator:
            said = say(
                gettext_noop("L’action %(number)s porte la mention d’une base légale sans dire qui l’opère. Complétez-la après l’import."),
                number=action.number,
            )
            notices.add(action.line, gettext_noop("opérateur"), "", said)
    lists = _bulleted(given)
    return PlanPage(
        tuple(actions),
        lists.get("objectif", ()),
        lists.get("axe", ()),
        tuple(problems.in_order()),
        tuple(notices.in_order()),
    )


def _mark_pattern(marks: Mapping[str, str]) -> re.Pattern[str] | None:
    """Any of the marks as whole words, however their spaces, dots and capitals are written."""
    if not marks:
        return None
    written = (r"[\s.]*".join(re.escape(word) for word in re.findall(r"\w+", mark)) for mark in sorted(marks, key=len, reverse=True))
    return re.compile(rf"(?<!\w)[(\[]?(?P<mark>{'|'.join(written)})(?!\w)[)\]]?[\s:–-]*", re.IGNORECASE)


def _basis_of(written: str, marks: Mapping[str, str]) -> str:
    plain = {"".join(re.findall(r"\w+", mark)).casefold(): basis for mark, basis in marks.items()}
    return plain["".join(re.findall(r"\w+", written)).casefold()]


def _rows(given: list[tuple[int, str]], marks: Mapping[str, str], mark: re.Pattern[str] | None, problems: Findings) -> list[PageAction]:
    read = [_ROW.fullmatch(text) for _line, text in given]  # by place: of HTML, several rows may stand on one line of the file
    good = [place for place, match in enumerate(read) if match]
    first, last = (good[0], good[-1]) if good else (0, 0)
    actions: list[PageAction] = []
    taken: dict[int, int] = {}
    for place, (line, text) in enumerate(given):
        match = read[place]
        if match is None:
            if _should_be_a_row(text, inside=first < place < last):
                _say_unreadable(line, text, problems)
            continue
        action = _action(line, match, marks, mark)
        if not action.title:
            said = say(
                gettext_noop("L’action %(number)s n’a pas de titre. Attendu : le numéro, le code, puis le titre."), number=action.number
            )
            problems.add(line, gettext_noop("titre"), text, said)
        elif len(action.title) > LONGEST_TITLE or len(action.operator) > LONGEST_NAME:
            said = say(
                gettext_noop(
                    "L’action %(number)s est trop longue : %(title)s caractères au plus pour un titre, %(name)s pour un opérateur."
                ),
                number=action.number,
                title=LONGEST_TITLE,
                name=LONGEST_NAME,
            )
            problems.add(line, gettext_noop("titre"), text, said)
        elif action.number in taken:
            said = say(
                gettext_noop("Le numéro %(number)s est déjà celui de la ligne %(first)s. Donnez à chaque action un numéro à elle."),
                number=action.number,
                first=taken[action.number],
            )
            problems.add(line, gettext_noop("numéro"), text, said)
        else:
            taken[action.number] = line
            actions.append(action)
    return actions


def _action(line: int, match: re.Match[str], marks: Mapping[str, str], mark: re.Pattern[str] | None) -> PageAction:
    title, basis, operator = match["rest"].strip(), "", ""
    found = mark.search(title) if mark else None
    if found:
        title, basis, operator = title[: found.start()].strip(), _basis_of(found["mark"], marks), title[found.end() :].strip(" \u00a0.;")
    return PageAction(line, int(match["number"]), match["code"], title, basis, operator)


def _should_be_a_row(text: str, *, inside: bool) -> bool:
    """A line that stands where actions are listed, or that looks like one: heading words and blank lines apart."""
    if not text:
        return False
    like = _LIKE_A_ROW.fullmatch(text)
    if like and _LIKE_A_CODE.match(like["rest"]):
        return True
    return inside and not fold(text).startswith(_TITLES)


def _say_unreadable(line: int, text: str, problems: Findings) -> None:
    like = _LIKE_A_ROW.fullmatch(text)
    code = _LIKE_A_CODE.match(like["rest"]) if like else None
    if code:
        said = say(
            gettext_noop("« %(code)s » n’est pas un code du catalogue. Attendu : axe, thème et deux chiffres, par exemple 5.4.01."),
            code=code[1],
        )
        problems.add(line, gettext_noop("code"), text, said)
    elif like:
        said = say(
            gettext_noop(
                "Aucun code ne suit le numéro %(number)s. Attendu : le numéro, le code, le titre, par exemple « 05 2.8.03 Respect des quartiers »."
            ),
            number=like["number"],
        )
        problems.add(line, gettext_noop("code"), text, said)
    else:
        said = say(
            gettext_noop(
                "Cette ligne, parmi les actions, ne se lit pas. Attendu : le numéro, le code, le titre ; un titre tient sur une seule ligne."
            )
        )
        problems.add(line, LINE, text, said)


def _look_at_repeats(actions: list[PageAction], notices: Findings) -> None:
    counts = Counter(action.code for action in actions)
    seen: dict[str, list[PageAction]] = {}
    for action in actions:
        seen.setdefault(action.code, []).append(action)
    for code, count in counts.items():
        if count > 1:
            said = say(
                gettext_noop("Le code %(code)s sert à %(count)s actions (%(numbers)s) : chacune est gardée."),
                code=code,
                count=count,
                numbers=", ".join(str(action.number) for action in seen[code]),
            )
            notices.add(seen[code][1].line, gettext_noop("code"), code, said)


def _look_at_numbers(actions: list[PageAction], notices: Findings) -> None:
    numbers = {action.number for action in actions}
    if not numbers:
        return
    missing = [number for number in range(1, max(numbers)) if number not in numbers]
    if missing:
        said = say(
            gettext_noop("La numérotation saute : %(numbers)s. Vérifiez que rien ne manque dans le fichier."),
            numbers=", ".join(str(number) for number in missing[:20]),
        )
        notices.add(actions[-1].line, gettext_noop("numéro"), "", said)


def _bulleted(given: list[tuple[int, str]]) -> dict[str, tuple[str, ...]]:
    """Lists under a sentence that announces them (« … deux objectifs : », « … 7 axes : »), by the first of these words it says last."""
    found: dict[str, tuple[str, ...]] = {}
    name: str = ""
    items: list[str] = []
    for _line, text in given:
        if not text:
            continue
        bullet = _BULLET.match(text)
        if name and (bullet or text[-1:] in ";."):
            items.append(text[bullet.end() if bullet else 0 :].rstrip(" \u00a0;."))
            if text.endswith("."):
                found.setdefault(name, tuple(items))
                name, items = "", []
            continue
        if name and items:
            found.setdefault(name, tuple(items))
        announced = fold(text)
        name, items = "", []
        if text.endswith(":"):
            places = {word: announced.rfind(word) for word in ("objectif", "axe")}
            best = max(places, key=lambda word: places[word])
            name = best if places[best] >= 0 else ""
    if name and items:
        found.setdefault(name, tuple(items))
    return found
