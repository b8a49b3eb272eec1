"""What the link of a list opens: its answers, until the deadline; and the reply of a party assessed."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import party_replies, replies

app_name = "replies"
urlpatterns: list[URLPattern] = [
    path("evaluation/<str:token>/", party_replies.assessment, name="assessment"),
    path("<str:token>/", replies.answer, name="answer"),
    path("<str:token>/enregistrer/", replies.save, name="save"),
    path("<str:token>/remettre/", replies.hand_in, name="hand_in"),
]
