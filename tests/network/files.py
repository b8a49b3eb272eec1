"""Small true files of every kind that is kept."""

from __future__ import annotations

import io
import zipfile


def office(main: str, **more: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", main: "<x/>", **more}.items():
            archive.writestr(name, content)
    return made.getvalue()


def open_document(kind: str, **more: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>", **more}.items():
            archive.writestr(name, content)
    return made.getvalue()


PDF = b"%PDF-1.7\nune convention\n%%EOF"
FILES = {
    "convention.pdf": PDF,
    "photo.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
    "photo.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "photo.webp": b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 8,
    "lettre.docx": office("word/document.xml"),
    "budget.xlsx": office("xl/workbook.xml"),
    "lettre.odt": open_document("text"),
    "budget.ods": open_document("spreadsheet"),
    "liste.csv": "nom;montant\nÉpicerie;12,50\n".encode("cp1252"),
    "note.txt": "décidé à l’unanimité\n".encode(),
}
