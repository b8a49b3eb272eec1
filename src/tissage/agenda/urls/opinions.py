"""What the QR code of an activity opens: at most five anonymous questions."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import opinions

app_name = "opinions"
urlpatterns: list[URLPattern] = [
    path("<str:token>/", opinions.answer, name="answer"),
    path("<str:token>/merci/", opinions.thanks, name="thanks"),
]
