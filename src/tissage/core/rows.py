"""From the cells of a table to criteria: one row at a time, with its problems and notices.

`RowReader` is fed cell by cell from any format. It keeps two digests a row, so that identical statements and repeated
identifiers are seen in a file of any length with bounded memory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from .codes import Code, MalformedCode, parse_code
from .columns import EXPORTED
from .criteria import search_columns
from .folding import fold
from .importing import Findings, Note, UnreadableValue, parse_count, parse_date, parse_notes, parse_statement, parse_text
from .nomenclature import Nomenclature

FACETS_LENGTH, GROUP_LENGTH, ID_LENGTH, QUESTION_LENGTH, SOURCE_LENGTH, LANGUAGE_LENGTH, DATE_LENGTH = 30, 300, 80, 12, 40, 10, 40
CODING_STATUSES = ("imported", "proposed", "validated")
CODING_ORIGINS = ("imported", "human", "suggestion")
_QUESTION = re.compile(r"[^\s;,|]{1,12}")
_PART_NAMES = {"object": "component", "sub_component": "sub_component", "sense": "sense", "beneficiary": "beneficiary"}
_CACHE_LIMIT = 20_000
T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One row of a file, read. `group` is the name to keep; `group_written` is the cell as it stood."""

    line: int
    source: str
    external_id: str
    group: str
    group_written: str
    question: str
    count: int
    text: str
    search: str
    sort_key: str
    language: str
    french_text: str
    code: Code | None
    facet: str
    coding_status: str
    coding_origin: str
    proposition: str
    proposition_corrected: str
    source_created: str
    source_modified: str
    said_on: dt.date | None
    expressions: tuple[Note, ...]
    nomenclature: str
    question_wording: str

    @property
    def expression_count(self) -> int:
        return self.count + len(self.expressions)


def local_group_name(written: str, platform: str) -> str:
    """The group's name without the prefix equal to its platform (`names.md`, point 4).

    >>> local_group_name("Mons : Pcs jeunes", "Mons")
    'Pcs jeunes'
    """
    head, colon, tail = written.partition(":")
    if colon and platform and tail.strip() and fold(head) == fold(platform):
        return tail.strip()
    return written.strip()


