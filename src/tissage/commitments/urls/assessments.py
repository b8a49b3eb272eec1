"""Assessments: proposed, answered, validated."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
