"""The cells of a row that hold its code: whole (`A01/P15/k`), or in a column a part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from .codes import Code, MalformedCode, parse_code
from .importing import UnreadableValue
from .messages import Message, gettext_noop, say
from .nomenclature import Nomenclature

_COLUMNS = {"object": "component", "sub_component": "sub_component", "sense": "sense", "beneficiary": "beneficiary"}
"""Part of a code → the column that holds it."""
_UNKNOWN = {
    "object": gettext_noop("La nomenclature en usage ne connaît pas la composante %(object)s."),
    "sense": gettext_noop("La nomenclature en usage ne connaît pas le sens %(sense)s."),
    "beneficiary": gettext_noop("La nomenclature en usage ne connaît pas le bénéficiaire %(beneficiary)s."),
}


class CodeCells:
    """Reads the codes of a file whose columns are `columns`; `label` gives the name of a column in the file."""

    def __init__(self, *, columns: Collection[str], label: Callable[[str], str], nomenclature: Nomenclature) -> None:
        self.columns = columns
        self.label = label
        self.nomenclature = nomenclature

    def read(self, whole: str, component: str, sub_component: str, sense: str, beneficiary: str) -> tuple[Code | None, Message | None]:
        """The code of trimmed cells (None when nothing is written) and the notice it deserves. Raises `UnreadableValue`."""
        code = self._code(whole, component, sub_component, sense, beneficiary)
        return code, self._notice(code)

    def _code(self, whole: str, component: str, sub_component: str, sense: str, beneficiary: str) -> Code | None:
        if whole:
            return self._parsed(whole, {}, "code")
        if not component:
            for field, value in (("sub_component", sub_component), ("sense", sense), ("beneficiary", beneficiary)):
                if value:
                    raise UnreadableValue(
                        self.label(field),
                        value,
                        say(
                            gettext_noop(
                                "« %(value)s » est donné sans composante. Ajoutez la composante, par exemple H03, ou videz la cellule."
                            ),
                            value=value,
                        ),
                    )
            return None
        text = component + (f"-{sub_component}" if sub_component else "")
        if sense or beneficiary:
            text += f"/{sense}"
        if beneficiary:
            text += f"/{beneficiary}"
        if "/" in component or "-" in component:
            return self._parsed(text, {}, "component")
        return self._parsed(text, _COLUMNS, "component", {"component": component, "sense": sense, "beneficiary": beneficiary})

    def _parsed(self, text: str, columns: Mapping[str, str], otherwise: str, cells: Mapping[str, str] | None = None) -> Code:
        """The code, or the column and the cell that are wrong."""
        try:
            return parse_code(text)
        except MalformedCode as error:
            field = columns.get(error.part, otherwise)
            if field not in self.columns:
                field = otherwise
            raise UnreadableValue(self.label(field), (cells or {}).get(field) or text, error.message) from None

    def _notice(self, code: Code | None) -> Message | None:
        if code is None or not self.nomenclature.terms:
            return None
        missing = self.nomenclature.unknown_parts(code)
        if not missing:
            return None
        return say(
            *(_UNKNOWN[part] for part in missing),
            gettext_noop("Le code est gardé tel quel : vérifiez-le."),
            object=code.object,
            sense=code.sense,
            beneficiary=code.beneficiary,
        )