def digest(*parts: str) -> int:
    """64 bits of a hash of texts: small enough to keep one a row."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


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
        self._codes: dict[tuple[str, ...], tuple[Code | None, str]] = {}
        self._dates: dict[str, dt.date | None] = {}
        self._groups: dict[tuple[str, str], tuple[str, str]] = {}
        self._statements: dict[int, int] = {}
        self._repeats: dict[int, int] = {}
        self._ids: dict[int, int] = {}
        self._platform: set[str] = set()

    def label(self, field: str) -> str:
        return self.labels.get(field) or EXPORTED.get(field, field)

    def refuse(self, line: int, column: str, value: str, message: str) -> None:
        """A whole line that cannot be read (not the right number of cells, a broken quotation)."""
        self.unreadable += 1
        self.problems.add(line, column, value, message)

    def read(self, line: int, cells: Sequence[str]) -> CriterionRow | None:
        """The row, or None when it has a problem or repeats an earlier row with the same identifier."""
        if len(cells) != len(self.fields):
            shown = " | ".join(cells)
            self.refuse(
                line,
                "ligne",
                shown,
                f"La ligne a {_cells(len(cells))} ; il en faut {len(self.fields)}. Cherchez un séparateur dans un texte.",
            )
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

    def _row(self, line: int, cells: Sequence[str]) -> CriterionRow:
        """Every cell is tried, so that a row says all its problems at once; unreadable ones are empty in what comes back."""
        values = dict(self.constants)
        for field, place in self.positions.items():
            if cells[place]:
                values[field] = cells[place]

        def value(field: str) -> str:
            return values.get(field, "")

        def attempt(read: Callable[..., T], *arguments: str, otherwise: T) -> T:
            try:
                return read(*arguments)
            except UnreadableValue as error:
                self.problems.add(line, error.column, error.value, str(error))
                return otherwise

        def words(field: str) -> str:
            return attempt(parse_text, value(field), self.label(field), otherwise="") if values.get(field) else ""

        text = attempt(parse_statement, value("text"), self.label("text"), otherwise="")
        french_text = words("french_text")
        no_notes: tuple[Note, ...] = ()
        notes = (
            attempt(parse_notes, value("expressions"), self.label("expressions"), otherwise=no_notes)
            if "expressions" in values
            else no_notes
        )
        spoken_only = bool(notes) and value("count").strip() == "0"  # a criterion made of linked notes alone
        said = value("count")
        count = 1 if said in ("", "1") else 0 if spoken_only else attempt(parse_count, said, self.label("count"), otherwise=1)
        named = (value("group"), value("platform"))
        if named not in self._groups:
            self._know(
                self._groups, named, (attempt(self._group, words("group").strip(), named[1].strip(), otherwise=""), named[0].strip())
            )
        group, written = self._groups[named]
        if not group:
            del self._groups[named]
        question = value("question")
        if question not in self.questions:
            question = attempt(self._question, question.strip(), otherwise="")
        parts = (value("code"), value("component"), value("sub_component"), value("sense"), value("beneficiary"))
        no_code: tuple[Code | None, str] = (None, "")
        code, unknown = self._codes.get(parts) or attempt(self.code, *parts, otherwise=no_code)
        if unknown:
            self.notices.add(line, self.label("component" if "component" in self.positions else "code"), str(code), unknown)
        for field in ("source_created", "source_modified"):
            if field in values and values[field] not in self._dates:
                attempt(self.day, value(field), self.label(field), otherwise=None)
        said_on = attempt(self.day, value("said_on"), self.label("said_on"), otherwise=None) if "said_on" in values else None
        search, sort_key = search_columns(text, french_text)
        source = self._short(attempt, values, "source", SOURCE_LENGTH) or self.source
        external_id = self._short(attempt, values, "external_id", ID_LENGTH) or self.made_id(group, question, text)
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
            language=self._short(attempt, values, "language", LANGUAGE_LENGTH),
            french_text=french_text,
            code=code,
            facet=self._short(attempt, values, "facet", FACETS_LENGTH) if code else "",
            coding_status=self._one_of(attempt, values, "coding_status", CODING_STATUSES) if code else "",
            coding_origin=self._one_of(attempt, values, "coding_origin", CODING_ORIGINS) if code else "",
            proposition=words("proposition") if value("proposition").strip() else "",
            proposition_corrected=words("proposition_corrected"),
            source_created=self._short(attempt, values, "source_created", DATE_LENGTH),
            source_modified=self._short(attempt, values, "source_modified", DATE_LENGTH),
            said_on=said_on,
            expressions=notes,
            nomenclature=value("nomenclature"),
            question_wording=words("question_wording"),
        )

    def _short(self, attempt: Callable[..., str], values: Mapping[str, str], field: str, length: int) -> str:
        """A trimmed text of at most `length` characters."""
        if field not in values:
            return ""
        cell = values[field]
        if cell.isascii() and cell.isalnum() and len(cell) <= length:
            return cell

        def read(text: str, column: str) -> str:
            stripped = parse_text(text, column).strip()
            if len(stripped) > length:
                raise UnreadableValue(column, stripped, f"« {stripped[:40]}… » est trop long : {length} caractères au plus.")
            return stripped

        return attempt(read, values[field], self.label(field), otherwise="")

    def _one_of(self, attempt: Callable[..., str], values: Mapping[str, str], field: str, choices: Sequence[str]) -> str:
        if field not in values:
            return ""
        if values[field] in choices:
            return values[field]

        def read(text: str, column: str) -> str:
            if text.strip() and text.strip() not in choices:
                raise UnreadableValue(column, text, f"« {text.strip()} » n’est pas prévu ici. Attendu : {', '.join(choices)}, ou rien.")
            return text.strip()

        return attempt(read, values[field], self.label(field), otherwise="")

    def _group(self, written: str, platform: str) -> str:
        name = local_group_name(written, platform)
        if not name:
            raise UnreadableValue(self.label("group"), written, "Le groupe manque. Écrivez le nom du groupe homogène.")
        if len(name) > GROUP_LENGTH or len(written) > GROUP_LENGTH:
            raise UnreadableValue(self.label("group"), name, f"Ce nom de groupe dépasse {GROUP_LENGTH} caractères. Raccourcissez-le.")
        return name

    def _question(self, written: str) -> str:
        if written in self.questions:
            return written
        if written.upper() in self.questions:
            return written.upper()
        if not written:
            raise UnreadableValue(self.label("question"), written, "La question manque. Écrivez son code, par exemple WB, IB ou ACT.")
        if not _QUESTION.fullmatch(written):
            raise UnreadableValue(
                self.label("question"),
                written,
                f"« {written} » n’est pas un code de question. Attendu : WB, IB, ACT, ou un code de 12 caractères au plus.",
            )
        return written

    def _notice(self, row: CriterionRow, cells: Sequence[str]) -> None:
        key = digest(row.group, row.question, row.search)
        first = self._statements.setdefault(key, row.line)
        if first != row.line:
            self.notices.add(
                row.line,
                self.label("text"),
                row.text,
                f"Ce critère est identique à celui de la ligne {first} (même groupe, même question).",
            )
        if row.question not in self.questions:
            self.notices.add(
                row.line,
                self.label("question"),
                row.question,
                f"La question « {row.question} » n’existe pas encore ici : elle sera ajoutée.",
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
                        f"La plate-forme « {platform} » n’est pas ce territoire. Vérifiez que c’est le bon fichier.",
                    )

    def _repeats_id(self, row: CriterionRow) -> bool:
        """Says a repeated identifier: the same row again is skipped with a notice, another one is a problem."""
        key = digest(row.source, row.external_id)
        content = digest(row.group, row.question, str(row.count), row.text, str(row.code or ""), row.proposition)
        known = self._ids.setdefault(key, row.line << 64 | content)
        first = known >> 64
        if first == row.line:
            return False
        if known & (1 << 64) - 1 == content:
            self.notices.add(
                row.line, self.label("external_id"), row.external_id, f"Cette ligne répète la ligne {first} : elle ne compte qu’une fois."
            )
        else:
            self.refuse(
                row.line,
                self.label("external_id"),
                row.external_id,
                f"L’identifiant « {row.external_id} » est déjà celui de la ligne {first}, qui dit autre chose. Corrigez l’un des deux.",
            )
        return True

    def made_id(self, group: str, question: str, text: str) -> str:
        """An identifier for a row that has none: the same row of the same file gets the same one again."""
        key = digest("id", group, question, text)
        number = self._repeats[key] = self._repeats.get(key, 0) + 1
        name = blake2b("\x1f".join((group, question, text)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{name}-{number}"

    def day(self, text: str, column: str) -> dt.date | None:
        if text not in self._dates:
            self._know(self._dates, text, parse_date(text, column))
        return self._dates[text]

    def _know(self, known: dict[K, T], key: K, value: T) -> None:
        """Remembers what a cell says: most cells of a long file were met before. Bounded."""
        if len(known) > _CACHE_LIMIT:
            known.clear()
        known[key] = value

    def code(self, whole: str, component: str, sub_component: str, sense: str, beneficiary: str) -> tuple[Code | None, str]:
        """The code of the cells and the notice it deserves (empty when known). Raises `UnreadableValue`."""
        key = (whole, component, sub_component, sense, beneficiary)
        if key not in self._codes:
            code = self._parse_code(*(part.strip() for part in key))
            self._know(self._codes, key, (code, self._unknown(code)))
        return self._codes[key]

    def _parse_code(self, whole: str, component: str, sub_component: str, sense: str, beneficiary: str) -> Code | None:
        if whole:
            return self._parsed(whole, {}, "code")
        if not component:
            for field, value in (("sub_component", sub_component), ("sense", sense), ("beneficiary", beneficiary)):
                if value:
                    raise UnreadableValue(
                        self.label(field),
                        value,
                        f"« {value} » est donné sans composante. Ajoutez la composante, par exemple H03, ou videz la cellule.",
                    )
            return None
        text = component + (f"-{sub_component}" if sub_component else "")
        if sense or beneficiary:
            text += f"/{sense}"
        if beneficiary:
            text += f"/{beneficiary}"
        if "/" in component or "-" in component:
            return self._parsed(text, {}, "component")
        return self._parsed(text, _PART_NAMES, "component", {"component": component, "sense": sense, "beneficiary": beneficiary})

    def _parsed(self, text: str, columns: Mapping[str, str], otherwise: str, cells: Mapping[str, str] | None = None) -> Code:
        """The code, or the column and the cell that are wrong."""
        try:
            return parse_code(text)
        except MalformedCode as error:
            field = columns.get(error.part, otherwise)
            if field not in self.positions:
                field = otherwise
            raise UnreadableValue(self.label(field), (cells or {}).get(field) or text, str(error)) from None

    def _unknown(self, code: Code | None) -> str:
        if code is None or not self.nomenclature.terms:
            return ""
        missing = self.nomenclature.unknown_parts(code)
        if not missing:
            return ""
        words = {
            "object": f"la composante {code.object}",
            "sense": f"le sens {code.sense}",
            "beneficiary": f"le bénéficiaire {code.beneficiary}",
        }
        named = " et ".join(words[part] for part in missing)
        return f"La nomenclature en usage ne connaît pas {named}. Le code est gardé tel quel : vérifiez-le."


def _cells(number: int) -> str:
    return f"{number} cellule" + ("s" if number > 1 else "")
