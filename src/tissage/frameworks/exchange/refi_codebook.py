"""A nomenclature as a REFI-QDA codebook (`.qdc`, QDA-XML 1.0), which every large qualitative analysis program reads and writes.

Dimensions hold their components; senses stand under their letter, letters and beneficiaries under a heading of their own. The code
opens the name (« D03 · Amitié »), so that a list sorted by name stays in the order of the method. What the format has no place for
(other languages, status, source) is in the description, after a mark, and read back.

Standard: REFI-QDA 1.0, https://www.qdasoftware.org.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from tissage.core.charts import DIMENSIONS
from tissage.core.descriptions import describe, read_description
from tissage.core.guids import guid
from tissage.core.nomenclature import (
    BENEFICIARY,
    COMPONENT,
    DIMENSION,
    KINDS,
    PARENT_KIND,
    SENSE,
    SENSE_LETTER,
    Nomenclature,
    Term,
    well_formed,
)
from tissage.core.xml_guard import MOST_DEPTH, DangerousXml, guarded_parser, xml_text

from .nomenclature_csv import COLUMNS, LIMIT_BYTES, NomenclatureFile, Problem, protect, read_nomenclature

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Tissage"
HEADINGS = {SENSE_LETTER: "Sens", BENEFICIARY: "Bénéficiaires"}
_START = re.compile(r"\s*([A-Z][0-9]{2}(?:-[0-9]{1,3})?|[A-Z]|[a-z]{1,12})(?=\s*(?:$|[·:.–—|-]|\s))[\s·:.–—|-]*")


def code_guid(kind: str, code: str) -> str:
    """The identifier of a code in every file: the same from one version of the nomenclature to the next."""
    return guid("code", kind, code)


def code_name(term: Term) -> str:
    return f"{term.code} · {term.label()}" if term.label() else term.code


def opening_code(name: str) -> tuple[str, str]:
    """The code that opens a name, and the rest: `("D03", "Amitié")` of « D03 · Amitié » or « D03 - Amitié »; `("", name)` otherwise."""
    found = _START.match(name)
    return (found.group(1), name[found.end() :].strip()) if found else ("", name.strip())


# --- Out --------------------------------------------------------------------------------------------------------


def write_codebook(nomenclature: Nomenclature) -> bytes:
    """The `.qdc` of a nomenclature; the same bytes every time."""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{NAMESPACE}" origin="{ORIGIN}">\n<Codes>\n'
    return (head + "\n".join(code_elements(nomenclature)) + "\n</Codes>\n</CodeBook>\n").encode()


def code_elements(nomenclature: Nomenclature, more: dict[str, list[str]] | None = None) -> Iterator[str]:
    """The `Code` elements of a nomenclature. `more`: elements to put under a component, by its code (sub-components in use)."""
    for dimension in nomenclature.dimensions:
        under = [_element(term, (more or {}).get(term.code, [])) for term in nomenclature.children_of(DIMENSION, dimension.code)]
        under = under or [_element(term, (more or {}).get(term.code, [])) for term in nomenclature.components_of(dimension.code)]
        yield _element(dimension, under, codable=False)
    letters = [
        _element(letter, [_element(term) for term in nomenclature.children_of(SENSE_LETTER, letter.code)])
        for letter in nomenclature.of_kind(SENSE_LETTER)
    ]
    if letters:
        yield heading(HEADINGS[SENSE_LETTER], letters)
    beneficiaries = [_element(term) for term in nomenclature.of_kind(BENEFICIARY)]
    if beneficiaries:
        yield heading(HEADINGS[BENEFICIARY], beneficiaries)


def heading(name: str, under: Iterable[str]) -> str:
    """A code that only holds others."""
    return f'<Code guid="{guid("heading", name)}" name="{xml_text(name)}" isCodable="false">\n' + "\n".join(under) + "\n</Code>"


def _element(term: Term, under: Iterable[str] = (), *, codable: bool = True) -> str:
    facts = {"kind": term.kind, "code": term.code, **{f"label_{name}": text for name, text in sorted(term.labels.items())}}
    facts |= {f"key_{name}": text for name, text in sorted(term.keys.items())}
    facts |= {"status": term.status, "source": term.source}
    facts |= {name: day.isoformat() for name, day in (("valid_from", term.valid_from), ("valid_to", term.valid_to)) if day}
    colour = f' color="{DIMENSIONS[term.code].ground}"' if term.kind == DIMENSION and term.code in DIMENSIONS else ""
    opening = (
        f'<Code guid="{code_guid(term.kind, term.code)}" name="{xml_text(code_name(term))}" isCodable="{str(codable).lower()}"{colour}>'
    )
    description = f"<Description>{xml_text(describe(term.key(), facts))}</Description>"
    return "\n".join([opening + description, *under, "</Code>"]) if under else opening + description + "</Code>"


# --- In ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class BookCode:
    """A code as a file holds it: `path` names those above it, from the top."""

    line: int
    guid: str
    name: str
    path: tuple[str, ...]
    description: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, str]:
        return read_description("".join(self.description))[1]

    def words(self) -> str:
        return read_description("".join(self.description))[0].strip()

    def kind_and_code(self) -> tuple[str, str]:
        """What it is in the nomenclature: by its facts, else by its name and its place; two empty texts when it is none of ours."""
        facts = self.facts()
        if well_formed(facts.get("kind", ""), facts.get("code", "")):
            return facts["kind"], facts["code"]
        code = opening_code(self.name)[0]
        above = [opening_code(name)[0] or name.strip().casefold() for name in self.path]
        in_senses, in_beneficiaries = "sens" in above or "sense" in above, "bénéficiaires" in above or "beneficiaries" in above
        if in_beneficiaries and well_formed(BENEFICIARY, code):
            return BENEFICIARY, code
        if in_senses:
            return (
                (SENSE_LETTER if len(code) == 1 else SENSE, code)
                if well_formed(SENSE, code) or well_formed(SENSE_LETTER, code)
                else ("", "")
            )
        if well_formed(COMPONENT, code) and (not above or above[-1] == code[0] or not well_formed(DIMENSION, above[-1])):
            return COMPONENT, code
        return (DIMENSION, code) if well_formed(DIMENSION, code) and not above else ("", "")


class CodeReader:
    """Collects the `Code` elements of a codebook, or of a project, from a parser's events. `known` maps an identifier to its code."""

    def __init__(self) -> None:
        self.codes: list[BookCode] = []
        self._open: list[BookCode] = []
        self._describing = False

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if name == "Code":
            code = BookCode(line, attributes.get("guid", ""), attributes.get("name", ""), tuple(one.name for one in self._open))
            self.codes.append(code)
            self._open.append(code)
        elif name == "Description":
            self._describing = bool(self._open)

    def end(self, name: str) -> None:
        if name == "Code" and self._open:
            self._open.pop()
        self._describing = False

    def text(self, text: str) -> None:
        if self._describing:
            self._open[-1].description.append(text)


