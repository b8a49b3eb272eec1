"""How well a sheet of the directory says what it must: ten criteria after data·inclusion (schema 1.0.10), the plain mean of those that apply.

`network.md` §6.4. Each value is rounded to two decimals, then the mean. One difference with the published code, which compares with « < »
and so gives 0 on the very day of 180: here a check is recent up to 180 days included. The score is shown, never a silent cut-off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from .vocabulary import BY_EMAIL, BY_PHONE, IN_PERSON, ON_SITE

RECENT_DAYS, OLD_DAYS = 180, 730
FREE, PAID, CONDITIONAL = "free", "paid", "conditional"
CRITERIA = ("address", "contact_modes", "audience", "theme", "means", "email", "phone", "recency", "fees", "description")


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What a sheet says, as plain values.

    `has_address`: a street, or one withheld on purpose. `address_is_whole`: each place whose address is public has a street and a postal code.
    `age_days`: days since it was last checked, None when never. `fee`: free, paid, conditional, unknown or ''. `description_length`: in characters.
    """

    status: str = ""
    area: str = ""
    receptions: frozenset[str] = frozenset()
    contact_modes: frozenset[str] = frozenset()
    who_may_use: str = ""
    audiences: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    has_place: bool = False
    has_address: bool = False
    address_is_whole: bool = True
    has_email: bool = False
    has_phone: bool = False
    has_link: bool = False
    age_days: int | None = None
    fee: str = ""
    fee_note: str = ""
    description_length: int = 0


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One criterion and its value from 0 to 1; None when it does not apply and is left out of the mean."""

    criterion: str
    value: float | None

    @property
    def applies(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Quality:
    """`score`: from 0 to 1, two decimals. `lines`: the ten criteria, in order."""

    score: float
    lines: tuple[QualityLine, ...] = field(default_factory=tuple)


def quality_score(facts: ServiceFacts) -> Quality:
    """The score of a sheet, with what each criterion gave."""
    worth: dict[str, Fraction | None] = {
        "address": _yes(facts.has_address) if ON_SITE in facts.receptions or IN_PERSON in facts.contact_modes else None,
        "contact_modes": Fraction(bool(facts.contact_modes) + bool(facts.who_may_use), 2),
        "audience": _yes(bool(facts.audiences)),
        "theme": _yes(bool(facts.themes)),
        "means": _yes(facts.has_email or facts.has_phone or facts.has_link),
        "email": _yes(facts.has_email) if BY_EMAIL in facts.contact_modes else None,
        "phone": _yes(facts.has_phone) if BY_PHONE in facts.contact_modes else None,
        "recency": recency(facts.age_days),
        "fees": _fees(facts.fee, facts.fee_note),
        "description": _description(facts.description_length),
    }
    rounded = {name: None if value is None else round(value, 2) for name, value in worth.items()}
    counted = [value for value in rounded.values() if value is not None]
    return Quality(
        score=float(round(sum(counted, Fraction(0)) / len(counted), 2)),
        lines=tuple(QualityLine(name, None if value is None else float(value)) for name, value in rounded.items()),
    )


def recency(age_days: int | None) -> Fraction:
    """1 up to 180 days included, then down in a straight line to 0 at 730; never checked: 0.

    >>> float(recency(180)), float(recency(455)), float(recency(730)), float(recency(None))
    (1.0, 0.5, 0.0, 0.0)
    """
    if age_days is None or age_days >= OLD_DAYS:
        return Fraction(0)
    return Fraction(1) if age_days <= RECENT_DAYS else Fraction(OLD_DAYS - age_days, OLD_DAYS - RECENT_DAYS)


def _yes(there: bool) -> Fraction:
    return Fraction(int(there))


def _fees(fee: str, note: str) -> Fraction:
    """A price that depends on the situation counts as paid: it is worth its details."""
    if fee == FREE:
        return Fraction(1)
    if fee in (PAID, CONDITIONAL):
        return Fraction(1) if note.strip() else Fraction(1, 2)
    return Fraction(0)


def _description(length: int) -> Fraction:
    if length < 50:
        return Fraction(0)
    return Fraction(1) if 200 <= length < 2000 else Fraction(1, 2)
