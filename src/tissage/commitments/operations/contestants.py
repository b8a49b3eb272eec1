"""Elections of a space, and who stands. A contact is encrypted, read by those who write in the space, and purged when the phase closes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.commitments.models import Contestant, Election, Space
from tissage.people.cipher import Undecipherable, key_ring
from tissage.people.models import User

from .spaces import note


class ContestantRefused(ValueError):
    """Why nothing changed, in words for the user."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a list: who, an e-mail address, a postal address."""

    name: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.address)


def contact_of(contestant: Contestant) -> Contact:
    """The contact in clear. Empty when there is none, once purged, or when the key ring no longer reads it."""
    if not contestant.contact:
        return Contact()
    try:
        return Contact(**json.loads(key_ring().decrypt(contestant.contact, place=_place(contestant))))
    except (Undecipherable, ValueError, TypeError):
        return Contact()


def _sealed(contestant: Contestant, contact: Contact) -> str:
    return key_ring().encrypt(json.dumps(asdict(contact), ensure_ascii=False), place=_place(contestant)) if contact else ""


def _place(contestant: Contestant) -> str:
    return f"commitments.contestant:{contestant.uuid}"


@transaction.atomic
def create_election(*, space: Space, name: str, held_on: dt.date, by: User | None, now: dt.datetime) -> Election:
    made = Election.objects.create(space=space, territory=space.territory, name=name.strip(), held_on=held_on)
    note("create_election", space, by=by, now=now)
    return made


@transaction.atomic
def write_contestant(
    *,
    election: Election,
    name: str,
    by: User | None,
    now: dt.datetime,
    contact: Contact | None = None,
    contestant: Contestant | None = None,
    **details: Any,
) -> Contestant:
    """A list or a person that stands: new, or changed when `contestant` is given. `contact` None leaves the one there is.

    `details`: kind, party, list_number. Raises `ContestantRefused`.
    """
    election = Election.objects.select_for_update(of=("self",)).order_by("pk").get(pk=election.pk)
    if election.closed_at is not None:
        raise ContestantRefused(_("La phase des candidatures est close : plus rien n’y change."))
    others = election.contestants.exclude(pk=contestant.pk) if contestant else election.contestants.all()
    if others.filter(name=name.strip()).exists():
        raise ContestantRefused(_("« %(name)s » est déjà dans cette élection.") % {"name": name.strip()})
    number = details.get("list_number")
    if number is not None and others.filter(list_number=number).exists():
        raise ContestantRefused(_("Une autre liste a déjà le numéro %(number)s.") % {"number": number})
    if contestant is None:
        contestant = Contestant(election=election)
    contestant.name = name.strip()
    for field, value in details.items():
        setattr(contestant, field, value)
    if contact is not None:
        contestant.contact = _sealed(contestant, contact)
    contestant.save()
    assert election.space is not None
    note("write_contestant", election.space, by=by, now=now)
    return contestant


@transaction.atomic
def remove_contestant(*, contestant: Contestant, by: User, now: dt.datetime) -> None:
    """Takes away a list that was never sent anything and answered nothing. Raises `ContestantRefused`."""
    election = contestant.election
    if contestant.sendings.exists() or contestant.answers.exists():
        raise ContestantRefused(_("Cette liste a reçu l’ensemble ou y a répondu : elle reste, avec ce qui lui a été envoyé."))
    contestant.delete()
    assert election.space is not None
    note("remove_contestant", election.space, by=by, now=now)
