"""The documents of a year of the plan: PDF, Word, workbook, ZIP of annexes. One value in (`Book`), one file out: no clock, no query.

`sections` decide what is said, as blocks; `pdf` and `word` set the blocks, `workbook` lays numbers in sheets, `annexes` gathers files.
"""

from .annexes import render_zip
from .book import Book, Missing, book_of
from .names import CONTENT_TYPES, file_name
from .pdf import render_pdf
from .word import render_docx
from .workbook import render_xlsx

__all__ = [
    "CONTENT_TYPES",
    "FORMATS",
    "Book",
    "Missing",
    "book_of",
    "file_name",
    "render",
    "render_docx",
    "render_pdf",
    "render_xlsx",
    "render_zip",
]

_RENDERERS = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx, "zip": render_zip}
FORMATS = tuple(_RENDERERS)


def render(book: Book, extension: str) -> bytes:
    """A book in a format of `FORMATS`."""
    return _RENDERERS[extension](book)
