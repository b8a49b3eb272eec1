"""The grid of a budget stage as it is typed: what each cell says, what it said when the page was opened, what was chosen where two people met."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext

from tissage.core.money import AmountUnreadable
from tissage.core.money_grid import BLANK, Blank, Cell, Conflict, read_cell, write_cell
from tissage.plan.queries.funding import Grid, GridCell, Key
from tissage.ui.templatetags.tissage import euros

MINE, THEIRS = "mine", "theirs"


def cell_words(cell: Cell) -> str:
    """« 600,00 € », « inconnu », « rien »."""
    return gettext("rien") if isinstance(cell, Blank) else euros(cell)


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of the page: what stands in its field, and what counts beside it."""

    cell: GridCell
    text: str
    label: str
    column: str
    error: str = ""

    @property
    def shown(self) -> str:
        """What counts, for those who only read."""
        return cell_words(self.cell.counts)

    @property
    def before(self) -> str:
        """What an earlier stage said, that counts while this one says nothing."""
        return "" if isinstance(self.cell.before, Blank) else cell_words(self.cell.before)


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people changed, for the second to choose."""

    name: str
    label: str
    was: str
    theirs: str
    theirs_text: str
    mine: str


@dataclass
class TypedGrid:
    """Reads a grid from what was posted, or from what stands. `errors`: field name → sentence."""

    grid: Grid
    data: QueryDict | None = None
    cells: dict[Key, Cell] = field(default_factory=dict)
    was: dict[Key, Cell] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = {one.pk: one.label for one in self.grid.lines}
        self.labels = {cell.name: self._label(cell, action) for action, cell in self._listed()}
        if self.data is None:
            self.was = {cell.key: cell.cell for _action, cell in self._listed()}
            self.texts = {cell.name: write_cell(cell.cell) for _action, cell in self._listed()}
        else:
            self._read(self.data)

    def _listed(self) -> list[tuple[str, GridCell]]:
        return [("", cell) for cell in self.grid.amounts] + [(title, cell) for _pk, title, cells in self.grid.rows for cell in cells]

    def _label(self, cell: GridCell, action: str) -> str:
        line = self.columns[cell.key[0]]
        return (
            gettext("%(line)s, %(action)s") % {"line": line, "action": action}
            if action
            else gettext("montant de %(line)s") % {"line": line}
        )

    def _read(self, data: QueryDict) -> None:
        opened = _opened(data.get("was", ""))
        for _action, cell in self._listed():
            if cell.name not in data:
                continue
            text = self.texts[cell.name] = str(data[cell.name]).strip()[:40]
            self.was[cell.key] = opened.get(cell.name, BLANK)
            choice = data.get(f"choose-{cell.name}")
            if choice == THEIRS:
                self.texts[cell.name] = write_cell(cell.cell)
                self.was[cell.key] = cell.cell
                continue
            if choice == MINE:
                self.was[cell.key] = _cell(data.get(f"theirs-{cell.name}", ""))
            try:
                self.cells[cell.key] = read_cell(text)
            except AmountUnreadable:
                self.errors[cell.name] = gettext("« %(text)s » n’est pas un montant : écrivez par exemple 1 234,50, « ? » ou rien.") % {
                    "text": text
                }

    def meet(self, conflicts: tuple[Conflict[Key], ...]) -> None:
        """Keeps what was typed, and says what somebody else saved meanwhile."""
        names = {cell.key: cell.name for _action, cell in self._listed()}
        self.clashes = [
            Clash(
                names[one.key],
                self.labels[names[one.key]],
                cell_words(one.was),
                cell_words(one.theirs),
                write_cell(one.theirs),
                cell_words(one.mine),
            )
            for one in conflicts
            if one.key in names
        ]

    @property
    def opened(self) -> str:
        """What the cells said when the page was opened, for the next saving."""
        names = {cell.key: cell.name for _action, cell in self._listed()}
        return json.dumps({names[key]: write_cell(cell) for key, cell in self.was.items() if not isinstance(cell, Blank)})

    def typed(self, cell: GridCell) -> TypedCell:
        column = self.columns[cell.key[0]]
        return TypedCell(cell, self.texts.get(cell.name, ""), self.labels[cell.name], column, self.errors.get(cell.name, ""))

    @property
    def amounts(self) -> list[TypedCell]:
        return [self.typed(cell) for cell in self.grid.amounts]

    @property
    def rows(self) -> list[tuple[int, str, list[TypedCell]]]:
        return [(pk, title, [self.typed(cell) for cell in cells]) for pk, title, cells in self.grid.rows]

    @property
    def listed_errors(self) -> list[tuple[str, str, str]]:
        return [(name, self.labels[name], sentence) for name, sentence in self.errors.items()]


def _cell(text: str) -> Cell:
    try:
        return read_cell(text)
    except AmountUnreadable:
        return BLANK


def _opened(text: str) -> Mapping[str, Cell]:
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): _cell(str(value)) for name, value in said.items()} if isinstance(said, dict) else {}
