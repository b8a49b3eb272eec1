"""The text of a set of asks, as it is frozen: one canonical writing, one SHA-256. Same text for all, wherever it is sent from.

What is hashed is what decides the meaning of an answer and of a score: the words, what each ask aims at, its criterion, the weights, the rule by
which asks and recipients were chosen. Not the deadline nor the election: forty local groups send the same text, each with its own.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CategoryText:
    code: str
    label: str
    weight: str


@dataclass(frozen=True, slots=True)
class AskWords:
    """One ask; `weight` is plain (« 1 », « 2.5 »), `competence` in the order it was written."""

    code: str
    category: str
    kind: str
    text: str
    rationale: str
    competence: tuple[str, ...]
    verifiable: str
    success_criterion: str
    weight: str


@dataclass(frozen=True, slots=True)
class SetText:
    code: str
    title: str
    introduction: str
    language: str
    selection_rule: str
    counted_competences: tuple[str, ...]
    categories: tuple[CategoryText, ...]
    asks: tuple[AskWords, ...]


def canonical(text: SetText) -> str:
    """The one writing of a text: JSON, keys sorted, letters composed (NFC), line ends as one character, no space around a passage.

    >>> canonical(SetText("a", "é\\r\\n", "", "fr", "", ("cpas", "commune"), (), ()))
    '{"asks":[],"categories":[],"code":"a","counted_competences":["commune","cpas"],"introduction":"","language":"fr","selection_rule":"","title":"é"}'
    """
    raw = asdict(text)
    raw["counted_competences"] = sorted(raw["counted_competences"])
    for ask in raw["asks"]:
        ask["competence"] = sorted(ask["competence"])
    return json.dumps(_clean(raw), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_sha256(text: SetText) -> str:
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value
