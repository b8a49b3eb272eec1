"""A workbook in the hands of somebody: its sheets as rows that can be changed, then saved again as a spreadsheet would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook


class Book(dict):
    """Sheet → rows of typed cells (None where empty). Lines count from 1, as in a spreadsheet."""

    @classmethod
    def load(cls, path: Path) -> Book:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            return cls({name: [list(row) for row in book.get_sheet_by_name(name).iter_rows()] for name in book.sheet_names})

    def put(self, title: str, line: int, heading: str, value: object) -> None:
        rows = self[title]
        rows[line - 1] += [None] * (len(rows[0]) - len(rows[line - 1]))
        rows[line - 1][rows[0].index(heading)] = value

    def save(self, path: Path) -> None:
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in self.items():
            sheet = book.add_worksheet(title)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(line, column, value, day)
                    elif isinstance(value, int | float):
                        sheet.write_number(line, column, value)
                    elif value:
                        sheet.write_string(line, column, value)
        book.close()
