"""A REFI-QDA project as rows to import, like those of any other file: compared first, written only when somebody says so.

Our own projects come back as they were. In those of other programs a passage becomes a criterion, its source the group; codes are
recognised by the code that opens their name (« D03 · Amitié »), else by their name in the nomenclature. What is not recognised is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tissage.core.columns import EXPORTED, HeaderReading
from tissage.core.descriptions import read_description
from tissage.core.folding import fold
from tissage.core.guids import plain_guid
from tissage.core.importing import WHOLE_LINE, Finding
from tissage.core.messages import Message, gettext_noop, say
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, SENSE, SENSE_LETTER, Nomenclature
from tissage.frameworks.exchange.refi_codebook import BookCode, opening_code
from tissage.frameworks.queries import latest_published, nomenclature_of
from tissage.people.exchange.errors import BrokenLine, UnreadableFile
from tissage.people.exchange.tables import Line
from tissage.voices.exchange.sources import Source

from .archive import open_project
from .document import Document, Selection
from .facts import FACTS, MEMO, SOURCE

QUESTION, SUB_COMPONENT = "question", "sub_component"
QUESTIONS = ("WB", "IB", "ACT")
PROVENANCE = ("coder", "coded_at", "memo")
_NOT_READ = {"platform", "question_wording"}
FIELDS = (*(field for field in EXPORTED if field not in _NOT_READ), *PROVENANCE)
_FIELD_OF_FACT = {name: field for field, name in FACTS.items() if field not in _NOT_READ}
LABELS = {**EXPORTED, "coder": "codeur", "coded_at": "codé le", "memo": MEMO}
_SHOWN = 20

Known = tuple[str, str]
"""What a code of the file is here: a kind and a code."""


@dataclass(slots=True)
class Passage:
    """One or several selections of exactly the same words: some programs write one a coding."""

    first: Selection
    parts: list[Selection]


def open_qdpx(path: Path) -> Source:
    """The project as a source of rows. Raises `UnreadableFile`."""
    with open_project(path) as project:
        document = Document(project.document(), path.name)
        texts = ["".join(source.content) if source.content is not None else project.text(source.path) for source in document.sources]
    if not document.selections:
        raise UnreadableFile(
            gettext_noop(
                "Ce projet n’a aucun passage de texte sélectionné : il n’y a pas de critère à importer. Codez-y des passages, puis exportez-le."
            )
        )
    return _Reading(document, texts).source()


class _Reading:
    def __init__(self, document: Document, texts: list[str | None]) -> None:
        self.document, self.texts = document, texts
        self.notices: list[Finding] = []
        self._made: list[Line] | None = None
        version = latest_published()
        nomenclature = nomenclature_of(version) if version else Nomenclature.of("", [])
        self._by_label = _by_label(nomenclature)
        self.known: dict[str, Known] = {}
        self.names: dict[str, str] = {}
        for code in document.book.codes:
            identifier = plain_guid(code.guid)
            self.names[identifier] = code.name
            found = self._known(code)
            if found:
                self.known[identifier] = found
        self.facts = [read_description("".join(one.description))[1] if one.description else {} for one in document.selections]
        self.passages = self._passages()

    def _known(self, code: BookCode) -> Known | None:
        """What a code of the file is here, or None."""
        kind, written = code.kind_and_code()
        if kind:
            return kind, written
        opening = opening_code(code.name)[0]
        if "-" in opening:
            return SUB_COMPONENT, opening
        if fold(code.name).split(" ")[0].upper() in QUESTIONS:
            return QUESTION, fold(code.name).split(" ")[0].upper()
        return self._by_label.get(fold(code.name))

    def _passages(self) -> list[tuple[Passage, dict[str, str]]]:
        """Selections of the same words put together; those that our own facts tell apart stay apart."""
        found: list[tuple[Passage, dict[str, str]]] = []
        places: dict[tuple[int, int | None, int | None], Passage] = {}
        for selection, facts in zip(self.document.selections, self.facts, strict=True):
            place = (selection.source, selection.start, selection.end)
            if not facts and place in places:
                places[place].parts.append(selection)
                continue
            passage = Passage(selection, [selection])
            if not facts:
                places[place] = passage
            found.append((passage, facts))
        return found

    def source(self) -> Source:
        has_question = any(facts.get("question") for facts in self.facts) or any(kind == QUESTION for kind, _ in self._used().values())
        fields = tuple(field for field in FIELDS if field != "question" or has_question)
        labels = tuple(LABELS[field] for field in fields)
        self._say_what_is_left_out()
        reading = HeaderReading(labels, fields, certain=True, is_wikispiral=False)
        return Source("refi-qda", reading, fields, lambda: self._rows(fields), notices=tuple(self.notices))

    def _used(self) -> dict[str, Known]:
        used = {code for selection in self.document.selections for code, _who, _at in selection.codings}
        return {code: self.known[code] for code in used if code in self.known}

    # --- What is said of the whole file -------------------------------------------------------------------------

    def _say_what_is_left_out(self) -> None:
        document = self.document
        unknown: Counter[str] = Counter()
        for selection in document.selections:
            unknown.update({self.names.get(code, code) for code, _who, _at in selection.codings if code not in self.known})
        for name, count in sorted(unknown.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]:
            self._notice(
                name,
                say(
                    gettext_noop("Le code « %(name)s » n’est pas de la nomenclature : il est laissé de côté (passages : %(count)s)."),
                    name=name[:80],
                    count=count,
                ),
            )
        if len(unknown) > _SHOWN:
            self._notice("", say(gettext_noop("%(count)s autres codes sont laissés de côté."), count=len(unknown) - _SHOWN))
        for count, template in (
            (
                document.other_sources,
                gettext_noop("Sources qui ne sont pas du texte (images, sons, vidéos, PDF) : %(count)s, laissées de côté."),
            ),
            (document.other_selections, gettext_noop("Passages d’images, de sons, de vidéos ou de PDF : %(count)s, laissés de côté.")),
            (document.whole_source_codings, gettext_noop("Codes donnés à une source entière : %(count)s, laissés de côté.")),
        ):
            if count:
                self._notice(str(count), say(template, count=count))
        several = sum(len(self._components(passage)) > 1 for passage, _facts in self.passages)
        if several:
            said = gettext_noop(
                "Passages qui portent plusieurs composantes : %(count)s. La première donnée compte ; les autres sont laissées de côté."
            )
            self._notice(str(several), say(said, count=several))
        read = {selection.source for selection in document.selections}
        for place, source in enumerate(document.sources):
            if place in read and self.texts[place] is None:
                said = gettext_noop("Le texte de la source « %(name)s » n’est pas dans le projet : ses passages ne peuvent pas être lus.")
                self._notice(source.name, say(said, name=source.name[:80]))

    def _components(self, passage: Passage) -> set[str]:
        given = {self.known[code] for part in passage.parts for code, _who, _at in part.codings if code in self.known}
        return {code for kind, code in given if kind in (COMPONENT, SUB_COMPONENT)}

    def _notice(self, value: str, said: Message) -> None:
        self.notices.append(Finding(1, WHOLE_LINE, value[:80], said))

    # --- Row by row ---------------------------------------------------------------------------------------------

    def _rows(self, fields: tuple[str, ...]) -> Iterator[Line]:
        """The rows, made once: an import reads them twice, to compare and to write."""
        if self._made is None:
            made: list[Line] = []
            for line in self._make_rows(fields):
                made.append(line)
                yield line
            self._made = made
        else:
            yield from self._made

    def _make_rows(self, fields: tuple[str, ...]) -> Iterator[Line]:
        for passage, facts in self.passages:
            selection = passage.first
            text = self.texts[selection.source]
            start, end = selection.start, selection.end
            if text is None or start is None or end is None or not 0 <= start < end <= len(text):
                yield BrokenLine(
                    selection.line,
                    self.document.sources[selection.source].name[:80],
                    say(gettext_noop("Ce passage n’est pas dans le texte de sa source : ses positions ne peuvent pas être lues.")),
                )
                continue
            values = {_FIELD_OF_FACT[name]: value for name, value in facts.items() if name in _FIELD_OF_FACT}
            values["memo"] = facts.get(MEMO, "")
            values["text"] = text[start:end] if facts else text[start:end].strip()
            values["group"] = self.document.sources[selection.source].name
            if "external_id" not in values:
                values |= {"external_id": selection.guid, "source": SOURCE}
            self._code(passage, values)
            yield selection.line, [values.get(field, "") for field in fields]

    def _code(self, passage: Passage, values: dict[str, str]) -> None:
        """The code of a passage, from all its codings: the first component given counts, with the sense that stands beside it."""
        codings = [coding for part in passage.parts for coding in part.codings]
        found: dict[str, Known] = {}
        for code, who, at in codings:
            known = self.known.get(code)
            if known is None:
                continue
            kind = known[0]
            slot = {SUB_COMPONENT: COMPONENT, SENSE_LETTER: SENSE}.get(kind, kind)
            if slot == SENSE and slot in found and kind == SENSE and found[slot][0] == SENSE_LETTER:
                found[slot] = known
            if slot not in found:
                found[slot] = known
                if slot == COMPONENT:
                    values["coder"], values["coded_at"] = self._who(who), at
        if QUESTION in found:
            values.setdefault("question", found[QUESTION][1])
        if COMPONENT not in found:
            for field in ("facet", "coding_status", "coding_origin", "nomenclature"):
                values.pop(field, None)
            return
        component, _, sub = found[COMPONENT][1].partition("-")
        values["component"], values["sub_component"] = component, sub
        if SENSE in found:
            values["sense"] = found[SENSE][1]
            if BENEFICIARY in found:
                values["beneficiary"] = found[BENEFICIARY][1]

    def _who(self, identifier: str) -> str:
        """What the file knows of a person, one a line: identifier, address, name."""
        name, other = self.document.people.get(identifier, ("", ""))
        return "\n".join(line for line in (identifier, fold(other), fold(name)) if line)


def _by_label(nomenclature: Nomenclature) -> dict[str, Known]:
    """Components by their folded names in every language; a name that two of them share says nothing."""
    found: dict[str, Known | None] = {}
    for term in nomenclature.of_kind(COMPONENT):
        for label in {fold(label) for label in term.labels.values()}:
            found[label] = None if label in found else (COMPONENT, term.code)
    return {label: known for label, known in found.items() if known}
