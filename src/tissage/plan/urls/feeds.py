"""Addresses that open without an account."""

from django.urls import URLPattern

app_name = "feeds"
urlpatterns: list[URLPattern] = []
