"""What kind a file is, by its content and not by its name alone: the kinds a municipality sends, and no others."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_MEMBERS = 5_000
LONGEST_NAME = 120
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
ACCEPT = ",".join(f".{ending}" for ending in CONTENT_TYPES)
"""For the `accept` attribute of a file field."""
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class DocumentRefused(ValueError):
    """Why this file is not kept, in words for whoever chose it."""


def clean_name(upload_name: str) -> str:
    """A file name fit to be given back: no folder, no control or reserved character, at most 120 letters, its ending kept.

    >>> clean_name("C:\\\\dossiers\\\\../Avis: n°3?.PDF")
    'Avis n°3.pdf'
    """
    last = unicodedata.normalize("NFC", upload_name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in last)
    plain = " ".join(re.sub(r'[<>:"|?*;]+', " ", shown).split()).strip(". ")
    name = PurePosixPath(plain or "document")
    ending = name.suffix.lower()
    stem = name.name[: len(name.name) - len(ending)] if ending else name.name
    return f"{stem.strip()[: LONGEST_NAME - len(ending)] or 'document'}{ending}"


def check_document(upload_name: str, content: bytes) -> tuple[str, str]:
    """The clean name of a file and its content type. Raises `DocumentRefused`: too heavy, empty, of no kind we keep, or not what it says."""
    name = clean_name(upload_name)
    ending = PurePosixPath(name).suffix.removeprefix(".")
    if not content:
        raise DocumentRefused(_("« %(name)s » est vide.") % {"name": name})
    if len(content) > MOST_BYTES:
        raise DocumentRefused(_("« %(name)s » pèse plus de 10 Mo. Allégez-le, ou partagez-le en plusieurs fichiers.") % {"name": name})
    if ending not in CONTENT_TYPES:
        raise DocumentRefused(
            _("« %(name)s » n’est pas d’un genre gardé ici. Attendu : PDF, PNG, JPEG, WebP, DOCX, XLSX, ODT, ODS, CSV ou TXT.")
            % {"name": name}
        )
    if not _is(ending, content):
        raise DocumentRefused(
            _(
                "Le contenu de « %(name)s » n’est pas celui d’un fichier %(kind)s : il est abîmé, protégé, ou porte un autre nom que le sien."
            )
            % {"name": name, "kind": ending.upper()}
        )
    return name, CONTENT_TYPES[ending]


def _is(ending: str, content: bytes) -> bool:
    if ending in ("docx", "xlsx", "odt", "ods"):
        return _is_office(ending, content)
    if ending in ("csv", "txt"):
        return _is_text(content)
    return {
        "pdf": content.startswith(b"%PDF-"),
        "png": content.startswith(b"\x89PNG\r\n\x1a\n"),
        "webp": content.startswith(b"RIFF") and content[8:12] == b"WEBP",
    }.get(ending, content.startswith(b"\xff\xd8\xff"))


def _is_office(ending: str, content: bytes) -> bool:
    """An office file is a ZIP that holds the parts of its kind; one that carries macros is none of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_MEMBERS or any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names):
                return False
            if ending in _MAIN_PARTS:
                return {"[Content_Types].xml", _MAIN_PARTS[ending]} <= names
            if archive.getinfo("mimetype").file_size > 100 or any(name.startswith(("Basic/", "Scripts/")) for name in names):
                return False
            return archive.read("mimetype").decode("ascii") == CONTENT_TYPES[ending] and "content.xml" in names
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, UnicodeDecodeError, OSError, EOFError):
        return False


def _is_text(content: bytes) -> bool:
    """Readable text: UTF-8, UTF-16 with its mark, or the old Western encoding, without control characters; not a page nor a program."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError:
            return False
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return _CONTROLS.search(text) is None
