"""The model of each territory in this process: read once, then kept current by what the journal and the codings say has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from tissage.core.nomenclature import COMPONENT
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.models import Phrase as KeyPhrase
from tissage.frameworks.queries import chosen_version, latest_published, nomenclature_of
from tissage.people.models import Entry, Territory
from tissage.voices.learning.encoder import Encoder, ModelMissing, load_encoder
from tissage.voices.learning.model import Example, Key, Phrase, Suggester
from tissage.voices.learning.vectors import VectorStore, prune_files
from tissage.voices.models import Coding, Criterion, Expression

# Acts that change one criterion and name it: only that one is read again. Any other act of this territory reads all codes again.
_ON_ONE = frozenset(
    f"voices.{verb}"
    for verb in (
        "set_code", "validate_coding", "undo_coding", "edit_criterion", "make_criterion", "attach_expressions", "detach_expressions",
        "withdraw_criterion",
    )
)  # fmt: skip
_MANY = 200
LOOK_SECONDS = 2.0  # at the desk, what others coded is looked for no more often


@dataclass(slots=True)
class _Territory:
    """One territory's model. `seen`: the last journal entry and the last coding it knows of; `looked_at`: when, by this process's clock."""

    suggester: Suggester
    seen: tuple[int, int] = (-1, -1)
    looked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_lock = threading.RLock()  # one function that holds it calls another
_keys: dict[tuple[object, ...], Key] = {}
_territories: dict[tuple[object, ...], _Territory] = {}
_latest: dict[tuple[object, ...], _Territory] = {}  # the one used last, found without asking which version is chosen
_stores: dict[tuple[object, ...], VectorStore] = {}


def forget_models() -> None:
    """Empties what this process keeps: for tests, and after a restore."""
    with _lock:
        _keys.clear()
        forget_territories()


def forget_territories() -> None:
    """As `forget_models`, keys left alone."""
    with _lock:
        _territories.clear()
        _latest.clear()
        for place in [place for place in _stores if str(place[1]).startswith("territory-")]:
            del _stores[place]


def models_folder() -> Path:
    return Path(settings.TISSAGE_HOME) / "models"


def encoder() -> Encoder | None:
    """The encoder of this installation; None when it is missing: what needs no meaning goes on without it."""
    try:
        return load_encoder(settings.TISSAGE_ENCODER)
    except ModelMissing:
        return None


def store_of(name: str) -> VectorStore | None:
    """Vectors kept under this name, in memory and on disk; None without an encoder."""
    found = encoder()
    if found is None:
        return None
    place = (found.id, name, str(models_folder()))
    with _lock:
        if place not in _stores:
            _stores[place] = VectorStore(found, models_folder(), name)
        return _stores[place]


def territory_store(territory: Territory) -> VectorStore | None:
    return store_of(f"territory-{territory.pk}")


def suggester_of(territory: Territory, *, cold: bool = False, prompt: bool = False) -> Suggester | None:
    """The model of a territory, current; `cold`: without its codings. None when there is no nomenclature at all.

    `prompt`: as it was `LOOK_SECONDS` ago at most, for somebody who waits at every stroke.
    """
    latest = (territory.pk, settings.TISSAGE_ENCODER, cold)
    if prompt and (known := _latest.get(latest)) is not None and time.monotonic() - known.looked_at < LOOK_SECONDS:
        return known.suggester
    version = chosen_version(territory) or latest_published()
    if version is None:
        return None
    key = key_of(version)
    place = (territory.pk, version.pk, version.revised_at, key.dim, settings.TISSAGE_ENCODER, cold)
    with _lock:
        if place not in _territories:
            for old in [other for other in _territories if other[0] == territory.pk and other[-1] == cold]:
                del _territories[old]
            _territories[place] = _Territory(Suggester(key, territory_store(territory)))
        held = _territories[place]
    if not cold:
        _bring_up_to_date(held, territory)
    held.looked_at = time.monotonic()
    _latest[latest] = held
    return held.suggester


def key_of(version: FrameworkVersion) -> Key:
    store = store_of(f"key-{version.pk}")
    place = (version.pk, version.revised_at, store.encoder.id if store is not None else "")
    with _lock:
        if place not in _keys:
            for old in [other for other in _keys if other[0] == version.pk]:
                del _keys[old]
            _keys[place] = Key(*key_texts(version), store)
        return _keys[place]


def key_texts(version: FrameworkVersion) -> tuple[dict[str, list[str]], list[Phrase]]:
    """(code → labels and keys, texts that speak for a component): what is known before anybody coded."""
    words: dict[str, list[str]] = {}
    texts: list[Phrase] = []
    for term in nomenclature_of(version).of_kind(COMPONENT):
        words[term.code] = [*term.labels.values(), *term.keys.values()]
        texts += key_phrases(term.code, term.labels, term.keys)
    spoken = KeyPhrase.objects.filter(node__version=version, node__kind=COMPONENT).order_by("node__position", "pk")
    texts += [Phrase(code, text) for code, text in spoken.values_list("node__code", "text")]
    return words, texts


def key_phrases(code: str, labels: dict[str, str], keys: dict[str, str]) -> list[Phrase]:
    """What the label and the key of a component teach: each in every language it is written in."""
    return [Phrase(code, text, shown=False) for text in [*labels.values(), *keys.values()] if text]


def _bring_up_to_date(held: _Territory, territory: Territory) -> None:
    """One cheap look at every call: the last line of this territory's journal and the last coding of all."""
    now = (
        Entry.objects.filter(territory=territory).aggregate(last=Max("pk"))["last"] or 0,
        Coding.objects.aggregate(last=Max("pk"))["last"] or 0,
    )
    if now == held.seen:
        return
    with held.lock:
        seen = held.seen
        if now == seen:
            return
        changed = _changed_since(territory, seen)
        if changed is None:
            current = _examples(territory)
            alive = {example.key for example in current}
            gone = set(held.suggester.examples) - alive
            held.suggester.learn(current, forget=gone)
            if gone:
                _forget_in_memory(territory)
        elif changed:
            current = _examples(territory, changed)
            gone = {key for key in changed - {example.key for example in current} if key in held.suggester}
            held.suggester.learn(current, forget=gone)
            if gone:
                _forget_in_memory(territory)
        held.seen = now


