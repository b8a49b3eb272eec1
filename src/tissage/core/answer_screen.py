"""The sentences of the answering screen, in every language a town needs: one sheet that an interpreter fills.

French says what each sentence means; another language may lack some, and French then stands in their place. `{name}` in a sentence
is a place the screen fills (a number, the name of a button): every language keeps exactly the places of the French.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .messages import Message, gettext_noop, say

REFERENCE = "fr"
MOST_SIGNS = 400  # a sentence of a phone screen is short
MOST_ROWS = 1000
_PLACE = re.compile(r"\{[a-z_]+\}")
_BLANKS = re.compile(r"[ \t\r\n]+")  # French non-breaking spaces stay
# Languages written from right to left, by the code of the language (its script, when the code does not say another one).
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "prs", "sd", "syr", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the screen: what it is for, its French, and the languages it has."""

    key: str
    note: str
    texts: Mapping[str, str]

    @property
    def french(self) -> str:
        return self.texts[REFERENCE]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every sentence in the order of the screens, and the languages of the columns."""

    sentences: Mapping[str, Sentence]
    languages: tuple[str, ...]

    def texts_in(self, language: str) -> dict[str, str]:
        """The sentences that exist in this language, by key."""
        return {key: one.texts[language] for key, one in self.sentences.items() if one.texts.get(language)}

    def missing_in(self, language: str) -> tuple[str, ...]:
        """The keys that this language lacks, in order."""
        return tuple(key for key, one in self.sentences.items() if not one.texts.get(language))


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong on a line of a filled sheet (the header is line 1), and for which key when there is one."""

    line: int
    key: str
    message: Message


@dataclass(frozen=True, slots=True)
class Filled:
    """What an interpreter's sheet gives: sentences to use, lines that cannot be (problems), lines left empty (notices: French stays)."""

    texts: Mapping[str, str]
    problems: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    missing: tuple[str, ...]


class UnreadableSheet(ValueError):
    """The file is not such a sheet at all; `message` says why in words that can be translated."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def places(text: str) -> frozenset[str]:
    """The places that the screen fills.

    >>> sorted(places("Encore {count} sur {most}"))
    ['{count}', '{most}']
    """
    return frozenset(_PLACE.findall(text))


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left: `ps`, `ar-MA`; a code that names the Latin script is not."""
    base, *more = language.split("-")
    return base in RIGHT_TO_LEFT and "Latn" not in more


def read_sheet(text: str) -> Sheet:
    """The shipped sheet: `key, note`, then a column a language. Raises `UnreadableSheet` on the first thing that is wrong."""
    (_line, header), *rows = _rows(text)
    languages = tuple(header[2:])
    if header[:2] != ["key", "note"] or REFERENCE not in languages or len(set(languages)) < len(languages):
        raise UnreadableSheet(say(gettext_noop("Les titres des colonnes ne sont pas ceux attendus.")))
    sentences: dict[str, Sentence] = {}
    for line, cells in rows:
        found = Sentence(cells[0], cells[1], dict(zip(languages, cells[2:], strict=True))) if len(cells) == len(header) else None
        right = found is not None and found.key not in sentences and bool(found.french)
        if found is None or not right or any(text and places(text) != places(found.french) for text in found.texts.values()):
            raise UnreadableSheet(say(gettext_noop("La ligne %(line)s ne peut pas être lue."), line=line))
        sentences[found.key] = found
    return Sheet(sentences, languages)


def read_filled(text: str, sheet: Sheet, language: str) -> Filled:
    """What an interpreter filled: the column of `language`, or the last one, beside the column `key`. Other columns are not read.

    Comma, semicolon or tab. Each line is read for itself; raises `UnreadableSheet` when there is no key column.
    """
    rows = list(_rows(text))
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    if "key" not in header:
        raise UnreadableSheet(say(gettext_noop("La colonne « key » manque. Partez de la feuille à télécharger sur cette page.")))
    column = header.index(language.casefold()) if language.casefold() in header else len(header) - 1
    if header[column] in ("key", "note", REFERENCE) and header[column] != language.casefold():
        raise UnreadableSheet(say(gettext_noop("La colonne de la langue « %(language)s » manque."), language=language))
    texts: dict[str, str] = {}
    problems: list[Finding] = []
    notices: list[Finding] = []
    seen: set[str] = set()
    for line, cells in rows[1:]:
        key = _cell(cells, header.index("key"))
        said = _unprotect(_BLANKS.sub(" ", _cell(cells, column)))
        sentence = sheet.sentences.get(key)
        if sentence is None:
            message = say(
                gettext_noop("« %(key)s » n’est pas une phrase de l’écran. Gardez la colonne « key » telle quelle."), key=key[:40]
            )
            problems.append(Finding(line, key[:40], message))
        elif key in seen:
            problems.append(Finding(line, key, say(gettext_noop("Cette phrase est là deux fois. Retirez une des deux lignes."))))
        elif not said:
            notices.append(Finding(line, key, say(gettext_noop("Vide : cette phrase reste en français à l’écran."))))
        elif (refusal := _why_not(said, sentence)) is not None:
            problems.append(Finding(line, key, refusal))
        else:
            texts[key] = said
        seen.add(key)
    missing = tuple(key for key in sheet.sentences if key not in texts)
    return Filled(texts, tuple(problems), tuple(notices), missing)


def write_sheet(sheet: Sheet, language: str, texts: Mapping[str, str]) -> str:
    """The sheet an interpreter fills: key, what it is for, the French, and the language with what exists already."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\r\n")
    writer.writerow(["key", "note", REFERENCE, language] if language != REFERENCE else ["key", "note", REFERENCE])
    for key, one in sheet.sentences.items():
        said = texts.get(key, one.texts.get(language, ""))
        row = [key, one.note, _protect(one.french), _protect(said)] if language != REFERENCE else [key, one.note, _protect(said)]
        writer.writerow(row)
    return "".join(lines)


def _why_not(said: str, sentence: Sentence) -> Message | None:
    """Why these words cannot stand for the sentence."""
    if len(said) > MOST_SIGNS:
        return say(gettext_noop("Cette phrase compte %(count)s signes ; %(most)s au plus."), count=len(said), most=MOST_SIGNS)
    lost = sorted(places(sentence.french) - places(said))
    if lost:
        return say(gettext_noop("Il manque %(place)s, que l’écran remplit. Gardez-le tel quel."), place=" ".join(lost))
    extra = sorted(places(said) - places(sentence.french))
    if extra:
        return say(gettext_noop("%(place)s n’est pas dans la phrase française. Retirez-le."), place=" ".join(extra))
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with the number of their first line."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(re.split(r"(?<=\n)", text.lstrip("\ufeff").replace("\0", "")), delimiter=delimiter)
    start, count = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > MOST_ROWS:
                    raise UnreadableSheet(say(gettext_noop("Le fichier compte plus de %(most)s lignes."), most=MOST_ROWS))
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise UnreadableSheet(say(gettext_noop("La ligne %(line)s ne peut pas être lue."), line=start)) from None
    if not count:
        raise UnreadableSheet(say(gettext_noop("Le fichier est vide.")))


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _protect(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `_unprotect` gives the text back."""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text


def _unprotect(text: str) -> str:
    return text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text


class _Lines:
    """What `csv.writer` writes to: `core` opens no file."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        self._lines.append(line)
