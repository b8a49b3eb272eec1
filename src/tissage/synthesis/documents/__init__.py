"""The documents of a synthesis: PDF, Word, spreadsheet. One value in (`SynthesisDocument`), one file out: no clock, no query.

`content` decides what is said, as blocks; `pdf` and `word` set the blocks, `workbook` lays the numbers and the words in sheets.
"""

from .names import CONTENT_TYPES, file_name
from .pdf import render_group_sheet_pdf, render_pdf, render_workshop_sheet_pdf, write_pdf
from .word import render_docx
from .workbook import render_xlsx, write_xlsx

__all__ = [
    "CONTENT_TYPES",
    "file_name",
    "render_docx",
    "render_group_sheet_pdf",
    "render_pdf",
    "render_workshop_sheet_pdf",
    "render_xlsx",
    "write_pdf",
    "write_xlsx",
]
