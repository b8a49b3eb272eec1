"""Two people on one sheet: what each wrote, side by side, and a choice. Nothing is saved before everything is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tissage.plan.forms.actions import ActionForm, said_by_sheet
from tissage.plan.models import Action
from tissage.plan.words import sheet_value

MINE, THEIRS, BOTH = "mine", "theirs", "both"
MAY_JOIN = ("description", "target_groups")


@dataclass(frozen=True, slots=True)
class Choice:
    """A field on which two people differ. `picked` is proposed when only one of them touched it, empty when both did."""

    name: str
    label: str
    mine: str
    theirs: str
    picked: str
    missing: bool
    may_join: bool

    @property
    def input_name(self) -> str:
        return f"choose_{self.name}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`action`: the sheet as it stands now, with who saved it and when; `choices` in the order of the sheet."""

    action: Action
    choices: list[Choice]
    typed: list[tuple[str, str]]
    asked_again: bool


def settle(form: ActionForm, stored: Action, posted: Mapping[str, str]) -> tuple[dict[str, Any], Conflict | None]:
    """The fields to write (none when both wrote the same), or the choices still to make.

    `form` is valid. A sheet read at the stored revision asks nothing, unless the page of choices is what was posted.
    """
    asked = "choosing" in posted
    if form.cleaned_data.get("revision") == stored.revision and not asked:
        return form.details, None
    theirs, mine, seen = said_by_sheet(stored), form.typed, form.was_seen
    differing = [name for name in mine if theirs[name] != mine[name]]
    if not differing:
        return {}, None
    made = {name: posted.get(f"choose_{name}", "") for name in differing}
    fresh = asked and form.cleaned_data.get("revision") == stored.revision
    missing = [name for name, choice in made.items() if choice not in (MINE, THEIRS, *([BOTH] if name in MAY_JOIN else []))]
    if fresh and not missing:
        return _chosen(form, stored, made), None
    choices = [
        Choice(
            name=name,
            label=str(form.fields[name].label),
            mine=sheet_value(form, name, form.cleaned_data[name]),
            theirs=sheet_value(form, name, getattr(stored, name)),
            picked=made[name] or _proposed(seen.get(name), mine[name], theirs[name]),
            missing=fresh and name in missing,
            may_join=name in MAY_JOIN and bool(mine[name]) and bool(theirs[name]),
        )
        for name in differing
    ]
    return {}, Conflict(stored, choices, _as_posted(form), fresh)


def _proposed(seen: Any, mine: Any, theirs: Any) -> str:
    if seen == mine:
        return THEIRS
    return MINE if seen == theirs else ""


def _chosen(form: ActionForm, stored: Action, made: Mapping[str, str]) -> dict[str, Any]:
    details = {name: value for name, value in form.details.items() if made.get(name) != THEIRS}
    for name, choice in made.items():
        if choice == BOTH:
            before, after = getattr(stored, name), details[name]
            details[name] = list(dict.fromkeys([*before, *after])) if isinstance(after, list) else f"{before}\n\n{after}"
    return details


def _as_posted(form: ActionForm) -> list[tuple[str, str]]:
    """Everything that was typed, to post again with the choices."""
    data: Any = form.data
    return [(name, value) for name in form.fields if name not in ("revision",) for value in data.getlist(name)]
