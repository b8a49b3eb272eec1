"""Balances and the year of an organisation."""

from __future__ import annotations

from tissage.people.journal import register

register({})
