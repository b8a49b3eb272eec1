"""The hall without a network."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
