"""Addresses of the phones: no account, a short code. Mounted at /a/, short enough to be typed from a poster."""

from django.urls import path

from tissage.voices.views.phones import answering, device, door
from tissage.voices.views.service_worker import service_worker

app_name = "phones"
urlpatterns = [
    path("", door.door, name="door"),
    path("sw.js", service_worker, name="service_worker"),
    path("<str:code>/", door.welcome, name="welcome"),
    path("<str:code>/entrer/", door.join, name="join"),
    path("<str:code>/repondre/", answering.answer, name="answer"),
    path("<str:code>/suivante/", door.next_person, name="next_person"),
    path("<str:code>/etat/", device.state, name="state"),
    path("<str:code>/envoyer/", device.send, name="send"),
    path("<str:code>/voix/<uuid:recording>/", device.recording, name="recording"),
]
