"""Addresses of the phones: no account, a short code."""

from django.urls import path

from tissage.voices.views.service_worker import service_worker

app_name = "phones"
urlpatterns = [
    path("sw.js", service_worker, name="service_worker"),
]
