"""One word per thing: every table has its line in docs/glossary.md."""

import re
from pathlib import Path

from django.apps import apps

from tests.architecture.test_river import OURS

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_every_table_has_its_word():
    words = set(re.findall(r"`(\w+)`", GLOSSARY.read_text(encoding="utf-8")))
    tables = {model.__name__ for app in OURS if app in apps.app_configs for model in apps.get_app_config(app).get_models()}
    assert tables - words == set()


def test_every_table_says_its_name_in_french():
    plain = [
        model.__name__
        for app in OURS
        if app in apps.app_configs
        for model in apps.get_app_config(app).get_models()
        if "verbose_name" not in model._meta.original_attrs
    ]
    assert plain == []
