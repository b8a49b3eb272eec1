"""The words of the journal: what each verb says on screen.

An app tells its own in a module `journal.py` of its own, found by itself when the site starts:

    from django.utils.translation import gettext_lazy as _
    from tissage.people.journal import register

    register({"voices.add_criteria": _("a ajouté %(criteria)s critères à %(object)s")})

A sentence may name `%(object)s` (the object's label) and any of the entry's `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Entry, Invitation, Membership, User

WORDS: dict[str, str | Promise] = {}
UNSIGNED: dict[str, str | Promise] = {}
"""Who acts when nobody is signed in, by verb, where it is not the command line."""


def register(words: Mapping[str, str | Promise], *, unsigned: str | Promise = "") -> None:
    """Adds the sentences of an app, one for each of its verbs; `unsigned` says who acts in these when nobody was signed in (a link)."""
    WORDS.update(words)
    if unsigned:
        UNSIGNED.update(dict.fromkeys(words, unsigned))


register(
    {
        "people.create_territory": _("a créé le territoire %(object)s"),
        "people.create_account": _("a ouvert un compte : %(object)s"),
        "people.change_name": _("a changé son nom d’usage"),
        "people.make_administrator": _("a confié l’administration de l’installation à %(object)s"),
        "people.reset_second_factor": _("a réinitialisé un deuxième facteur : %(object)s"),
        "people.change_settings": _("a changé les réglages du territoire"),
        "people.grant_role": _("a donné un rôle à %(object)s"),
        "people.end_role": _("a mis fin à un rôle : %(object)s"),
        "people.invite": _("a invité %(object)s"),
        "people.resend_invitation": _("a renvoyé une invitation : %(object)s"),
        "people.revoke_invitation": _("a retiré une invitation : %(object)s"),
        "people.accept_invitation": _("a accepté l’invitation"),
        "people.export_journal": _("a exporté le journal (%(entries)s lignes)"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal in words. `actor` is the name of today; « ligne de commande » when nobody was signed in."""

    entry: Entry
    actor: str
    sentence: str
    details: str

    def __str__(self) -> str:
        return f"{self.actor} {self.sentence}"


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def in_words(entries: Iterable[Entry]) -> list[Line]:
    """Lines ready to show. Names of people and invited addresses are those of today, read in two queries."""
    entries = list(entries)
    people = dict(User.objects.filter(pk__in=_objects(entries, User)).values_list("pk", "name"))
    invited = dict(Invitation.objects.filter(pk__in=_objects(entries, Invitation)).values_list("pk", "email"))
    today = {User._meta.label_lower: people, Invitation._meta.label_lower: invited}
    return [_line(entry, today) for entry in entries]


def verb_in_words(verb: str) -> str:
    """A verb by itself, for a list of choices: its sentence without its object."""
    return sentence(verb, "…", {})


def sentence(verb: str, label: str, numbers: Mapping[str, int]) -> str:
    words = WORDS.get(verb)
    return verb if words is None else str(words) % _Known({**numbers, "object": label})


def _objects(entries: Iterable[Entry], model: Any) -> list[int]:
    return [int(entry.object_id) for entry in entries if entry.object_type == model._meta.label_lower]


def _line(entry: Entry, today: Mapping[str, Mapping[int, str]]) -> Line:
    names = today.get(entry.object_type)
    label = entry.object_label if names is None else names.get(int(entry.object_id), gettext("une personne"))
    return Line(
        entry=entry,
        actor=entry.actor.name if entry.actor else str(UNSIGNED.get(entry.verb) or gettext("La ligne de commande")),
        sentence=sentence(entry.verb, label, entry.numbers),
        details=", ".join(_field_name(entry.object_type, field) for field in entry.fields),
    )


def _field_name(object_type: str, field: str) -> str:
    """A field in the words of its form; a role in its own."""
    if field in Membership.Role.values:
        return str(Membership.Role(field).label)
    try:
        return str(apps.get_model(object_type)._meta.get_field(field).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return field
