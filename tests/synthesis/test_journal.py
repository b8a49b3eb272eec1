"""Every act of this app is told in words by the journal."""

from __future__ import annotations

import re
from pathlib import Path

import tissage.synthesis
from tissage.people.journal import WORDS, sentence

HOME = Path(tissage.synthesis.__file__).parent


def test_every_verb_that_is_recorded_has_words_and_no_words_are_left_over():
    written = "".join(file.read_text(encoding="utf-8") for file in HOME.rglob("*.py") if file.name != "journal.py")
    recorded = set(re.findall(r'verb="(synthesis\.\w+)"', written))
    assert recorded == {verb for verb in WORDS if verb.startswith("synthesis.")}
    assert written.count("record(\n") + written.count("record(verb=") == len(re.findall(r'verb="synthesis\.', written))


def test_taking_a_file_is_told_with_its_count():
    said = sentence("synthesis.export_synthesis", "Première · v1", {"criteria": 8})
    assert said == "a emporté un fichier de « Première · v1 » (8 critères)"
