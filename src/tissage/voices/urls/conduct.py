"""Opening a hall, conducting it, its walls, its events."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
