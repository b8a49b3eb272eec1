"""What is worth mending in the codings; propositions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
