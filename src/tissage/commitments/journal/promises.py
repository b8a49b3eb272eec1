"""Commitments, evidence, assessments, scorecards."""

from __future__ import annotations

from tissage.people.journal import register

register({})
