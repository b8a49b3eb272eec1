"""From expressions to criteria, and reading them back to the group."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
