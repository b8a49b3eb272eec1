"""The synthesis of 2,000 criteria as PDF, Word and spreadsheet, beside typst setting the same words bare: no tags, no charts, no queries.

Aim: the PDF in under 3 s.
"""

from __future__ import annotations

import io

import typst
from django.utils import timezone
from pypdf import PdfReader

from bench.base import seconds, show, size, territory_of
from tissage.synthesis.documents import render_docx, render_pdf, render_xlsx
from tissage.synthesis.queries import document_of
from tissage.ui.press import fonts

CRITERIA = 2_000


def main() -> None:
    territory = territory_of(size(CRITERIA))
    now = timezone.now()
    statements = "\n".join(line.text for line in document_of(territory, now=now).lines())

    def bare() -> bytes:
        source = b'#set text(font: "Source Serif 4")\n#for line in sys.inputs.words.split("\\n") { par(line) }'
        return typst.compile(source, font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"words": statements}, pdf_tags=False)

    baseline = seconds(bare, 3)
    for name, render in (("PDF/UA", render_pdf), ("Word", render_docx), ("spreadsheet", render_xlsx)):
        show(
            f"{name} of {size(CRITERIA)} criteria, from the database",
            seconds(lambda render=render: render(document_of(territory, now=now)), 3),
            baseline,
            "bare typst of the same words",
        )
    pdf = render_pdf(document_of(territory, now=now))
    print(f"{'the PDF':<64} {len(PdfReader(io.BytesIO(pdf)).pages):>10} pages, {len(pdf) / 1024:.0f} KiB", flush=True)


if __name__ == "__main__":
    main()
