"""The Belgian enterprise number (BCE/KBO): ten digits, the last two say whether the first eight were typed right."""

from __future__ import annotations

import re
from enum import StrEnum

SCHEME = "BE-BCE_KBO"
_SPACING = re.compile(r"[\s.\-/]+")


class Fault(StrEnum):
    """Why a number is none."""

    LENGTH = "length"
    BEGINNING = "beginning"
    CHECK = "check"


class WrongEnterpriseNumber(ValueError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_enterprise_number(text: str) -> str:
    """Ten digits from what people type: dots, spaces, the « BE » of a VAT number, or nine digits as before 2005.

    The last two digits are 97 − (the first eight modulo 97). Raises `WrongEnterpriseNumber`.

    >>> parse_enterprise_number("BE 0878.502.472")
    '0878502472'
    """
    digits = _SPACING.sub("", text).upper().removeprefix("BE")
    if len(digits) == 9:
        digits = "0" + digits
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise WrongEnterpriseNumber(Fault.LENGTH)
    if digits[0] not in "01":
        raise WrongEnterpriseNumber(Fault.BEGINNING)
    if int(digits[8:]) != 97 - int(digits[:8]) % 97:
        raise WrongEnterpriseNumber(Fault.CHECK)
    return digits


def written(number: str) -> str:
    """As registers print it.

    >>> written("0878502472")
    '0878.502.472'
    """
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"
