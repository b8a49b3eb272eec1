"""A territory as a REFI-QDA project: one source a group, one selection a criterion, the same bytes for the same base.

Positions count Unicode characters from 0. No address of anybody is written: a person who codes is a name and an identifier made from
the address, by which the same account is found again.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from tissage.core.codes import Code
from tissage.core.columns import EXPORTED
from tissage.core.descriptions import describe
from tissage.core.guids import coder_guid, guid, plain_guid
from tissage.core.importing import format_notes
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, SENSE, SENSE_LETTER, Nomenclature, Term
from tissage.core.xml_guard import xml_content, xml_text
from tissage.frameworks.exchange.refi_codebook import code_elements, code_guid, heading
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory, User
from tissage.voices.exchange.writers import Row, export_rows
from tissage.voices.models.criteria import CriterionQuerySet

from .facts import FACTS, MEMO, ORIGIN, SOURCE

NAMESPACE = "urn:QDA-XML:project:1.0"
SUB_COMPONENT = "sub_component"
_PLACES = {field: place for place, field in enumerate(EXPORTED)}
_FACTS = [(name, _PLACES[field]) for field, name in FACTS.items()]
_TEXT, _GROUP, _QUESTION, _WORDING = (_PLACES[name] for name in ("text", "group", "question", "question_wording"))
_COUNT, _NOTES, _ID, _SOURCE = (_PLACES[name] for name in ("count", "expressions", "external_id", "source"))
_CODE = tuple(_PLACES[name] for name in ("component", "sub_component", "sense", "beneficiary"))
_CODER, _CODED_AT, _MEMO = (len(EXPORTED) + place for place in range(3))
_FIXED = (1980, 1, 1, 0, 0, 0)
_BLOCK = 2000


def write_project(stream: IO[bytes], territory: Territory, chosen: CriterionQuerySet | None = None) -> int:
    """Writes the live criteria of a territory (or the chosen ones) as a `.qdpx`; gives their number."""
    return _Project(territory, chosen).write(stream)


class _Project:
    def __init__(self, territory: Territory, chosen: CriterionQuerySet | None) -> None:
        self.territory = territory
        self.nomenclature: Nomenclature = territory_nomenclature(territory)
        self.people: dict[int, tuple[str, str]] = {}
        self.codes: dict[tuple[str, ...], list[str]] = {}
        self.more: dict[str, set[str]] = {}
        self.unknown: dict[tuple[str, str], str] = {}
        self.count = 0
        self.groups = self._by_group(export_rows(territory, chosen, provenance=True))
        coders = {row[_CODER] for rows in self.groups.values() for row in rows} - {None}
        for pk, name, email in User.objects.filter(pk__in=coders).order_by("email").values_list("pk", "name", "email"):
            self.people[pk] = (coder_guid(email), name)

    def _by_group(self, rows: Iterator[Row]) -> dict[str, list[Row]]:
        """Rows by group, in the order of their names; in a group by question, then as they were recorded."""
        found: dict[str, list[Row]] = {}
        for row in rows:
            self.count += 1
            found.setdefault(row[_GROUP], []).append(row)
            key = tuple(row[place] for place in _CODE)
            if key[0] and key not in self.codes:
                self.codes[key] = self._guids_of(Code(*key))
        for members in found.values():
            members.sort(key=lambda row: row[_QUESTION])
        return dict(sorted(found.items()))

    def _guids_of(self, code: Code) -> list[str]:
        """The identifiers of the codes that a whole code is made of; those the nomenclature does not list join the codebook."""
        if self.nomenclature.get(COMPONENT, code.object) is None:
            self.unknown[COMPONENT, code.object] = code.object
        parts = [(SUB_COMPONENT, f"{code.object}-{code.sub_component}") if code.sub_component else (COMPONENT, code.object)]
        if code.sub_component:
            self.more.setdefault(code.object, set()).add(code.sub_component)
        for kind, part in ((SENSE if len(code.sense) > 1 else SENSE_LETTER, code.sense), (BENEFICIARY, code.beneficiary)):
            if part:
                parts.append((kind, part))
                if self.nomenclature.get(kind, part) is None:
                    self.unknown[kind, part] = part
        return [code_guid(kind, part) for kind, part in parts]

    # --- The archive --------------------------------------------------------------------------------------------

    def write(self, stream: IO[bytes]) -> int:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            sources = []
            with archive.open(_entry("project.qde"), "w", force_zip64=True) as file:
                file.write("".join(self._head()).encode("utf-8", "replace"))
                if self.groups:
                    file.write(b"<Sources>\n")
                for name, rows in self.groups.items():
                    identifier = guid("source", self.territory.slug, name)
                    text = _Text(name)
                    file.write(self._source_head(identifier, name).encode("utf-8", "replace"))
                    for start in range(0, len(rows), _BLOCK):
                        written = "".join(self._selection(row, *text.add(row)) for row in rows[start : start + _BLOCK])
                        file.write(written.encode("utf-8", "replace"))
                    file.write(b"</TextSource>\n")
                    sources.append((identifier, text))
                file.write(b"</Sources>\n</Project>\n" if self.groups else b"</Project>\n")
            for identifier, text in sources:
                archive.writestr(_entry(f"sources/{identifier}.txt"), str(text).encode("utf-8", "replace"))
        return self.count

    def _head(self) -> Iterator[str]:
        made = _moment(self.territory.created_at)
        yield (
            f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}" name="{xml_text(self.territory.name)}" origin="{ORIGIN}"'
            f' creationDateTime="{made}">\n'
        )
        if self.people:
            people = "".join(f'<User guid="{identifier}" name="{xml_text(name)}"/>\n' for identifier, name in self.people.values())
            yield f"<Users>\n{people}</Users>\n"
        codes = list(code_elements(self.nomenclature, {code: _sub_components(code, subs) for code, subs in self.more.items()}))
        if self.unknown:
            codes.append(heading("Hors nomenclature", [self._unknown(kind, code) for kind, code in sorted(self.unknown)]))
        if codes:
            yield "<CodeBook>\n<Codes>\n" + "\n".join(codes) + "\n</Codes>\n</CodeBook>\n"

    def _unknown(self, kind: str, code: str) -> str:
        under = _sub_components(code, self.more[code]) if kind == COMPONENT and code in self.more else []
        facts = xml_text(describe("", {"kind": kind, "code": code}))
        opening = f'<Code guid="{code_guid(kind, code)}" name="{xml_text(Term(kind, code).code)}" isCodable="true"><Description>{facts}</Description>'
        return opening + "\n".join(under) + "</Code>"

    def _source_head(self, identifier: str, name: str) -> str:
        return f'<TextSource guid="{identifier}" name="{xml_text(name)}" plainTextPath="internal://{identifier}.txt">\n'

    def _selection(self, row: Row, start: int, end: int) -> str:
        selection = selection_guid(row[_SOURCE], row[_ID])
        if row[_NOTES]:
            row[_NOTES] = format_notes(row[_NOTES])
        facts = {name: str(row[place]) for name, place in _FACTS if row[place]}
        facts["nb"] = str(row[_COUNT])
        if row[_MEMO]:
            facts[MEMO] = row[_MEMO]
        guids = self.codes.get(tuple(row[place] for place in _CODE), ())
        coder = self.people.get(row[_CODER])
        by = f' creatingUser="{coder[0]}"' if coder else ""
        at = f' creationDateTime="{_moment(row[_CODED_AT])}"' if row[_CODED_AT] else ""
        codings = "".join(
            f'<Coding guid="{guid("coding", selection, code)}"{by}{at}><CodeRef targetGUID="{code}"/></Coding>\n' for code in guids
        )
        return (
            f'<PlainTextSelection guid="{selection}" startPosition="{start}" endPosition="{end}">'
            f"<Description>{xml_content(describe('', facts))}</Description>\n{codings}</PlainTextSelection>\n"
        )


class _Text:
    """The plain text of a source, as it grows: the group, then each question and what was said to it."""

    def __init__(self, group: str) -> None:
        self.parts = [group, "\n"]
        self.length = len(group) + 1
        self.question: str | None = None

    def add(self, row: Row) -> tuple[int, int]:
        """Writes a statement; gives where it begins and ends."""
        if row[_QUESTION] != self.question:
            self.question = row[_QUESTION]
            self._write(f"\n{row[_QUESTION]} · {row[_WORDING]}\n\n" if row[_WORDING] else f"\n{row[_QUESTION]}\n\n")
        start = self.length
        self._write(row[_TEXT])
        end = self.length
        self._write("\n")
        return start, end

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def __str__(self) -> str:
        return "".join(self.parts)


def selection_guid(source: str, external_id: str) -> str:
    """The identifier of a criterion: the one it came with from another program, else made from where it comes from."""
    return (plain_guid(external_id) if source == SOURCE else "") or guid("criterion", source, external_id)


def _sub_components(component: str, subs: set[str]) -> list[str]:
    return [
        f'<Code guid="{code_guid(SUB_COMPONENT, f"{component}-{sub}")}" name="{component}-{sub}" isCodable="true"/>'
        for sub in sorted(subs, key=lambda sub: (len(sub), sub))
    ]


def _entry(name: str) -> zipfile.ZipInfo:
    """A member of the archive with a fixed date: the same base gives the same file."""
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


@lru_cache(maxsize=10_000)
def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
