"""Rainbow groups and their workshops."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
