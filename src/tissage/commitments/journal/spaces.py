"""Spaces, sets, sendings, answers."""

from __future__ import annotations

from tissage.people.journal import register

register({})
