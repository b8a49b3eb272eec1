"""Why a write on money may be refused."""

from __future__ import annotations

from django.utils.translation import gettext

from tissage.plan.models import Plan


class MoneyRefused(ValueError):
    """What was asked cannot be written; the message says why and what to do. `field` names the field it is about, if one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def year_of_plan(plan: Plan, year: int) -> None:
    """Raises `MoneyRefused` for a year outside the plan."""
    if year not in plan.years:
        raise MoneyRefused(
            gettext("Ce plan va de %(first)s à %(last)s : choisissez une de ces années.")
            % {"first": plan.years[0], "last": plan.years[-1]},
            "year",
        )
