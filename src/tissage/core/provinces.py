"""The province of a Belgian postal code, by the ranges that the post gave to provinces."""

from __future__ import annotations

_FROM = (
    (1000, "Bruxelles-Capitale"),
    (1300, "Brabant wallon"),
    (1500, "Brabant flamand"),
    (2000, "Anvers"),
    (3000, "Brabant flamand"),
    (3500, "Limbourg"),
    (4000, "Liège"),
    (5000, "Namur"),
    (6000, "Hainaut"),
    (6600, "Luxembourg"),
    (7000, "Hainaut"),
    (8000, "Flandre-Occidentale"),
    (9000, "Flandre-Orientale"),
)


def province_of(postal_code: str) -> str:
    """The French name of the province (Brussels has none: its region), or nothing for what is not a Belgian code.

    >>> province_of("7000"), province_of("6700"), province_of("1030"), province_of("59000")
    ('Hainaut', 'Luxembourg', 'Bruxelles-Capitale', '')
    """
    if len(postal_code) != 4 or not (postal_code.isascii() and postal_code.isdigit()) or postal_code < "1000":
        return ""
    return [name for first, name in _FROM if first <= int(postal_code)][-1]
