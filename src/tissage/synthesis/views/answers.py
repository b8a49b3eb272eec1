"""Files in answer to a request."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.text import slugify

from tissage.core.charts import Chart
from tissage.synthesis.exchange.csv import harmless


def table_as_csv(chart: Chart, *names: object) -> HttpResponse:
    """The table behind a picture: UTF-8 with a mark, semicolons, as spreadsheets of the field open it."""
    return rows_as_csv(
        [chart.table.headings, *chart.table.rows], "-".join([*(slugify(str(name)) for name in names), chart.name.removeprefix("c-")])
    )


def rows_as_csv(rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return attachment(b"\xef\xbb\xbf" + stream.getvalue().encode(), "text/csv; charset=utf-8", f"{name}.csv")


def attachment(body: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
