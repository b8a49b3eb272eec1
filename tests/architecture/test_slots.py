"""Slots: an upstream page names one, `config/slots.py` is the one table, and an empty slot shows nothing."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from tissage.config.slots import SLOTS

NAMED = re.compile(r"""\{%\s*slot\s+["'](\w+)["']""")
LIST_SLOTS = {"todo", "search", "joined", "restricted_account"}  # called by people's own code, for values rather than for HTML


def named_in_templates():
    return {
        name
        for path in Path(settings.PACKAGE).rglob("templates/**/*.html")
        if "allauth" not in path.parts
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }


def test_the_table_lists_exactly_the_slots_that_pages_leave():
    assert named_in_templates() | LIST_SLOTS == set(SLOTS)


def test_an_empty_slot_shows_nothing(settings, monkeypatch):
    monkeypatch.setitem(SLOTS, "menu", [])
    template = engines["django"].from_string('[{% slot "menu" %}]')
    assert template.render({}, RequestFactory().get("/")) == "[]"
