"""Double coding, agreement, disagreements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
