"""The press: typst sets what an app gives it, on the same page on every machine.

A4 or A3, tagged (PDF/UA-1). No font of the machine is used and no clock is read. Words go in as JSON, never as markup;
`ui/print/house.typ` holds the inks and the fonts, which a template imports as `/ui/print/house.typ`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.template.loader import render_to_string

from .glyphs import FONTS, drawable

ROOT = Path(str(files("tissage")))
"""What a template may read: the package, and nothing else of the machine."""
TWICE = 192.0
"""Pixels an inch of a picture drawn at twice the scale of the screen."""


def set_pdf(template: Path, *, day: int, **inputs: Any) -> bytes:
    """A template set as PDF/UA-1. `day` is the Unix time written in the file; each input reaches the template as JSON under its name."""
    done = typst.compile(
        template,
        root=ROOT,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=_as_json(inputs),
        pdf_standards="ua-1",
        timestamp=day,
    )
    assert isinstance(done, bytes)
    return done


def set_pngs(template: Path, **inputs: Any) -> list[bytes]:
    """One PNG a page of a template."""
    done = typst.compile(
        template, root=ROOT, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=_as_json(inputs), format="png", ppi=TWICE
    )
    return [done] if isinstance(done, bytes) else list(done)


def _as_json(inputs: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Our own fonts and no others: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def standalone(svg: str) -> str:
    """An SVG of a page as a file of its own: its name space, and our font for its letters."""
    return drawable(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="&apos;Source Sans 3&apos;" ', 1))


def mark() -> str:
    """The mark of Tissage, as SVG."""
    return standalone(re.sub(r"\{#.*?#\}", "", render_to_string("ui/mark.html")))


def iso_language(written: str) -> str:
    """« ar » from « ar-MA »; empty when it is no language code."""
    head = written.strip().lower().split("-")[0]
    return head if re.fullmatch(r"[a-z]{2,3}", head) else ""
