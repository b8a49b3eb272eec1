"""The service worker: a public script, the same for all, allowed to answer for the whole site."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def test_the_script_is_public_and_may_answer_for_any_page(db):
    answer = Client().get(reverse("phones:service_worker"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.cookies == {}
