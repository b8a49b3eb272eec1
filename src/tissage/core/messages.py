"""French sentences that a screen can say in another language.

`core` knows no catalogue: it marks its sentences with `gettext_noop` and keeps apart what fills them. `str(message)` is the
French; whoever shows it elsewhere translates each of `templates`, fills it with `values`, and joins with a space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int


def gettext_noop(message: str) -> str:
    """Marks a French message for the catalogues; whoever shows it translates it."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """One or more marked sentences, and the values of their `%(name)s`.

    >>> str(Message(("La ligne %(line)s est vide.",), {"line": 3}))
    'La ligne 3 est vide.'
    """

    templates: tuple[str, ...]
    values: Mapping[str, Value]

    def __str__(self) -> str:
        return " ".join(template % self.values for template in self.templates)


def say(*templates: str, **values: Value) -> Message:
    """A message of sentences marked with `gettext_noop`."""
    return Message(templates, values)


class Explained(Exception):
    """A refusal made of marked sentences and their values: `str(error)` is French, `message` says it in another language."""

    def __init__(self, *templates: str, **values: Value) -> None:
        self.message = say(*templates, **values)
        super().__init__(str(self.message))
