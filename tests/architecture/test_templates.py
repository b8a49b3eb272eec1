"""Templates keep the strict content policy: nothing inline; and they never mark a resident's words safe."""

import re
from pathlib import Path

from django.conf import settings

INLINE = [
    re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE),
    re.compile(r"\sstyle\s*=\s*[\"']", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    re.compile(r"javascript:", re.IGNORECASE),
]


def templates():
    root = Path(settings.PACKAGE)
    return [(str(path.relative_to(root)), path.read_text(encoding="utf-8")) for path in root.rglob("templates/**/*.html")]


def test_nothing_is_inline():
    assert [(name, pattern.pattern) for name, text in templates() for pattern in INLINE if pattern.search(text)] == []


def test_no_template_turns_escaping_off():
    assert [name for name, text in templates() if "|safe" in text or "autoescape off" in text] == []