def is_codebook(content: bytes) -> bool:
    """An XML file rather than a table."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or content.startswith((b"\xff\xfe<", b"\xfe\xff\x00<"))


def read_codebook(content: bytes, base: Iterable[Term] = ()) -> NomenclatureFile:
    """The codes of a `.qdc` file, as `read_nomenclature` gives those of a CSV; what is no code of the method is left out, and said."""
    if len(content) > LIMIT_BYTES:
        return _refused(_("Le fichier dépasse 2 Mo. Une nomenclature en compte bien moins : vérifiez que c’est le bon fichier."))
    reader = CodeReader()
    parser = guarded_parser()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise DangerousXml("depth")
        reader.start(name.rpartition(" ")[2], attributes, parser.CurrentLineNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name.rpartition(" ")[2])

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, reader.text
    try:
        parser.Parse(content, True)
    except DangerousXml:
        return _refused(_("Ce fichier contient une déclaration que nous ne lisons pas, par prudence (DOCTYPE). Exportez-le à nouveau."))
    except (expat.ExpatError, ValueError) as error:
        return _refused(_("Ce fichier n’est pas un codebook REFI-QDA lisible (%(reason)s).") % {"reason": error})
    return _as_file(reader.codes, base)


def _as_file(codes: list[BookCode], base: Iterable[Term]) -> NomenclatureFile:
    standing = {(term.kind, term.code): term for term in base}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    notices: list[Problem] = []
    for code in codes:
        kind, written = code.kind_and_code()
        if not kind:
            if code.name.strip() not in HEADINGS.values():
                notices.append(
                    Problem(code.line, "name", code.name, _("Ce code n’a pas la forme d’un code SPIRAL : il est laissé de côté."))
                )
            continue
        if (kind, written) in rows:
            notices.append(Problem(code.line, "name", code.name, _("Ce code est déjà plus haut : il ne compte qu’une fois.")))
            continue
        rows[kind, written] = _row(code, kind, written, standing.get((kind, written)))
    if not rows:
        return _refused(
            _("Aucun code SPIRAL dans ce codebook. Attendu : des noms qui commencent par leur code, par exemple « D03 · Amitié ».")
        )
    ordered = sorted(rows.values(), key=lambda row: KINDS.index(row["kind"]))
    more = sorted({name for row in ordered for name in row} - set(COLUMNS))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*COLUMNS, *more], restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: protect(text) for name, text in row.items()} for row in ordered)
    file = read_nomenclature(out.getvalue().encode("utf-8", "replace"), standing.values())
    return NomenclatureFile(file.terms, file.problems, (*notices, *file.notices), file.kept)


def _row(code: BookCode, kind: str, written: str, standing: Term | None) -> dict[str, str]:
    """A line of the CSV: what the file says; of the other languages and the source, what stood."""
    facts = {name: text for name, text in code.facts().items() if name in COLUMNS or re.fullmatch(r"(label|key)_[a-z]{2,3}", name)}
    parent = written[0] if kind in PARENT_KIND else ""
    if "kind" in facts:
        # The name of the code is what a person sees and changes in another program: it wins over the fact.
        name = opening_code(code.name)[1]
        return {**facts, "parent": parent, "label_fr": name or facts.get("label_fr", "")}
    kept: dict[str, str] = {}
    if standing is not None:
        kept = {f"label_{name}": text for name, text in standing.labels.items()} | {
            f"key_{name}": text for name, text in standing.keys.items()
        }
        kept |= {"status": standing.status, "source": standing.source}
    said = {"kind": kind, "code": written, "parent": parent, "label_fr": opening_code(code.name)[1] or kept.get("label_fr", written)}
    if words := " ".join(code.words().split()):
        said["key_fr"] = words
    return {**kept, **said}


def _refused(message: str) -> NomenclatureFile:
    return NomenclatureFile((), (Problem(1, "", "", message),), (), {})
