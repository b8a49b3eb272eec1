"""A saved wikispiral platform page, as text or as HTML (`spiral.md` §12): description, list of groups, criteria.

Both are streamed. A first reading finds the description, the groups and the header; `rows()` streams the criteria again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tissage.core.columns import WIKISPIRAL, read_header
from tissage.core.folding import fold
from tissage.core.importing import WHOLE_LINE, Finding, UnreadableValue, looks_like_a_date, parse_date
from tissage.core.messages import gettext_noop, say
from tissage.core.rows import local_group_name
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.exchange.tables import Line

from .html import HtmlPage
from .sources import ListedGroup, Page, Source, encoding_notice

_CRITERIA = {fold(heading) for heading in WIKISPIRAL}
_NAME, _PLATFORM, _LANGUAGE, _CREATED = "nom du groupe", "plate-forme", "langue", "cree le"
_RULE = re.compile(r"[\s|:-]+")
_FURNITURE = ("statistics page", "for more statistics", "liste des groupes", "acces a", "acces aux")


@dataclass(frozen=True, slots=True)
class Text:
    """A line of prose."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of a table. `breaks` is True when a new table begins with it."""

    line: int
    cells: tuple[str, ...]
    breaks: bool = False


def open_page(path: Path) -> Source:
    """Raises `UnreadableFile` when the page holds no table of criteria."""
    encoding = encoding_of(path)
    is_html = _is_html(path, encoding)
    header: tuple[str, ...] = ()
    prose: list[str] = []
    groups: list[ListedGroup] = []
    problems: list[Finding] = []
    platform = ""
    for kind, item in _sections(_parts(path, encoding, is_html)):
        if kind == "prose" and isinstance(item, Text):
            prose.append(item.text)
        elif kind == "header" and isinstance(item, Cells):
            header = header or item.cells
        elif kind == "group" and isinstance(item, Cells):
            group = _listed_group(item, problems)
            if group:
                groups.append(group)
                platform = platform or group.platform
        elif kind == "row" and not platform and isinstance(item, Cells) and len(item.cells) == len(WIKISPIRAL):
            platform = item.cells[[fold(label) for label in header].index(_PLATFORM)]
    if not header:
        raise UnreadableFile(
            gettext_noop(
                "« %(file)s » ne contient pas le tableau des critères d’une page wikispiral."
                " Attendu : une ligne de titres « Crit ID | Plate-forme | Nom du groupe homogène | … »."
            ),
            file=path.name,
        )
    reading = read_header(header)
    page = Page(_description(prose), platform or _platform_of_title(prose), tuple(groups))
    return Source(
        format="wikispiral",
        reading=reading,
        fields=reading.fields,
        rows=lambda: _rows(path, encoding, is_html),
        page=page,
        problems=tuple(problems),
        notices=encoding_notice(encoding),
    )


def _is_html(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding) as stream:
        start = stream.read(4096).lower()
    return path.suffix.lower() in (".html", ".htm") or "<html" in start or start.lstrip().startswith(("<!doctype", "<table"))


def _rows(path: Path, encoding: str, is_html: bool) -> Iterator[Line]:
    for kind, item in _sections(_parts(path, encoding, is_html)):
        if kind == "row" and isinstance(item, Cells):
            yield item.line, list(item.cells)


def _parts(path: Path, encoding: str, is_html: bool) -> Iterator[Text | Cells]:
    with path.open(encoding=encoding) as stream:
        if not is_html:
            for number, line in enumerate(stream, start=1):
                yield _text_part(number, line)
            return
        page = HtmlPage()
        while block := stream.read(1 << 16):
            page.feed(block)
            yield from _html_parts(page)
        page.close()
        yield from _html_parts(page)


def _html_parts(page: HtmlPage) -> Iterator[Text | Cells]:
    for found in page.taken():
        if found.cells is None:
            yield Text(found.line, found.text)
        elif any(found.cells):
            yield Cells(found.line, found.cells, found.first)


def _text_part(number: int, line: str) -> Text | Cells:
    stripped = line.strip()
    if "|" not in stripped or not stripped.strip("| "):
        return Text(number, stripped)
    cells = [cell.strip() for cell in stripped.split("|")]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    if not cells[0] and len(cells) > 1:
        cells.pop(0)
    return Cells(number, tuple(cells))


def _sections(parts: Iterator[Text | Cells]) -> Iterator[tuple[str, Text | Cells]]:
    """Says what each part is: `prose` (before the first table), `group`, `header`, `row`; the rest of the page is left out."""
    state = "prose"
    width = 0
    for part in parts:
        if isinstance(part, Text):
            if state == "prose":
                yield "prose", part
            elif part.text:
                state = "between"
            continue
        folded = {fold(cell) for cell in part.cells}
        if folded >= _CRITERIA:
            state, width = "row", len(part.cells)
            yield "header", part
        elif {_NAME, _PLATFORM} <= folded:
            state = "group"
        elif state == "prose" and len(part.cells) <= 2:
            yield "prose", Text(part.line, " ".join(part.cells))
        elif all(_RULE.fullmatch(cell) for cell in part.cells if cell):
            continue
        elif part.breaks:
            state = "between"
        elif state == "group":
            yield "group", part
        elif state == "row":
            yield "row", part
        elif width and len(part.cells) == width and part.cells[0].isdigit():
            state = "row"
            yield "row", part


def _listed_group(row: Cells, problems: list[Finding]) -> ListedGroup | None:
    """A row of the groups table: the language is often missing, so the date is known by its pattern (`spiral.md` §12.3)."""
    written, platform = row.cells[0], row.cells[1] if len(row.cells) > 1 else ""
    if not written:
        said = say(gettext_noop("Le nom du groupe manque. Complétez-le, ou retirez la ligne."))
        problems.append(Finding(row.line, "Nom du groupe", "", said))
        return None
    if len(row.cells) > 4:
        said = say(
            gettext_noop("La ligne a %(count)s cellules ; il en faut 4. Cherchez une barre « | » dans le nom du groupe."),
            count=len(row.cells),
        )
        problems.append(Finding(row.line, WHOLE_LINE, " | ".join(row.cells), said))
        return None
    language, created_on = "", None
    for place, cell in enumerate(row.cells[2:]):
        if not cell:
            continue
        if place == 0 and not looks_like_a_date(cell) and not any(character.isdigit() for character in cell):
            language = cell[:10]
            continue
        try:
            created_on = parse_date(cell, "Créé le")
        except UnreadableValue as error:
            problems.append(Finding(row.line, error.column, error.value, error.message))
    return ListedGroup(row.line, written[:300], local_group_name(written, platform)[:300], platform, language, created_on)


def _description(prose: list[str]) -> str:
    """The page's text between its title and the first of its fixed headings."""
    kept = []
    for text in prose[1:]:
        if fold(text).startswith(_FURNITURE):
            break
        kept.append(text)
    return "\n\n".join(text for text in kept if text).strip().rstrip("|").strip()


def _platform_of_title(prose: list[str]) -> str:
    title = next((text for text in prose if text), "")
    return title.rpartition(" - ")[2].strip()[:160]
