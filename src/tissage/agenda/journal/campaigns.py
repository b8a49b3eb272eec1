"""Campaigns, activities and dates."""

from __future__ import annotations

from tissage.people.journal import register

register({})
