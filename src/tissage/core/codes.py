"""The grammar of a SPIRAL code: `object/sense/beneficiary` (`spiral.md` §7, from the published Codification).

    A01           food and drink, nothing said on how or for whom
    A01-11        bread, a sub-component of food
    A01/P         cannot have food
    A01-11/P15/k  cannot give bread to my children, for lack of money

Incomplete codes are legal and mean something more general. A sense without digits is written `P`, `P-` or `P--`:
all three mean the same and are kept as `P`. A malformed code is refused with the part that is wrong; a code that is
well formed but unknown to a nomenclature is a matter for the nomenclature, not for this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .messages import Message, gettext_noop

_OBJECT = re.compile(r"[A-Z][0-9]{2}")
_SUB_COMPONENT = re.compile(r"[0-9]{1,3}")
_SENSE = re.compile(r"([A-Z])([0-9]{2}|-{1,2})?")
_BENEFICIARY = re.compile(r"[a-z]{1,12}")


class MalformedCode(ValueError):
    """A code that cannot be read. `part` is one of `object`, `sub_component`, `sense`, `beneficiary`, `code`.

    `str(error)` is the whole French message; `message` says it in another language (`templates` and `values` are its own).
    """

    def __init__(self, text: str, part: str, *templates: str, **values: str | int) -> None:
        self.message = Message(templates, values)
        super().__init__(str(self.message))
        self.text = text
        self.part = part
        self.templates = templates
        self.values = values


@dataclass(frozen=True, slots=True)
class Code:
    """A code in its parts. Empty parts are empty strings."""

    object: str
    sub_component: str = ""
    sense: str = ""
    beneficiary: str = ""

    @property
    def dimension(self) -> str:
        return self.object[:1]

    @property
    def letter(self) -> str:
        return self.sense[:1]

    @property
    def in_general(self) -> bool:
        """Coded `x00`: the most general component, chosen in doubt."""
        return self.object.endswith("00")

    def __str__(self) -> str:
        return format_code(self)


def parse_code(text: str) -> Code:
    """The parts of a code.

    >>> parse_code("A01-11/P15/k")
    Code(object='A01', sub_component='11', sense='P15', beneficiary='k')

    Raises `MalformedCode`, which says in French which part is wrong and what was expected.
    """
    stripped = text.strip()
    if not stripped:
        raise MalformedCode(text, "code", gettext_noop("Le code est vide. Attendu : une lettre et deux chiffres, par exemple H03."))
    parts = stripped.split("/")
    if len(parts) > 3:
        raise MalformedCode(
            text,
            "code",
            gettext_noop("« %(code)s » a %(count)d parties. Attendu : trois au plus, objet/sens/bénéficiaire, par exemple A01/P15/k."),
            code=stripped,
            count=len(parts),
        )
    object_code, sub_component = _parse_object(stripped, parts[0])
    sense = _parse_sense(stripped, parts[1], last=len(parts) == 2) if len(parts) > 1 else ""
    beneficiary = _parse_beneficiary(stripped, parts[2]) if len(parts) > 2 else ""
    return Code(object_code, sub_component, sense, beneficiary)


def parse_sense(text: str) -> str:
    """A sense alone (`P15`, `P`, `P--`), as a column of its own holds it; empty gives empty."""
    return _parse_sense(text, text.strip(), last=True) if text.strip() else ""


def format_code(code: Code) -> str:
    """The code as written, without the empty tail: the inverse of `parse_code`."""
    written = code.object + (f"-{code.sub_component}" if code.sub_component else "")
    if code.sense:
        written += f"/{code.sense}"
    if code.beneficiary:
        written += f"/{code.beneficiary}"
    return written


def _parse_object(whole: str, text: str) -> tuple[str, str]:
    head, hyphen, tail = text.partition("-")
    if not _OBJECT.fullmatch(head):
        raise MalformedCode(
            whole,
            "object",
            gettext_noop("« %(code)s » : l’objet « %(head)s » n’est pas un code SPIRAL."),
            _object_hint(head),
            code=whole,
            head=head,
            letter=head[:1].upper(),
            tail=head[1:],
        )
    if hyphen and not _SUB_COMPONENT.fullmatch(tail):
        raise MalformedCode(
            whole,
            "sub_component",
            gettext_noop(
                "« %(code)s » : la sous-composante « %(tail)s » n’est pas lisible. Attendu : un à trois chiffres, par exemple A01-11."
            ),
            code=whole,
            tail=tail,
        )
    return head, tail


def _object_hint(head: str) -> str:
    if re.fullmatch(r"[A-Z]", head):
        return gettext_noop(
            "Une dimension seule ne suffit pas. Attendu : une lettre et deux chiffres, par exemple %(letter)s00 (« en général »)."
        )
    if re.fullmatch(r"[a-z][0-9]{2}", head):
        return gettext_noop("La lettre s’écrit en capitale : %(letter)s%(tail)s.")
    if re.fullmatch(r"[A-Z][0-9]", head):
        return gettext_noop("Il manque un chiffre. Attendu : deux chiffres, par exemple %(letter)s0%(tail)s.")
    return gettext_noop("Attendu : une lettre et deux chiffres, par exemple H03.")


def _parse_sense(whole: str, text: str, *, last: bool) -> str:
    match = _SENSE.fullmatch(text)
    if match:
        letter, digits = match.groups()
        return letter if digits is None or digits.startswith("-") else letter + digits
    if text:
        raise MalformedCode(
            whole,
            "sense",
            gettext_noop(
                "« %(code)s » : le sens « %(sense)s » n’est pas lisible."
                " Attendu : une lettre capitale, seule ou suivie de deux chiffres, par exemple P ou P15."
            ),
            code=whole,
            sense=text,
        )
    if last:
        raise MalformedCode(
            whole,
            "sense",
            gettext_noop("« %(code)s » : le sens est vide. Retirez la barre, ou donnez une lettre, par exemple P."),
            code=whole,
        )
    raise MalformedCode(
        whole,
        "sense",
        gettext_noop("« %(code)s » : le sens est vide avant le bénéficiaire. Donnez une lettre entre les deux barres, par exemple P."),
        code=whole,
    )


def _parse_beneficiary(whole: str, text: str) -> str:
    if not _BENEFICIARY.fullmatch(text):
        raise MalformedCode(
            whole,
            "beneficiary",
            gettext_noop(
                "« %(code)s » : le bénéficiaire « %(beneficiary)s » n’est pas lisible."
                " Attendu : une à douze lettres minuscules, par exemple k (mes enfants)."
            ),
            code=whole,
            beneficiary=text,
        )
    return text
