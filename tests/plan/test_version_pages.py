"""A version through its pages: made, voted and sent with its deliberation, answered, compared, asked by date."""

from __future__ import annotations

import pytest

from tissage.network.models import Document
from tissage.plan.models import Action, PlanVersion
from tissage.plan.operations.actions import change_action, create_action


@pytest.fixture
def base(plan):
    return f"/territoires/sormont/plans/{plan.pk}/"


def test_a_version_lives_its_life(plan, action, paul, erin, now, as_user, base):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_user(paul)
    assert client.post(base + "versions/nouvelle/", {"reason": "Plan approuvé en 2019"}).url.endswith("/versions/1/")
    signed = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.7 deliberation", "application/pdf")
    sent = {"council_on": "2026-02-20", "sent_on": "2026-03-01", "deliberation": signed}
    assert client.post(base + "versions/1/envoyer/", sent).status_code == 302
    version = PlanVersion.objects.get()
    assert (version.document, version.document.visibility) == (Document.objects.get(), "network")
    answer = {"answer": "accepted", "answered_on": "2026-04-01", "effective_from": "2026-05-01"}
    assert client.post(base + "versions/1/reponse/", answer).status_code == 302
    assert "version 1" in client.get(base + "en-vigueur/?le=2026-05-01").content.decode()
    assert "Aucune version n’était en vigueur" in client.get(base + "en-vigueur/?le=2026-04-30").content.decode()
    assert "Rien n’a bougé" in client.get(base + "versions/1/").content.decode()

    change_action(action=action, revision=action.revision, title="Autre titre", by=erin, now=now)
    create_action(plan=plan, title="Une de plus", by=erin, now=now)
    for page in ("versions/1/", "versions/comparer/?de=1&a=aujourdhui"):
        html = client.get(base + page).content.decode()
        assert "1 action ajoutée" in html
        assert "<del>Remise à l’emploi par le bâtiment</del>" in html
        assert "<ins>Autre titre</ins>" in html
    sheet = client.get(f"{base}actions/{action.pk}/").content.decode()
    assert "1 différence avec la version 1" in sheet
    assert "changé" in sheet
    other = Action.objects.get(title="Une de plus")
    assert "n’est pas dans la version 1" in client.get(f"{base}actions/{other.pk}/").content.decode()


def test_a_refused_file_leaves_the_version_unsent(plan, action, paul, as_user, base):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_user(paul)
    client.post(base + "versions/nouvelle/", {"reason": "Première"})
    wrong = SimpleUploadedFile("deliberation.pdf", b"MZ a program", "application/pdf")
    answer = client.post(base + "versions/1/envoyer/", {"sent_on": "2026-03-01", "deliberation": wrong})
    assert answer.status_code == 200
    assert PlanVersion.objects.get().sent_on is None
    assert not Document.objects.exists()


@pytest.mark.parametrize("query", ["de=9&a=1", "de=1", "de=x&a=y", "a=aujourdhui"])
def test_a_comparison_that_makes_no_sense_is_a_form_again(query, plan, action, paul, as_user, base):
    client = as_user(paul)
    client.post(base + "versions/nouvelle/", {"reason": "Première"})
    assert client.get(f"{base}versions/comparer/?{query}").status_code == 200


@pytest.mark.parametrize("day", ["", "31/02/2026", "jamais"])
def test_a_date_that_is_none_is_said(day, plan, action, paul, as_user, base):
    assert "has-error" in as_user(paul).get(f"{base}en-vigueur/?le={day}").content.decode()


def test_a_version_not_sent_is_taken_again_or_dropped_through_its_page(plan, action, paul, erin, now, as_user, base):
    client = as_user(paul)
    client.post(base + "versions/nouvelle/", {"reason": "Première"})
    change_action(action=action, revision=action.revision, title="Autre titre", by=erin, now=now)
    client.post(base + "versions/1/reprendre/")
    assert PlanVersion.objects.get().actions.get().title == "Autre titre"
    assert client.get(base + "versions/1/retirer/").status_code == 200
    client.post(base + "versions/1/retirer/")
    assert not PlanVersion.objects.exists()


def test_readers_of_the_register_change_no_version(plan, action, paul, bob, fiona, as_user, base):
    as_user(paul).post(base + "versions/nouvelle/", {"reason": "Première"})
    for one in (bob, fiona):
        client = as_user(one)
        for path in ("nouvelle/", "1/envoyer/", "1/reponse/", "1/retirer/", "1/reprendre/"):
            assert client.post(f"{base}versions/{path}", {"reason": "x", "sent_on": "2026-03-01"}).status_code == 404
    assert PlanVersion.objects.get().sent_on is None
