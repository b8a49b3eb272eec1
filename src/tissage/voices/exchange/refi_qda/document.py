"""`project.qde` read once: people, codes, sources and the selections made in their text. Values only; nothing is interpreted here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from tissage.core.guids import plain_guid
from tissage.core.messages import gettext_noop
from tissage.core.xml_guard import MOST_DEPTH, DangerousXml, guarded_parser
from tissage.frameworks.exchange.refi_codebook import CodeReader
from tissage.people.exchange.errors import UnreadableFile

MOST_SELECTIONS = 2_000_000
# Texts that stand inside another source: the text of a PDF, the description of a picture.
_TEXTS = {"TextSource", "Representation", "TextDescription"}
_OTHER_SOURCES = {"PictureSource", "PDFSource", "AudioSource", "VideoSource"}
_OTHER_SELECTIONS = {"PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection"}

Coding = tuple[str, str, str]
"""The code, the person, the moment, as the file writes them."""


@dataclass(slots=True)
class Source:
    name: str
    path: str
    content: list[str] | None = None


@dataclass(slots=True)
class Selection:
    """A passage of a source. Positions are None when the file gives no number."""

    line: int
    source: int
    guid: str
    start: int | None
    end: int | None
    at: str
    description: list[str] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)


class Document:
    """Reads a project from its blocks. Raises `UnreadableFile`."""

    def __init__(self, blocks: Iterable[bytes], file_name: str) -> None:
        self.name = ""
        self.people: dict[str, tuple[str, str]] = {}
        """Identifier → (name, address or other name)."""
        self.sources: list[Source] = []
        self.selections: list[Selection] = []
        self.other_sources = 0
        self.other_selections = 0
        self.whole_source_codings = 0
        self.book = CodeReader()
        self._stack: list[str] = []
        self._names: list[str] = []
        self._texts: list[int] = []
        self._selection: Selection | None = None
        self._coding: tuple[str, str] | None = None
        self._in_book = False
        self._seen: dict[str, str] = {}
        self._taking: list[str] | None = None
        parser = self._parser = guarded_parser()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
        try:
            for block in blocks:
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except DangerousXml:
            raise UnreadableFile(
                gettext_noop("Ce projet contient une déclaration que nous ne lisons pas, par prudence (DOCTYPE). Exportez-le à nouveau.")
            ) from None
        except (expat.ExpatError, ValueError) as error:
            raise UnreadableFile(
                gettext_noop("Le projet de « %(file)s » n’est pas lisible (%(reason)s). Exportez-le à nouveau au format REFI-QDA."),
                file=file_name,
                reason=str(error),
            ) from None
        if not self._is_project:
            raise UnreadableFile(
                gettext_noop("« %(file)s » n’est pas un projet REFI-QDA. Exportez-le à nouveau au format REFI-QDA (.qdpx)."), file=file_name
            )

    _is_project = False

    def _plain(self, identifier: str) -> str:
        """`plain_guid`, once for each of the few codes and people that are named again and again."""
        found = self._seen.get(identifier)
        if found is None:
            found = self._seen[identifier] = plain_guid(identifier)
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        stack = self._stack
        stack.append(name)
        if len(stack) > MOST_DEPTH:
            raise DangerousXml("depth")
        if name == "CodeRef":
            if self._coding is not None and self._selection is not None:
                self._selection.codings.append((self._plain(attributes.get("targetGUID", "")), *self._coding))
        elif name == "Coding":
            self._start_coding(attributes)
        elif name == "PlainTextSelection":
            self._start_selection(attributes)
        elif name == "Description":
            self._taking = self._selection.description if self._selection is not None and stack[-2] == "PlainTextSelection" else None
            if self._in_book:
                self.book.start(name, attributes, 0)
        elif self._in_book:
            self.book.start(name, attributes, self._parser.CurrentLineNumber)
        else:
            self._start_other(name, attributes)

    def _start_coding(self, attributes: dict[str, str]) -> None:
        self._coding = (self._plain(attributes.get("creatingUser", "")), attributes.get("creationDateTime", ""))
        if self._selection is None:
            self.whole_source_codings += self._stack[-2] in _TEXTS | _OTHER_SOURCES

    def _start_selection(self, attributes: dict[str, str]) -> None:
        if not self._texts:
            return
        if len(self.selections) >= MOST_SELECTIONS:
            raise ValueError("too many selections")
        self._selection = Selection(
            self._parser.CurrentLineNumber,
            self._texts[-1],
            plain_guid(attributes.get("guid", "")),
            _position(attributes.get("startPosition", "")),
            _position(attributes.get("endPosition", "")),
            attributes.get("creationDateTime", ""),
        )
        self.selections.append(self._selection)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TEXTS and "Notes" not in self._stack:
            title = attributes.get("name", "").strip() or (self._names[-1] if self._names else "")
            self._texts.append(len(self.sources))
            self.sources.append(Source(title, attributes.get("plainTextPath", "")))
        elif name in _OTHER_SOURCES:
            self.other_sources += 1
            self._names.append(attributes.get("name", "").strip())
        elif name in _OTHER_SELECTIONS:
            self.other_selections += 1
        elif name == "PlainTextContent" and self._texts and self._stack[-2] in _TEXTS:
            self._taking = self.sources[self._texts[-1]].content = []
        elif name == "User":
            self.people[plain_guid(attributes.get("guid", ""))] = (attributes.get("name", "").strip(), attributes.get("id", "").strip())
        elif name == "CodeBook":
            self._in_book = True
        elif name == "Project" and len(self._stack) == 1:
            self.name, self._is_project = attributes.get("name", "").strip(), True

    def _end(self, name: str) -> None:
        name = self._stack.pop()
        if name == "PlainTextSelection":
            self._selection = None
        elif name == "Coding":
            self._coding = None
        elif name in ("Description", "PlainTextContent"):
            self._taking = None
        elif name in _TEXTS and self._texts and "Notes" not in self._stack:
            self._texts.pop()
        elif name in _OTHER_SOURCES:
            self._names.pop()
        elif name == "CodeBook":
            self._in_book = False
        if self._in_book:
            self.book.end(name)

    def _text(self, text: str) -> None:
        if self._taking is not None:
            self._taking.append(text)
        elif self._in_book:
            self.book.text(text)


def _position(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 12 else None
