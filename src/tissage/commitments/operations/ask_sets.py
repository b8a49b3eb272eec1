"""Writing a set of asks, then freezing it: after that its text, weights and criteria are the same for everybody and for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.commitments.models import Ask, AskCategory, AskSet, Election, Space
from tissage.commitments.models.asks import MOST_ASKS
from tissage.commitments.queries.ask_texts import text_of
from tissage.core.ask_rows import AskRow, AskTable, read_asks
from tissage.core.ask_text import text_sha256
from tissage.people.models import User

from .spaces import note

SEED = "demandes-locales.csv"
"""Nine levers and four demands, in our own words (`commitments.md` §2)."""
CHANGEABLE = ("title", "introduction", "owner_name", "selection_rule", "neutrality_note", "counted_competences", "language")
MUNICIPAL = ["commune", "cpas", "police_zone"]


class AskSetRefused(ValueError):
    """Why the set stays as it is, in words for the user."""


class NotReadyToFreeze(AskSetRefused):
    """What is missing before the text may be frozen: `lacks`, one sentence each."""

    def __init__(self, lacks: list[str]) -> None:
        self.lacks = lacks
        super().__init__(" ".join(lacks))


@transaction.atomic
def create_ask_set(*, space: Space, code: str, title: str, by: User | None, now: dt.datetime, **details: Any) -> AskSet:
    """A draft set in a space. `details`: introduction, owner_name, selection_rule, neutrality_note, counted_competences, answer_deadline, election."""
    if AskSet.objects.filter(space=space, code=code).exists():
        raise AskSetRefused(_("Un ensemble a déjà le code « %(code)s » dans cet espace.") % {"code": code})
    details.setdefault("owner_name", space.organization.name)
    details.setdefault("counted_competences", list(MUNICIPAL))
    made = AskSet.objects.create(
        territory=space.territory, space=space, owner=space.organization, code=code, title=title, created_at=now, **details
    )
    note("create_ask_set", space, by=by, now=now)
    return made


@transaction.atomic
def change_ask_set(*, ask_set: AskSet, by: User, now: dt.datetime, **details: Any) -> AskSet:
    """Changes what a draft says of itself. Raises `AskSetRefused` once it is frozen."""
    kept = draft(ask_set)
    moved = [name for name in CHANGEABLE if name in details and getattr(kept, name) != details[name]]
    if moved:
        for name in moved:
            setattr(kept, name, details[name])
        kept.save(update_fields=moved)
        note("change_ask_set", _space(kept), by=by, now=now, fields=moved)
    return kept


@transaction.atomic
def set_dates(*, ask_set: AskSet, election: Election | None, answer_deadline: dt.date | None, by: User, now: dt.datetime) -> AskSet:
    """The election and the last day to answer: one for all, so no longer moved once a first list was sent the set. Raises `AskSetRefused`."""
    kept = _locked(ask_set)
    if kept.sendings.exists():
        raise AskSetRefused(
            _("Une liste a déjà reçu cet ensemble : le délai et l’élection sont les mêmes pour toutes et ne changent plus.")
        )
    kept.election, kept.answer_deadline = election, answer_deadline
    kept.save(update_fields=["election", "answer_deadline"])
    note("set_dates", _space(kept), by=by, now=now, fields=["answer_deadline", "election"])
    return kept


@transaction.atomic
def write_category(
    *,
    ask_set: AskSet,
    code: str,
    label: str,
    weight: Decimal = Decimal(1),
    by: User | None,
    now: dt.datetime,
    category: AskCategory | None = None,
) -> AskCategory:
    """A category of a draft and its weight: new, or changed when `category` is given."""
    kept = draft(ask_set)
    same = AskCategory.objects.filter(ask_set=kept, code=code)
    if (same.exclude(pk=category.pk) if category else same).exists():
        raise AskSetRefused(_("Une catégorie a déjà le code « %(code)s ».") % {"code": code})
    if category is None:
        category = AskCategory(ask_set=kept, position=_next(kept.categories.all()))
    category.code, category.label, category.weight = code, label, weight
    category.save()
    note("write_category", _space(kept), by=by, now=now)
    return category


@transaction.atomic
def remove_category(*, category: AskCategory, by: User, now: dt.datetime) -> None:
    """Takes away a category that holds no ask. Raises `AskSetRefused`."""
    kept = draft(category.ask_set)
    if category.asks.exists():
        raise AskSetRefused(_("Des demandes sont dans cette catégorie. Rangez-les ailleurs d’abord."))
    category.delete()
    note("remove_category", _space(kept), by=by, now=now)


@transaction.atomic
def write_ask(*, ask_set: AskSet, by: User | None, now: dt.datetime, ask: Ask | None = None, **values: Any) -> Ask:
    """An ask of a draft: new, or changed when `ask` is given. `values`: category, code, kind, text, competence… Raises `AskSetRefused`."""
    kept = draft(ask_set)
    _one_code(kept, values.get("code", ask.code if ask else ""), ask)
    if ask is None:
        if kept.asks.count() >= MOST_ASKS:
            raise AskSetRefused(_("Un ensemble tient en %(most)s demandes au plus : au-delà, personne ne le suit.") % {"most": MOST_ASKS})
        ask = Ask(ask_set=kept, position=_next(kept.asks.all()))
    moved = [name for name, value in values.items() if getattr(ask, f"{name}_id" if name == "category" else name, None) != value]
    for name, value in values.items():
        setattr(ask, name, value)
    ask.save()
    note("write_ask", _space(kept), by=by, now=now, fields=moved)
    return ask


@transaction.atomic
def remove_ask(*, ask: Ask, by: User, now: dt.datetime) -> None:
    """Takes an ask out of a draft."""
    kept = draft(ask.ask_set)
    ask.delete()
    note("remove_ask", _space(kept), by=by, now=now)


@transaction.atomic
def confirm_competence(*, ask: Ask, confirmed_by: str, on: dt.date, mapping_note: str, by: User, now: dt.datetime) -> Ask:
    """Says who checked whose competence an ask is: the mark « à confirmer » goes. It is no part of the text, so it may come after the freeze."""
    ask.mapping_confirmed_by, ask.mapping_confirmed_on, ask.legal_mapping_note = confirmed_by.strip(), on, mapping_note.strip()
    ask.save(update_fields=["mapping_confirmed_by", "mapping_confirmed_on", "legal_mapping_note"])
    note("confirm_competence", _space(ask.ask_set), by=by, now=now)
    return ask


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a table would do to a draft: codes of what is new, changed, the same. Nothing is taken away by a table."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def compare_asks(ask_set: AskSet, rows: Iterable[AskRow]) -> Incoming:
    known = {ask.code: ask for ask in ask_set.asks.select_related("category")}
    new: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    for row in rows:
        ask = known.get(row.code)
        (new if ask is None else same if _as_row(ask) == _without_label(row) else changed).append(row.code)
    return Incoming(tuple(new), tuple(changed), tuple(same))


@transaction.atomic
def import_asks(*, ask_set: AskSet, rows: Iterable[AskRow], by: User | None, now: dt.datetime) -> Incoming:
    """Writes the rows of a table into a draft: asks by their code, categories they name when they are not there. Raises `AskSetRefused`."""
    kept, rows = draft(ask_set), list(rows)
    incoming = compare_asks(kept, rows)
    if len(incoming.new) + kept.asks.count() > MOST_ASKS:
        raise AskSetRefused(_("Un ensemble tient en %(most)s demandes au plus : au-delà, personne ne le suit.") % {"most": MOST_ASKS})
    categories = {one.code: one for one in kept.categories.all()}
    asks = {one.code: one for one in kept.asks.all()}
    place, next_category = _next(kept.asks.all()), _next(kept.categories.all())
    for row in rows:
        if row.category not in categories:
            label = row.category_label or row.category
            made = AskCategory.objects.create(ask_set=kept, code=row.category, label=label, position=next_category)
            categories[row.category], next_category = made, next_category + 1
        if row.code in incoming.same:
            continue
        ask = asks.get(row.code)
        if ask is None:
            ask, place = Ask(ask_set=kept, position=place), place + 1
        ask.code, ask.kind, ask.category, ask.competence = row.code, row.kind, categories[row.category], list(row.competence)
        for name in _PLAIN:
            setattr(ask, name, getattr(row, name))
        ask.save()
    if incoming.new or incoming.changed:
        note("import_asks", _space(kept), by=by, now=now, numbers={"new": len(incoming.new), "changed": len(incoming.changed)})
    return incoming


def seed_asks() -> AskTable:
    """The asks that Tissage ships, to start from."""
    return read_asks((files("tissage.commitments") / "data" / SEED).read_bytes())


def lacks(ask_set: AskSet) -> list[str]:
    """What is missing before this set may be frozen, one sentence each."""
    asks = list(ask_set.asks.all())
    used = {ask.category_id for ask in asks}
    empty = [one.label for one in ask_set.categories.all() if one.pk not in used]
    said = [
        (not asks, _("Aucune demande n’est écrite.")),
        (bool(empty), _("Des catégories sont vides : %(labels)s.") % {"labels": ", ".join(empty)}),
        (not ask_set.answer_deadline, _("Le dernier jour pour répondre n’est pas fixé.")),
        (ask_set.election_id is None, _("L’élection n’est pas choisie.")),
        (not ask_set.selection_rule.strip(), _("La règle de choix des demandes et des destinataires n’est pas écrite.")),
        (not ask_set.counted_competences, _("Aucune compétence ne compte au score.")),
        (any(not ask.competence for ask in asks), _("Une demande n’a pas de compétence.")),
    ]
    return [sentence for missing, sentence in said if missing]


@transaction.atomic
def freeze_ask_set(*, ask_set: AskSet, by: User | None, now: dt.datetime) -> AskSet:
    """Freezes the text for good and keeps its SHA-256. Nothing is sent before. Raises `NotReadyToFreeze`."""
    kept = draft(ask_set)
    if missing := lacks(kept):
        raise NotReadyToFreeze(missing)
    return freeze(kept, by=by, now=now)


def freeze(kept: AskSet, *, by: User | None, now: dt.datetime) -> AskSet:
    """Inside a transaction of the caller, which holds the row: the date, the checksum, the state."""
    kept.text_sha256 = text_sha256(text_of(kept))
    kept.frozen_on, kept.status = timezone.localtime(now).date(), AskSet.Status.FROZEN
    kept.save(update_fields=["text_sha256", "frozen_on", "status"])
    note("freeze_ask_set", _space(kept), by=by, now=now, numbers={"asks": kept.asks.count()})
    return kept


def draft(ask_set: AskSet) -> AskSet:
    """The set, held, if its text may still be written. Raises `AskSetRefused`."""
    kept = _locked(ask_set)
    if kept.frozen_on is not None:
        raise AskSetRefused(_("Le texte de cet ensemble est figé : il ne change plus. Faites-en un nouveau sous un autre code."))
    return kept


def _locked(ask_set: AskSet) -> AskSet:
    sets = AskSet.objects.select_related("space__organization", "election", "territory")
    return sets.select_for_update(of=("self",)).order_by("pk").get(pk=ask_set.pk)


def _space(ask_set: AskSet) -> Space:
    assert ask_set.space is not None
    return ask_set.space


def _one_code(ask_set: AskSet, code: str, ask: Ask | None) -> None:
    same = Ask.objects.filter(ask_set=ask_set, code=code)
    if (same.exclude(pk=ask.pk) if ask else same).exists():
        raise AskSetRefused(_("Une demande a déjà le code « %(code)s ».") % {"code": code})


def _next(rows: Any) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


_PLAIN = (
    "text", "rationale", "verifiable", "success_criterion", "weight", "proof_hint", "source_ref", "legal_mapping_note",
)  # fmt: skip


def _as_row(ask: Ask) -> tuple[Any, ...]:
    return (ask.code, ask.kind, ask.category.code, tuple(ask.competence), *(getattr(ask, name) for name in _PLAIN))


def _without_label(row: AskRow) -> tuple[Any, ...]:
    return (row.code, row.kind, row.category, row.competence, *(getattr(row, name) for name in _PLAIN))
