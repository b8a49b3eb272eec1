"""Figures and states of a plan, as pages say them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from tissage.plan import words
from tissage.plan.models import Action

register = template.Library()


@register.filter
def quantity(value: Decimal | None) -> str:
    """A figure without decimals that say nothing; empty when it is not known: the page says « inconnu »."""
    return "" if value is None else words.quantity(value)


@register.filter
def state_word(code: str) -> str:
    return str(dict(Action.State.choices).get(code, code))


@register.filter
def health_word(code: str) -> str:
    return str(dict(Action.Health.choices).get(code, code))
