"""The river: imports, foreign keys and links look upstream only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, OneToOneField
from importlinter.cli import lint_imports

SRC = Path(settings.PACKAGE)
RIVER = [
    "core", "ui", "people", "frameworks", "network", "voices", "synthesis", "diagnosis", "plan", "agenda",
    "evaluation", "commitments", "reports", "observatory", "support", "config",
]  # fmt: skip
OURS = [name for name in RIVER if (SRC / name).is_dir()]


def test_imports_look_upstream_only(capsys):
    status = lint_imports(config_filename=str(SRC.parents[1] / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_folder_has_chosen_its_place_in_the_river():
    folders = {path.name for path in SRC.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders - set(RIVER) == set()


def test_every_room_says_what_it_is_and_what_it_is_not():
    for app in OURS:
        text = (SRC / app / "__init__.py").read_text(encoding="utf-8")
        assert text.startswith('"""'), app
        assert "Not here" in text or app == "config", app


def our_relations():
    for app in OURS:
        if app in apps.app_configs:
            for model in apps.get_app_config(app).get_models():
                for field in model._meta.get_fields():
                    if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and field.related_model._meta.app_label in RIVER:
                        yield app, model, field


def test_foreign_keys_look_upstream_only():
    wrong = [
        f"{model.__name__}.{field.name}"
        for app, model, field in our_relations()
        if RIVER.index(field.related_model._meta.app_label) > RIVER.index(app)
    ]
    assert wrong == []


def test_a_foreign_key_across_apps_leaves_no_trace_upstream():
    traces = [
        f"{model.__name__}.{field.name}"
        for app, model, field in our_relations()
        if field.related_model._meta.app_label != app and not field.remote_field.hidden
    ]
    assert traces == []


LINK = re.compile(r"""\{%\s*url\s+["'](\w+):""")
REVERSE = re.compile(r"""(?:reverse|redirect|reverse_lazy)\(\s*["'](\w+):""")


@pytest.mark.parametrize("app", [name for name in OURS if name != "config"])
def test_links_look_upstream_only(app):
    wrong = []
    for path in (SRC / app).rglob("*"):
        if path.suffix in (".html", ".txt", ".svg", ".py"):
            text = path.read_text(encoding="utf-8")
            for target in LINK.findall(text) + REVERSE.findall(text):
                if target in RIVER and RIVER.index(target) > RIVER.index(app):
                    wrong.append(f"{path.relative_to(SRC)} → {target}")
    assert wrong == []
