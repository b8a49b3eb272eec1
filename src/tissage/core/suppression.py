"""Which groups the public may see, alone, together or not at all, so that nobody is found again by subtraction.

Rules (`spiral.md` §16, `names.md` points 6 and 7):
- without consent a group does not appear and is counted in nothing public; an unknown consent is none;
- below the threshold of participants (default 5) a group is shown only within « Autres groupes », when at least two such
  groups spoke and their stated participants together reach the threshold; else it is left out, totals included. An unknown
  number of participants is below the threshold and adds nothing to the sum;
- totals are totals of what is shown. Everything is decided question by question, on the groups that did speak: a group that
  said nothing hides nobody;
- publications add up. Published counts are sums over sets of groups, so an attacker can form any linear combination of them.
  A new set is refused when, with all those published before and supposing unchanged data (the worst case), some combination
  isolates groups whose stated participants together stay below the threshold. The check is exact linear algebra on fractions;
- published statements can be counted too: they go out for a set of groups only if that set passes the same check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .synthesis import Cell, Group

DEFAULT_THRESHOLD = 5
NONE, STATISTICS, STATEMENTS = "none", "statistics", "statements"
ALONE, OTHERS = "group", "others"
OTHERS_LABEL = "Autres groupes"

Groups = frozenset[int]
Published = Sequence[tuple[str, Groups]]
"""What went out before, oldest first: (question code, set of groups whose sum was shown)."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the decision needs to know of a group. `participants` is None while unknown; `criteria` counts by question."""

    id: int
    public_name: str
    participants: int | None
    consent: str
    criteria: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """What the public sees as one group. `members` and `statements` give, by question, whose counts and whose words it holds."""

    key: int
    label: str
    kind: str
    members: dict[str, Groups]
    statements: dict[str, Groups]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a group is not shown (everywhere when `question` is empty). For the team's eyes only."""

    group: int
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """The decision. `remarks` tells the team what is shown otherwise than it would be by itself."""

    threshold: int
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[LeftOut, ...]
    rule: str

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(Group(block.key, block.label) for block in self.blocks)

    def block_of(self, group: int, question: str) -> Block | None:
        return next((block for block in self.blocks if group in block.members.get(question, ())), None)

    def speaking_block(self, group: int, question: str) -> Block | None:
        """The block under whose label a statement of this group may go out, once read."""
        return next((block for block in self.blocks if group in block.statements.get(question, ())), None)

    def public_cells(self, cells: Iterable[Cell]) -> list[Cell]:
        """The cube with blocks in place of groups; what is not shown is absent."""
        keys = {(group, question): block.key for block in self.blocks for question, members in block.members.items() for group in members}
        sums: dict[tuple[int, str, str, str], list[int]] = {}
        for group, question, component, letter, criteria, expressions in cells:
            key = keys.get((group, question))
            if key is not None:
                total = sums.setdefault((key, question, component, letter), [0, 0])
                total[0] += criteria
                total[1] += expressions
        return [Cell(*key, *total) for key, total in sorted(sums.items())]

    def rows(self) -> Iterator[tuple[str, Groups]]:
        """The sets this publication lets anybody count, for the publications to come."""
        for block in self.blocks:
            for sets in (block.members, block.statements):
                yield from ((question, groups) for question, groups in sorted(sets.items()) if groups)

    def as_json(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "rule": self.rule,
            "blocks": [
                {
                    "key": block.key,
                    "label": block.label,
                    "kind": block.kind,
                    "members": {question: sorted(groups) for question, groups in sorted(block.members.items())},
                    "statements": {question: sorted(groups) for question, groups in sorted(block.statements.items())},
                }
                for block in self.blocks
            ],
            "left_out": [[left.group, left.question, left.reason] for left in self.left_out],
            "remarks": [[left.group, left.question, left.reason] for left in self.remarks],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Suppression:
        return cls(
            threshold=value["threshold"],
            rule=value["rule"],
            blocks=tuple(
                Block(
                    block["key"],
                    block["label"],
                    block["kind"],
                    {question: frozenset(groups) for question, groups in block["members"].items()},
                    {question: frozenset(groups) for question, groups in block["statements"].items()},
                )
                for block in value["blocks"]
            ),
            left_out=tuple(LeftOut(*left) for left in value["left_out"]),
            remarks=tuple(LeftOut(*left) for left in value["remarks"]),
        )


def rule_sentence(threshold: int) -> str:
    return (
        f"Un groupe de moins de {threshold} participant·e·s, ou dont le nombre est inconnu, n’est montré que réuni avec d’autres, ou pas du tout. "
        "Un groupe qui n’a pas donné son accord n’apparaît pas. Les totaux sont ceux des groupes montrés. "
        "Une parole n’est publiée qu’avec l’accord du groupe et après lecture par une personne."
    )


# --- The attacker's algebra -----------------------------------------------------------------------------------

Row = dict[int, Fraction]


def isolable(rows: Iterable[Groups], small: Groups) -> list[Row]:
    """A basis, in reduced row echelon form, of the combinations of `rows` that bear on `small` groups alone.

    Columns of other groups are eliminated first: what remains has only small groups in it.
    """
    columns = sorted({group for row in rows for group in row}, key=lambda group: (group in small, group))
    pending = [dict.fromkeys(sorted(row), Fraction(1)) for row in dict.fromkeys(rows)]
    echelon: list[tuple[int, Row]] = []
    for column in columns:
        pivot = next((row for row in pending if column in row), None)
        if pivot is None:
            continue
        pending.remove(pivot)
        pivot = {group: value / pivot[column] for group, value in pivot.items()}
        pending = [row for row in (_without(row, pivot, column) for row in pending) if row]
        echelon = [(lead, _without(row, pivot, column)) for lead, row in echelon] + [(column, pivot)]
    return [row for lead, row in echelon if lead in small]


def _without(row: Row, pivot: Row, column: int) -> Row:
    factor = row.get(column)
    if not factor:
        return row
    result = {group: row.get(group, Fraction(0)) - factor * pivot.get(group, Fraction(0)) for group in row.keys() | pivot.keys()}
    return {group: value for group, value in result.items() if value}


def leak(published: Sequence[Groups], new: Sequence[Groups], participants: Mapping[int, int | None], threshold: int) -> Groups | None:
    """Groups that publishing `new` after `published` would let somebody isolate, or None when it is safe.

    What earlier publications alone already isolate is not held against the new one. When what can be isolated is a family of
    disjoint sets, the answer is exact for sets of any size; any other shape is refused.
    """
    small = frozenset(group for row in (*published, *new) for group in row if (participants.get(group) or 0) < threshold)
    if not small:
        return None
    small -= {group for row in isolable(published, small) if len(row) == 1 for group in row}
    before, after = isolable(published, small), isolable((*published, *new), small)
    if len(before) == len(after):
        return None
    met: set[int] = set()
    for row in after:
        if set(row.values()) != {Fraction(1)} or met & row.keys():
            return frozenset(row)
        met |= row.keys()
    for row in after:
        if row not in before and sum(participants.get(group) or 0 for group in row) < threshold:
            return frozenset(row)
    return None


# --- The decision ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one question shows: groups alone, and groups merged."""

    alone: tuple[int, ...]
    merged: Groups = frozenset()

    @property
    def rows(self) -> list[Groups]:
        return [frozenset({group}) for group in self.alone] + ([self.merged] if self.merged else [])


def suppress(
    groups: Iterable[GroupFacts],
    *,
    threshold: int = DEFAULT_THRESHOLD,
    published: Published = (),
    participants_elsewhere: Mapping[int, int | None] | None = None,
) -> Suppression:
    """Decides what the public sees of these groups. Same input, same answer; order of `groups` does not matter.

    `participants_elsewhere` gives the stated participants of groups met in `published` but not selected here.
    """
    facts = {group.id: group for group in sorted(groups, key=lambda group: group.id)}
    participants = {**(participants_elsewhere or {}), **{group.id: group.participants for group in facts.values()}}
    consenting = {group.id: group for group in facts.values() if group.consent in (STATISTICS, STATEMENTS)}
    left_out = [
        LeftOut(group.id, "", "Le groupe n’a pas donné son accord à une publication.")
        for group in facts.values()
        if group.id not in consenting
    ]
    remarks: list[LeftOut] = []
    plans: dict[str, _Plan] = {}
    words: dict[str, Groups] = {}
    for question in sorted({question for group in consenting.values() for question, count in group.criteria.items() if count}):
        heard = [group for group in consenting.values() if group.criteria.get(question)]
        earlier = [row for asked, row in published if asked == question]
        plan = plans[question] = _plan(heard, earlier, participants, threshold)
        left_out += _why_left_out(question, heard, plan, threshold)
        remarks += _why_merged(question, heard, plan, threshold)
        willing = frozenset(group.id for group in heard if group.consent == STATEMENTS)
        together = plan.merged & willing
        if together and leak([*earlier, *plan.rows], [together], participants, threshold):
            remarks += [LeftOut(group, question, _WORDS_KEPT) for group in sorted(together)]
            together = frozenset()
        words[question] = together | (frozenset(plan.alone) & willing)
    return Suppression(threshold, _blocks(consenting, plans, words, threshold), tuple(left_out), tuple(remarks), rule_sentence(threshold))


_WORDS_KEPT = (
    "Ses paroles ne sont pas publiées sous « Autres groupes » : en les comptant, on retrouverait les nombres d’un groupe trop petit. "
    "Elles le seront quand les autres petits groupes y consentiront aussi."
)


def _plan(heard: Sequence[GroupFacts], earlier: Sequence[Groups], participants: Mapping[int, int | None], threshold: int) -> _Plan:
    """The first safe way to show this question, from the fullest to nothing at all."""
    ids = frozenset(group.id for group in heard)
    alone = tuple(group.id for group in heard if not _is_small(group, threshold))
    small = ids - set(alone)
    merged = [kept for kept in (small, *reversed(earlier)) if kept <= ids and _may_merge(kept, participants, threshold)]
    for kept in dict.fromkeys(merged):
        plan = _Plan(tuple(group for group in alone if group not in kept), kept)
        if not leak(earlier, plan.rows, participants, threshold):
            return plan
    shown: list[int] = []
    for group in alone:
        if not leak(earlier, _Plan((*shown, group)).rows, participants, threshold):
            shown.append(group)
    return _Plan(tuple(shown))


def _is_small(group: GroupFacts, threshold: int) -> bool:
    return group.participants is None or group.participants < threshold


def _may_merge(groups: Groups, participants: Mapping[int, int | None], threshold: int) -> bool:
    return len(groups) > 1 and sum(participants.get(group) or 0 for group in groups) >= threshold


def _why_left_out(question: str, heard: Sequence[GroupFacts], plan: _Plan, threshold: int) -> Iterator[LeftOut]:
    for group in heard:
        if group.id in plan.alone or group.id in plan.merged:
            continue
        if not _is_small(group, threshold) or plan.merged:
            reason = "Le montrer permettrait de retrouver un petit groupe, par comparaison avec une version déjà publiée."
        else:
            size = "nombre de participant·e·s inconnu" if group.participants is None else f"moins de {threshold} participant·e·s"
            reason = f"Groupe trop petit ({size}), et rien d’assez grand avec quoi le réunir sans qu’on le retrouve."
        yield LeftOut(group.id, question, reason)


def _why_merged(question: str, heard: Sequence[GroupFacts], plan: _Plan, threshold: int) -> Iterator[LeftOut]:
    for group in heard:
        if group.id in plan.merged and not _is_small(group, threshold):
            reason = (
                f"Reste dans « {OTHERS_LABEL} » comme dans une version déjà publiée : montré seul, il ferait retrouver un petit groupe."
            )
            yield LeftOut(group.id, question, reason)


def _blocks(
    consenting: Mapping[int, GroupFacts], plans: Mapping[str, _Plan], words: Mapping[str, Groups], threshold: int
) -> tuple[Block, ...]:
    """Groups alone by label, « Autres groupes » last. A large group that was not heard has its block too: silence shows."""
    shown = {group for plan in plans.values() for group in plan.alone}
    unheard = {group.id for group in consenting.values() if not any(group.criteria.values()) and not _is_small(group, threshold)}
    labels = public_labels([consenting[group] for group in sorted(shown | unheard)])
    blocks: list[Block] = []
    for group, label in sorted(labels.items(), key=lambda item: (item[1].casefold(), item[1], item[0])):
        one = frozenset({group})
        members = {question: one for question, plan in plans.items() if group in plan.alone}
        blocks.append(Block(len(blocks) + 1, label, ALONE, members, {question: one for question in members if group in words[question]}))
    merged = {question: plan.merged for question, plan in plans.items() if plan.merged}
    if merged:
        statements = {question: groups & words[question] for question, groups in merged.items() if groups & words[question]}
        blocks.append(Block(len(blocks) + 1, OTHERS_LABEL, OTHERS, merged, statements))
    return tuple(blocks)


def public_labels(groups: Sequence[GroupFacts]) -> dict[int, str]:
    """A label a group: its public name, else « Groupe A », « Groupe B »…; never twice the same."""
    labels: dict[int, str] = {}
    taken: set[str] = {OTHERS_LABEL}
    for group in groups:
        name = group.public_name.strip()
        if name:
            label = next(candidate for candidate in _numbered(name) if candidate not in taken)
            labels[group.id] = label
            taken.add(label)
    letters = (f"Groupe {letters}" for letters in _letters())
    for group in groups:
        if group.id not in labels:
            labels[group.id] = next(label for label in letters if label not in taken)
    return labels


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _letters() -> Iterator[str]:
    """A … Z, AA, AB…"""
    number = 1
    while True:
        word, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            word = chr(ord("A") + digit) + word
        yield word
        number += 1
