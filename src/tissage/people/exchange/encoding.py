"""Which encoding a text file is in: UTF-8 (with or without a mark), UTF-16 with a mark, else Windows-1252."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from tissage.core.messages import gettext_noop

from .errors import UnreadableFile

_BLOCK = 1 << 20


def encoding_of(path: Path) -> str:
    """`utf-8-sig`, `utf-16` or `cp1252`, after reading the whole file once in blocks. Raises `UnreadableFile`."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return "utf-16"
            if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
                raise UnreadableFile(
                    gettext_noop(
                        "« %(file)s » n’est pas un fichier de texte."
                        " Donnez-lui l’extension de son format (.xlsx ou .ods), ou enregistrez-le en CSV."
                    ),
                    file=path.name,
                )
            stream.seek(0)
            return "utf-8-sig" if _decodes(stream, "utf-8") else _windows(path)
    except OSError as error:
        raise UnreadableFile(
            gettext_noop("Le fichier « %(file)s » ne peut pas être lu : %(reason)s."), file=str(path), reason=error.strerror or str(error)
        ) from None


def _windows(path: Path) -> str:
    with path.open("rb") as stream:
        if _decodes(stream, "cp1252"):
            return "cp1252"
    raise UnreadableFile(
        gettext_noop("L’encodage de « %(file)s » n’est pas reconnu. Enregistrez-le en UTF-8, puis recommencez."), file=path.name
    )


def _decodes(stream: object, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := stream.read(_BLOCK):  # type: ignore[attr-defined]
            if b"\x00" in block:
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
