"""Reads of the vocabulary of the directory and the agenda: the latest published version, as a plain value."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils.translation import get_language

from tissage.core.vocabulary import Term, Vocabulary

from .models import FrameworkVersion, Node, in_language
from .queries import latest_published, shipped_rows

REPERTOIRE = "repertoire"


def vocabulary() -> Vocabulary:
    """The words in force, labelled in the language of the screen; those of the shipped file where no version was loaded yet.

    One query, to know which version is in force; its terms stay in memory until a label is corrected.
    """
    version = latest_published(REPERTOIRE)
    language = _language()
    return vocabulary_of(version) if version else _shipped(language)


def vocabulary_of(version: FrameworkVersion) -> Vocabulary:
    """The words of one version, labelled in the language of the screen."""
    return _vocabulary(version.pk, version.revised_at, _language())


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


@lru_cache(maxsize=16)
def _vocabulary(version_id: int, revised_at: dt.datetime, language: str) -> Vocabulary:
    nodes = Node.objects.filter(version=version_id).select_related("parent").order_by("position", "pk")
    return Vocabulary.of(
        Term(node.kind, node.code, in_language(node.labels), node.parent.code if node.parent else "", node.extra.get("external_uri", ""))
        for node in nodes
    )


@lru_cache(maxsize=4)
def _shipped(language: str) -> Vocabulary:
    return Vocabulary.of(
        Term(row["kind"], row["code"], in_language({"fr": row["label_fr"], "en": row["label_en"]}), row["parent"], row["external_uri"])
        for row in shipped_rows(f"{REPERTOIRE}.csv")
    )
