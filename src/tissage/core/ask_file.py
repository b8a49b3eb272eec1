"""A set of asks as it travels: one JSON file, a checksum for each of its parts, so that a refusal says which part was altered.

{"format": "tissage-asks", "version": 1, "parts": {"text", "notes", "election", "contestants", "answers"}, "checksums": {…}, "text_sha256": …}.
A checksum shows an accident or a careless hand; who wrote the file is not proven by it: the set's public page prints `text_sha256`, to compare.
No contact of a candidate is in it; of a proof, its name and SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from .ask_text import AskWords, CategoryText, SetText, text_sha256
from .messages import Explained, gettext_noop

FORMAT, VERSION = "tissage-asks", 1
MOST_BYTES = 8 * 1024 * 1024
PARTS = {
    "text": gettext_noop("le texte des demandes"),
    "notes": gettext_noop("les notes et les dates de l’ensemble"),
    "election": gettext_noop("l’élection"),
    "contestants": gettext_noop("les listes"),
    "answers": gettext_noop("les réponses"),
}
POSITIONS = ("yes", "yes_if", "partial", "no", "no_position")
KNOWN = ("unknown", "yes", "no")


class AskFileRefused(Explained):
    """Why this file is not taken, naming what was altered or is missing. Nothing was written."""


@dataclass(frozen=True, slots=True)
class AskNote:
    """What goes with an ask and is not its text: where proof may come from, its source, who confirmed whose competence it is."""

    code: str
    proof_hint: str
    source_ref: str
    legal_mapping_note: str
    mapping_confirmed_by: str
    mapping_confirmed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Notes:
    uuid: str
    owner_name: str
    neutrality_note: str
    answer_deadline: dt.date | None
    frozen_on: dt.date
    published_on: dt.date | None
    closed_on: dt.date | None
    asks: tuple[AskNote, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    name: str
    held_on: dt.date
    installed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Stands:
    """A list or a person that stood. Its contact is not here."""

    uuid: str
    kind: str
    name: str
    party: str
    list_number: int | None
    elected: str
    in_majority: str


@dataclass(frozen=True, slots=True)
class Proof:
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A published answer, word for word. `contestant` is the uuid of who stood, `ask` a code."""

    ask: str
    contestant: str
    position: str
    how: str
    verbatim: str
    received_on: dt.date
    is_late: bool
    via_link: bool
    published_on: dt.date
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class AskFile:
    text: SetText
    notes: Notes
    election: Ballot | None = None
    contestants: tuple[Stands, ...] = ()
    answers: tuple[Answered, ...] = ()

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.text)


