"""The council's dossier of 60 pages or more: gathered, frozen data read, set as PDF/UA; beside bare typst of as many pages, in the same run.

Aim: the dossier in under 5 s. Gathering the year is measured apart, on a plan with thousands of bookings.
"""

from __future__ import annotations

import io

import typst
from django.utils import timezone
from pypdf import PdfReader

from bench.base import seconds, settle, show, size
from bench.plan_data import plan_of
from tissage.plan.models import Plan
from tissage.reports.documents import render
from tissage.reports.queries.books import draft_book
from tissage.reports.queries.year_data import gather
from tissage.ui.press import fonts

ACTIONS, YEARS, BOOKINGS = 46, 6, 40_000
YEAR = 2025


def main() -> None:
    made = plan_of(actions=ACTIONS, years=YEARS, bookings=size(BOOKINGS))
    plan = Plan.objects.select_related("territory", "framework__framework", "carrier").get(pk=made.pk)
    settle()
    now = timezone.now()
    book = draft_book(plan, YEAR, "dossier", now=now)
    pdf = PdfReader(io.BytesIO(render(book, "pdf")))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) >= 60, f"{len(pages)} pages: the measure asks for 60."

    def bare() -> bytes:
        """As many pages, the same words, no tags, no tables, no pictures."""
        source = '#for page in sys.inputs.words.split("§") { for line in page.split("\\n") { par(line) }; pagebreak(weak: true) }'
        return typst.compile(
            ('#set text(font: "Source Sans 3", size: 7pt)\n' + source).encode(),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"words": "§".join(pages)},
            pdf_tags=False,
        )

    bare_pages = len(PdfReader(io.BytesIO(bare())).pages)
    baseline = seconds(bare, 3)
    against = f"bare typst of {bare_pages} pages"
    show(f"a year gathered: {ACTIONS} actions, {size(BOOKINGS)} bookings over {YEARS} years", seconds(lambda: gather(plan, YEAR), 3))
    show(f"dossier of {len(pages)} pages, PDF/UA, data at hand", seconds(lambda: render(book, "pdf"), 3), baseline, against)
    whole = seconds(lambda: render(draft_book(plan, YEAR, "dossier", now=now), "pdf"), 3)
    show("… from the database", whole, baseline, against)
    for extension in ("docx", "xlsx", "zip"):
        show(f"the same as {extension}", seconds(lambda extension=extension: render(book, extension), 3), baseline, against)


if __name__ == "__main__":
    main()
