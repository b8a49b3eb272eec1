"""Doors without an account are knocked at so often: one home neither keeps the press busy nor fills a drawer for everybody."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests.network.labels import awarded, label_of
from tissage.network.models import LabelReport
from tissage.network.views import measured


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    caches["process"].clear()
    yield
    caches["process"].clear()


def test_a_stranger_has_so_many_papers_a_minute_and_an_account_as_many_as_it_likes(territory, erin, client, monkeypatch):
    territory.visibility = "public"
    territory.save(update_fields=["visibility"])
    monkeypatch.setattr(measured, "MOST_PAPERS", 2)
    papers = [
        reverse("diary:poster", args=["sormont"]),
        reverse("directory:leaflet", args=["sormont"]),
        reverse("diary:leaflet", args=["sormont"]),
    ]
    codes = [client.get(paper).status_code for paper in papers]
    assert (codes[2], 429 in codes[:2]) == (429, False)
    assert client.get(papers[2], REMOTE_ADDR="192.0.2.77").status_code == 200
    client.force_login(erin)
    assert client.get(papers[2]).status_code == 200


def test_one_home_cannot_fill_the_drawer_of_reports_for_everybody(territory, chantecler, erin, now, client):
    territory.visibility = "public"
    territory.save(update_fields=["visibility"])
    award = awarded(label_of(territory, erin, now), chantecler, erin, now)
    page = reverse("network:report_breach", args=["sormont", award.uuid])
    given = {"value": "other", "text": "Mal reçu", "contact": ""}
    for _one in range(12):
        last = client.post(page, given)
    kept = LabelReport.objects.count()
    assert 0 < kept < 12
    assert "Trop de demandes" in last.content.decode()
    client.post(page, given, REMOTE_ADDR="192.0.2.77")
    assert LabelReport.objects.count() == kept + 1
