"""From the cells of a table to criteria: one row at a time, with its problems and notices.

`RowReader` is fed cell by cell from any format. It keeps two digests a row, so that identical statements and repeated
identifiers are seen in a file of any length with bounded memory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from .codes import Code
from .columns import EXPORTED
from .criteria import search_columns
from .folding import fold
from .importing import (
    WHOLE_LINE,
    Findings,
    Note,
    UnreadableValue,
    parse_count,
    parse_date,
    parse_moment,
    parse_notes,
    parse_statement,
    parse_text,
)
from .messages import Message, gettext_noop, say
from .nomenclature import Nomenclature
from .row_codes import CodeCells
from .rows import CriterionRow, local_group_name

FACETS_LENGTH, GROUP_LENGTH, ID_LENGTH, QUESTION_LENGTH, SOURCE_LENGTH, LANGUAGE_LENGTH, DATE_LENGTH = 30, 300, 80, 12, 40, 10, 40
CODING_STATUSES = ("imported", "proposed", "validated")
CODING_ORIGINS = ("imported", "human", "suggestion", "changed")
_QUESTION = re.compile(r"[^\s;,|]{1,12}")
_CACHE_LIMIT = 20_000
_MASK = (1 << 64) - 1
_NO_NOTES: tuple[Note, ...] = ()
_NO_CODE: tuple[Code | None, Message | None] = (None, None)
T = TypeVar("T")
K = TypeVar("K")


def _digest(*parts: Hashable) -> int:
    """64 bits that say whether two rows of one file are alike: small enough to keep one a row. For one process only."""
    return hash(parts) & _MASK


class RowReader:
    """Reads rows whose columns bear `fields` ('' = ignored) and are called `labels` in the file.

    `source` is where ids come from unless a column says so; `territory_names` are the names under which the platform column
    means this territory (empty: any); `questions` are the codes already known; `constants` stand for columns the file has not.
    """

    def __init__(
        self,
        *,
        fields: Sequence[str],
        labels: Sequence[str],
        source: str,
        nomenclature: Nomenclature,
        territory_names: Collection[str] = (),
        questions: Collection[str] = (),
        constants: Mapping[str, str] | None = None,
        findings_limit: int = 10_000,
    ) -> None:
        self.fields = tuple(fields)
        self.positions = {field: place for place, field in enumerate(fields) if field}
        self._places = tuple(self.positions.items())
        self.labels = {field: labels[place] for field, place in self.positions.items()}
        self.constants = {field: value for field, value in (constants or {}).items() if value}
        self.given = frozenset(self.positions) | frozenset(self.constants)
        self.source = source
        self.nomenclature = nomenclature
        self.territory_names = {fold(name) for name in territory_names}
        self.questions = set(questions)
        self.problems = Findings(findings_limit)
        self.notices = Findings(findings_limit)
        self.unreadable = 0
        self._code_cells = CodeCells(columns=self.positions, label=self.label, nomenclature=nomenclature)
        self._codes: dict[tuple[str, ...], tuple[Code | None, Message | None]] = {}
        self._dates: dict[str, dt.date | None] = {}
        self._groups: dict[tuple[str, str], tuple[str, str]] = {}
        self._statements: dict[int, int] = {}
        self._repeats: dict[int, int] = {}
        self._ids: dict[int, int] = {}
        self._platform: set[str] = set()

    def label(self, field: str) -> str:
        return self.labels.get(field) or EXPORTED.get(field, field)

    def refuse(self, line: int, column: str, value: str, message: Message) -> None:
        """A whole line that cannot be read (not the right number of cells, a broken quotation)."""
        self.unreadable += 1
        self.problems.add(line, column, value, message)

    def read(self, line: int, cells: Sequence[str]) -> CriterionRow | None:
        """The row, or None when it has a problem or repeats an earlier row with the same identifier."""
        if len(cells) != len(self.fields):
            shown = " | ".join(cells)
            said = (
                gettext_noop("La ligne a %(count)s cellules ; il en faut %(wanted)s. Cherchez un séparateur dans un texte.")
                if len(cells) > 1
                else gettext_noop("La ligne a %(count)s cellule ; il en faut %(wanted)s. Cherchez un séparateur dans un texte.")
            )
            self.refuse(line, WHOLE_LINE, shown, say(said, count=len(cells), wanted=len(self.fields)))
            return None
        before = self.problems.total
        row = self._row(line, cells)
        if self.problems.total != before:
            self.unreadable += 1
            return None
        if self._repeats_id(row):
            return None
        if self.notices.limit:
            self._notice(row, cells)
        return row

    def _attempt(self, line: int, read: Callable[..., T], *arguments: Any, otherwise: T) -> T:
        try:
            return read(*arguments)
        except UnreadableValue as error:
            self.problems.add(line, error.column, error.value, error.message)
            return otherwise

    def _row(self, line: int, cells: Sequence[str]) -> CriterionRow:
        """Every cell is tried, so that a row says all its problems at once; unreadable ones are empty in what comes back."""
        values = dict(self.constants)
        for field, place in self._places:
            if cell := cells[place]:
                values[field] = cell
        value, attempt = values.get, self._attempt
        text = attempt(line, parse_statement, value("text", ""), self.label("text"), otherwise="")
        french_text = self._words(line, values, "french_text")
        notes = _NO_NOTES
        if "expressions" in values:
            notes = attempt(line, parse_notes, values["expressions"], self.label("expressions"), otherwise=_NO_NOTES)
        said = value("count", "")
        if said in ("", "1"):
            count = 1
        elif notes and said.strip() == "0":  # a criterion made of linked notes alone
            count = 0
        else:
            count = attempt(line, parse_count, said, self.label("count"), otherwise=1)
        group, written = self._named_group(line, values)
        question = value("question", "")
        if question not in self.questions:
            question = attempt(line, self._question, question.strip(), otherwise="")
        parts = (value("code", ""), value("component", ""), value("sub_component", ""), value("sense", ""), value("beneficiary", ""))
        code, unknown = self._codes.get(parts) or attempt(line, self._code, parts, otherwise=_NO_CODE)
        if unknown:
            self.notices.add(line, self.label("component" if "component" in self.positions else "code"), str(code), unknown)
        for field in ("source_created", "source_modified"):
            if field in values and values[field] not in self._dates:
                attempt(line, self._day, values[field], self.label(field), otherwise=None)
        said_on = None
        if "said_on" in values:
            said_on = self._dates.get(values["said_on"]) or attempt(
                line, self._day, values["said_on"], self.label("said_on"), otherwise=None
            )
        search, sort_key = search_columns(text, french_text)
        source = (self._short(line, values, "source", SOURCE_LENGTH) if "source" in values else "") or self.source
        external_id = self._short(line, values, "external_id", ID_LENGTH) if "external_id" in values else ""
        if not external_id:
            external_id = self._made_id(group, question, text)
        return CriterionRow(
            line=line,
            source=source,
            external_id=external_id,
            group=group,
            group_written=written,
            question=question,
            count=count,
            text=text,
            search=search,
            sort_key=sort_key,
            language=self._short(line, values, "language", LANGUAGE_LENGTH) if "language" in values else "",
            french_text=french_text,
            code=code,
            facet=self._short(line, values, "facet", FACETS_LENGTH) if code and "facet" in values else "",
            coding_status=self._one_of(line, values, "coding_status", CODING_STATUSES) if code else "",
            coding_origin=self._one_of(line, values, "coding_origin", CODING_ORIGINS) if code else "",
            proposition=self._words(line, values, "proposition") if value("proposition", "").strip() else "",
            proposition_corrected=self._words(line, values, "proposition_corrected"),
            source_created=self._short(line, values, "source_created", DATE_LENGTH) if "source_created" in values else "",
            source_modified=self._short(line, values, "source_modified", DATE_LENGTH) if "source_modified" in values else "",
            said_on=said_on,
            expressions=notes,
            nomenclature=value("nomenclature", ""),
            question_wording=self._words(line, values, "question_wording"),
            coder=value("coder", ""),
            coded_at=parse_moment(values["coded_at"]) if "coded_at" in values else None,
            memo=self._words(line, values, "memo"),
        )

    def _words(self, line: int, values: Mapping[str, str], field: str) -> str:
        return self._attempt(line, parse_text, values[field], self.label(field), otherwise="") if field in values else ""

    def _named_group(self, line: int, values: Mapping[str, str]) -> tuple[str, str]:
        """The name to keep and the cell as it stood; both read once for all the rows of a group."""
        named = (values.get("group", ""), values.get("platform", ""))
        known = self._groups.get(named)
        if known is None:
            words = self._words(line, values, "group").strip()
            known = (self._attempt(line, self._group, words, named[1].strip(), otherwise=""), named[0].strip())
            if known[0]:
                self._know(self._groups, named, known)
        return known

    def _short(self, line: int, values: Mapping[str, str], field: str, length: int) -> str:
        """A trimmed text of at most `length` characters, of a field that is there."""
        cell = values[field]
        if cell.isascii() and cell.isalnum() and len(cell) <= length:
            return cell

        def read(text: str, column: str) -> str:
            stripped = parse_text(text, column).strip()
            if len(stripped) > length:
                raise UnreadableValue(
                    column,
                    stripped,
                    say(gettext_noop("« %(start)s… » est trop long : %(most)s caractères au plus."), start=stripped[:40], most=length),
                )
            return stripped

        return self._attempt(line, read, values[field], self.label(field), otherwise="")

    def _one_of(self, line: int, values: Mapping[str, str], field: str, choices: Sequence[str]) -> str:
        if field not in values:
            return ""
        if values[field] in choices:
            return values[field]

        def read(text: str, column: str) -> str:
            if text.strip() and text.strip() not in choices:
                raise UnreadableValue(
                    column,
                    text,
                    say(
                        gettext_noop("« %(value)s » n’est pas prévu ici. Attendu : %(choices)s, ou rien."),
                        value=text.strip(),
                        choices=", ".join(choices),
                    ),
                )
            return text.strip()

        return self._attempt(line, read, values[field], self.label(field), otherwise="")

    def _group(self, written: str, platform: str) -> str:
        name = local_group_name(written, platform)
        if not name:
            raise UnreadableValue(self.label("group"), written, say(gettext_noop("Le groupe manque. Écrivez le nom du groupe homogène.")))
        if len(name) > GROUP_LENGTH or len(written) > GROUP_LENGTH:
            raise UnreadableValue(
                self.label("group"),
                name,
                say(gettext_noop("Ce nom de groupe dépasse %(most)s caractères. Raccourcissez-le."), most=GROUP_LENGTH),
            )
        return name

    def _question(self, written: str) -> str:
        if written in self.questions:
            return written
        if written.upper() in self.questions:
            return written.upper()
        if not written:
            raise UnreadableValue(
                self.label("question"), written, say(gettext_noop("La question manque. Écrivez son code, par exemple WB, IB ou ACT."))
            )
        if not _QUESTION.fullmatch(written):
            raise UnreadableValue(
                self.label("question"),
                written,
                say(
                    gettext_noop(
                        "« %(value)s » n’est pas un code de question. Attendu : WB, IB, ACT, ou un code de 12 caractères au plus."
                    ),
                    value=written,
                ),
            )
        return written

    def _notice(self, row: CriterionRow, cells: Sequence[str]) -> None:
        key = _digest(row.group, row.question, row.search)
        first = self._statements.setdefault(key, row.line)
        if first != row.line:
            self.notices.add(
                row.line,
                self.label("text"),
                row.text,
                say(gettext_noop("Ce critère est identique à celui de la ligne %(line)s (même groupe, même question)."), line=first),
            )
        if row.question not in self.questions:
            self.notices.add(
                row.line,
                self.label("question"),
                row.question,
                say(gettext_noop("La question « %(code)s » n’existe pas encore ici : elle sera ajoutée."), code=row.question),
            )
        place = self.positions.get("platform")
        if place is not None and self.territory_names:
            platform = cells[place].strip()
            if platform and platform not in self._platform:
                if fold(platform) in self.territory_names:
                    self._platform.add(platform)
                else:
                    self.notices.add(
                        row.line,
                        self.label("platform"),
                        platform,
                        say(
                            gettext_noop("La plate-forme « %(name)s » n’est pas ce territoire. Vérifiez que c’est le bon fichier."),
                            name=platform,
                        ),
                    )

    def _repeats_id(self, row: CriterionRow) -> bool:
        """Says a repeated identifier: the same row again is skipped with a notice, another one is a problem."""
        key = _digest(row.source, row.external_id)
        content = _digest(row.group, row.question, row.count, row.text, row.code, row.proposition)
        known = self._ids.setdefault(key, row.line << 64 | content)
        first = known >> 64
        if first == row.line:
            return False
        if known & _MASK == content:
            self.notices.add(
                row.line,
                self.label("external_id"),
                row.external_id,
                say(gettext_noop("Cette ligne répète la ligne %(line)s : elle ne compte qu’une fois."), line=first),
            )
        else:
            self.refuse(
                row.line,
                self.label("external_id"),
                row.external_id,
                say(
                    gettext_noop(
                        "L’identifiant « %(id)s » est déjà celui de la ligne %(line)s, qui dit autre chose. Corrigez l’un des deux."
                    ),
                    id=row.external_id,
                    line=first,
                ),
            )
        return True

    def _made_id(self, group: str, question: str, text: str) -> str:
        """An identifier for a row that has none: the same row of the same file gets the same one again."""
        key = _digest(group, question, text)
        number = self._repeats[key] = self._repeats.get(key, 0) + 1
        name = blake2b("\x1f".join((group, question, text)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{name}-{number}"

    def _day(self, text: str, column: str) -> dt.date | None:
        if text not in self._dates:
            self._know(self._dates, text, parse_date(text, column))
        return self._dates[text]

    def _know(self, known: dict[K, T], key: K, value: T) -> None:
        """Remembers what a cell says: most cells of a long file were met before. Bounded."""
        if len(known) > _CACHE_LIMIT:
            known.clear()
        known[key] = value

    def _code(self, parts: tuple[str, ...]) -> tuple[Code | None, Message | None]:
        known = self._codes.get(parts)
        if known is None:
            known = self._code_cells.read(*(part.strip() for part in parts))
            self._know(self._codes, parts, known)
        return known
