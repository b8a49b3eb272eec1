"""Invitations, cards, sheets, photos and recordings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