def write(file: AskFile) -> bytes:
    """The bytes of a file: the same file gives the same bytes."""
    parts = {name: _plain(getattr(file, name)) for name in PARTS}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "parts": parts,
        "checksums": {name: _checksum(part) for name, part in parts.items()},
        "text_sha256": file.text_sha256,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(content: bytes) -> AskFile:
    """The file as it was written. Raises `AskFileRefused`, naming the parts that are not what their checksum says."""
    if len(content) > MOST_BYTES:
        raise AskFileRefused(gettext_noop("Ce fichier pèse plus de 8 Mo : ce n’est pas un ensemble de demandes écrit par Tissage."))
    whole = _json(content)
    if whole.get("format") != FORMAT:
        raise AskFileRefused(gettext_noop("Ce fichier n’est pas un ensemble de demandes écrit par Tissage."))
    if whole.get("version") != VERSION:
        raise AskFileRefused(
            gettext_noop("Ce fichier est d’une version que cette installation ne lit pas (%(version)s). Mettez Tissage à jour."),
            version=str(whole.get("version"))[:20],
        )
    parts, checksums = whole.get("parts"), whole.get("checksums")
    if not isinstance(parts, dict) or not isinstance(checksums, dict) or set(parts) != set(PARTS):
        raise AskFileRefused(gettext_noop("Ce fichier n’est pas entier : il y manque une partie. Demandez-le à nouveau."))
    if altered := [words for name, words in PARTS.items() if checksums.get(name) != _checksum(parts[name])]:
        raise AskFileRefused(
            gettext_noop("Ce fichier a été changé depuis qu’il a été écrit : %(parts)s. Demandez-le à nouveau à qui l’a envoyé."),
            parts=", ".join(altered),
        )
    try:
        found = AskFile(
            text=_text(parts["text"]),
            notes=_notes(parts["notes"]),
            election=_made(Ballot, parts["election"]) if parts["election"] else None,
            contestants=tuple(_made(Stands, one) for one in parts["contestants"]),
            answers=tuple(_answered(one) for one in parts["answers"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise AskFileRefused(gettext_noop("Ce fichier n’a pas la forme attendue : une valeur y est illisible.")) from None
    if whole.get("text_sha256") != found.text_sha256:
        raise AskFileRefused(gettext_noop("Le texte des demandes n’est pas celui qui a été figé : son empreinte n’est pas la sienne."))
    _hold_together(found)
    return found


def without_answers(file: AskFile) -> AskFile:
    """The same text for another local group: no election, no list, no answer of anybody."""
    notes = file.notes
    bare = Notes(notes.uuid, notes.owner_name, notes.neutrality_note, None, notes.frozen_on, None, None, notes.asks)
    return AskFile(file.text, bare)


def _hold_together(file: AskFile) -> None:
    """Every answer is one of a list of this file to an ask of it, once."""
    asks, categories = {one.code for one in file.text.asks}, {one.code for one in file.text.categories}
    who = {one.uuid for one in file.contestants}
    pairs = [(one.ask, one.contestant) for one in file.answers]
    names = [one.name for one in file.contestants]
    whole = (
        len(asks) == len(file.text.asks)
        and len(categories) == len(file.text.categories)
        and len(who) == len(names) == len(set(names))
        and all(one.category in categories for one in file.text.asks)
        and {one.code for one in file.notes.asks} == asks
        and len(set(pairs)) == len(pairs)
        and all(ask in asks and contestant in who for ask, contestant in pairs)
        and all(one.position in POSITIONS for one in file.answers)
        and all(one.elected in KNOWN and one.in_majority in KNOWN for one in file.contestants)
        and (file.election is not None or not file.contestants)
    )
    if not whole:
        raise AskFileRefused(
            gettext_noop("Ce fichier ne se tient pas : une réponse, une liste ou une demande y est en double ou inconnue.")
        )


def _json(content: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict):
        raise AskFileRefused(gettext_noop("Ce fichier n’est pas un ensemble de demandes écrit par Tissage."))
    return whole


def _checksum(part: Any) -> str:
    return hashlib.sha256(json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    return _plain(asdict(value)) if hasattr(value, "__dataclass_fields__") else value


def _made(shape: Any, raw: Mapping[str, Any]) -> Any:
    """A flat value of this shape: exactly its fields, each of the type that its annotation says."""
    if set(raw) != {one.name for one in fields(shape)}:
        raise ValueError(shape.__name__)
    return shape(**{one.name: _value(str(one.type), raw[one.name]) for one in fields(shape)})


def _value(kind: str, raw: Any) -> Any:
    if raw is None and kind.endswith("None"):
        return None
    match kind.split(" |")[0]:
        case "dt.date":
            return dt.date.fromisoformat(raw)
        case "int":
            return _of(int, raw)
        case "bool":
            return _of(bool, raw)
        case "tuple[str, ...]":
            return tuple(_of(str, one) for one in _of(list, raw))
        case "str":
            return _of(str, raw)
    raise ValueError(kind)


def _of(kind: type, raw: Any) -> Any:
    if type(raw) is not kind:
        raise ValueError(kind.__name__)
    return raw


def _text(raw: Mapping[str, Any]) -> SetText:
    flat = {name: one for name, one in raw.items() if name not in ("categories", "asks")}
    categories = tuple(_made(CategoryText, one) for one in raw["categories"])
    asks = tuple(_made(AskWords, one) for one in raw["asks"])
    counted = tuple(_of(str, one) for one in _of(list, flat.pop("counted_competences")))
    return SetText(**{name: _of(str, one) for name, one in flat.items()}, counted_competences=counted, categories=categories, asks=asks)


def _notes(raw: Mapping[str, Any]) -> Notes:
    flat = {one.name: _value(str(one.type), raw[one.name]) for one in fields(Notes) if one.name != "asks"}
    return Notes(**flat, asks=tuple(_made(AskNote, one) for one in raw["asks"]))


def _answered(raw: Mapping[str, Any]) -> Answered:
    flat = {one.name: _value(str(one.type), raw[one.name]) for one in fields(Answered) if one.name != "proof"}
    return Answered(**flat, proof=_made(Proof, raw["proof"]) if raw["proof"] else None)
