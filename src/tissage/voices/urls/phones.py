"""Addresses of the phones: no account, a short code."""

from django.urls import URLPattern

app_name = "phones"
urlpatterns: list[URLPattern] = []
