"""An association's space made quickly: a frozen set, three lists, their links."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from tests.conftest import NOW
from tissage.commitments.models import Contestant
from tissage.commitments.operations import sets
from tissage.network.models import Organization
from tissage.people.cipher import ensure_key_ring
from tissage.people.models import User

LISTS = (("Liste Canal", 3), ("Avant Sormont", 1), ("Ensemble", 2))
"""Neither the order of their numbers nor that of the alphabet."""


def somebody(name: str) -> User:
    return User.objects.create_user(email=f"{name.lower()}@example.org", name=name)


def space_of(territory, *, name: str = "Maison Arc", slug: str = "maison-arc", owner: User | None = None):
    """An organisation of the territory with its own space, and its owner."""
    house = Organization.objects.create(territory=territory, name=name, kind="asbl")
    owner = owner or somebody(f"Olive-{slug}")
    return sets.create_space(organization=house, slug=slug, name=name, owner=owner, by=None, now=NOW), owner


def draft_in(space, by, *, code: str = "droits-2026"):
    """The shipped asks, with all that freezing asks for but the freeze."""
    election = sets.create_election(space=space, name="Élections communales", held_on=dt.date(2026, 12, 20), by=by, now=NOW)
    made = sets.create_ask_set(
        space=space,
        code=code,
        title="Droits et égalité",
        introduction="Nous interrogeons chaque liste.",
        selection_rule="Toutes les listes déposées.",
        neutrality_note="Aucune consigne de vote.",
        election=election,
        answer_deadline=dt.date(2026, 12, 10),
        by=by,
        now=NOW,
    )
    sets.import_asks(ask_set=made, rows=sets.seed_asks().rows, by=by, now=NOW)
    return made


def frozen_in(space, by, **kwargs):
    return sets.freeze_ask_set(ask_set=draft_in(space, by, **kwargs), by=by, now=NOW)


def lists_of(ask_set, by) -> list[Contestant]:
    """Three lists with an address, in the order of the ballot."""
    ensure_key_ring(settings.TISSAGE_HOME)
    for name, number in LISTS:
        contact = sets.Contact(name=f"Contact de {name}", email=f"liste{number}@canari.example", address="Rue du Secret 1")
        sets.write_contestant(election=ask_set.election, name=name, kind="list", list_number=number, contact=contact, by=by, now=NOW)
    return list(Contestant.objects.filter(election=ask_set.election))


def sent_to_all(ask_set, by) -> dict[str, str]:
    """Sends by e-mail to every list; gives the token of each by its name."""
    return {one.sending.contestant.name: token_of(one.link) for one in sets.send_to_all(ask_set=ask_set, by=by, now=NOW)}


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[-1]


def reply(ask_set, **said: str) -> dict[int, sets.Reply]:
    """`reply(s, L1="yes")`: positions by code, each with words of its own."""
    asks = {ask.code: ask.pk for ask in ask_set.asks.all()}
    return {asks[code]: sets.Reply(position, f"Comment {code}", f"Mot pour mot {code}") for code, position in said.items()}
