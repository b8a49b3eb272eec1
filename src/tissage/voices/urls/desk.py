"""The coding desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