def _forget_in_memory(territory: Territory) -> None:
    """What was withdrawn leaves this process and its file; a code taken away costs the same look, and loses nothing."""
    store = territory_store(territory)
    if store is not None:
        store.keep_only(live_texts(territory))


def _changed_since(territory: Territory, seen: tuple[int, int]) -> set[int] | None:
    """The criteria whose code may have changed; None: look at all."""
    last_entry, last_coding = seen
    if last_coding < 0:
        return None
    entries = list(
        Entry.objects.filter(territory=territory, pk__gt=last_entry).order_by("pk").values_list("verb", "object_id")[: _MANY + 1]
    )
    coded = list(
        Coding.objects.filter(pk__gt=last_coding, criterion__territory=territory)
        .order_by("pk")
        .values_list("criterion_id", flat=True)[: _MANY + 1]
    )
    if len(entries) > _MANY or len(coded) > _MANY or any(verb not in _ON_ONE for verb, _pk in entries):
        return None
    return {int(pk) for _verb, pk in entries} | set(coded)


def _examples(territory: Territory, only: Iterable[int] | None = None) -> list[Example]:
    """Every current human coding of what is live, imported ones included (`names.md`, point 8)."""
    found = Criterion.objects.live().coded().filter(territory=territory)
    if only is not None:
        found = found.filter(pk__in=list(only))
    return [
        Example(pk, component, french or text, question)
        for pk, component, text, french, question in found.order_by("pk").values_list(
            "pk", "component", "text", "french_text", "question__code"
        )
    ]


def live_texts(territory: Territory) -> set[str]:
    """Every statement of this territory that may be read today."""
    criteria = Criterion.objects.live().filter(territory=territory).values_list("text", "french_text")
    notes = Expression.objects.live().filter(territory=territory).values_list("text", "french_text")
    return {text for rows in (criteria, notes) for pair in rows.iterator() for text in pair if text}


def forget_withdrawn_vectors() -> int:
    """Drops from the kept files what is no longer live, and the files of vanished territories; gives how many vectors went."""
    folder = models_folder()
    named = {int(path.stem.removeprefix("territory-")) for path in folder.glob("*/territory-*.npz") if path.stem[10:].isdigit()}
    territories = Territory.objects.in_bulk(named)
    return sum(
        prune_files(folder, f"territory-{number}", live_texts(territories[number]) if number in territories else ())
        for number in sorted(named)
    )
