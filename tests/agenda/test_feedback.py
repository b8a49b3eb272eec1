"""Anonymous opinions: five answers before anything shows, nothing kept of who or when, comments read by the lead first."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from tests.agenda.happened import make_activity, make_campaign
from tissage.agenda.models import FeedbackAnswer, FeedbackForm
from tissage.agenda.operations.feedback import FeedbackRefused, answer_feedback, close_feedback, prepare_feedback
from tissage.agenda.queries.feedback import Results, results_of
from tissage.network.models import FormsPause
from tissage.people.models import Entry

QUESTIONS = [{"text": "Bienvenu·e ?", "kind": "score"}, {"text": "Première fois ?", "kind": "yes_no"}]


@pytest.fixture
def activity(territory, chantecler, now):
    return make_activity(make_campaign(territory, chantecler, now), chantecler, now)


@pytest.fixture
def form(activity, petra, now):
    return prepare_feedback(activity=activity, questions=QUESTIONS, by=petra, now=now)


def answer(form, now, times=1, comment=""):
    for _ in range(times):
        answer_feedback(form=form, scores=[4, 1], comment=comment, now=now)


def page_of(client, user, activity):
    client.force_login(user)
    return client.get(f"/territoires/sormont/campagnes/activites/{activity.pk}/avis/").content.decode()


def test_four_answers_show_nothing_and_five_show_the_results(form, activity, petra, client, now):
    answer(form, now, 4, "mot canari")
    assert results_of(form, is_lead=True) == Results(None, (), ())
    shown = page_of(client, petra, activity)
    assert "canari" not in shown
    assert "<meter" not in shown
    answer(form, now)
    found = results_of(form, is_lead=True)
    assert (found.answers, found.questions[0].counts, found.questions[1].counts) == (5, {1: 0, 2: 0, 3: 0, 4: 5, 5: 0}, {0: 0, 1: 5})
    assert "canari" in page_of(client, petra, activity)


def test_no_stored_field_tells_the_hour_or_the_place_of_an_answer(form, client, now):
    before = set(Entry.objects.values_list("pk", flat=True))
    page = client.get(f"/avis/{form.token}/")
    assert page.status_code == 200
    assert client.post(f"/avis/{form.token}/", {"q0": "5", "q1": "0", "comment": "merci"}).status_code == 302
    assert client.get(f"/avis/{form.token}/merci/").status_code == 200
    assert not client.cookies
    kept = FeedbackAnswer.objects.get()
    stored = {field.name: getattr(kept, field.name) for field in FeedbackAnswer._meta.concrete_fields}
    assert set(stored) == {"uuid", "form", "occurrence", "scores", "comment", "comment_state", "week"}
    assert kept.uuid.version == 4
    assert kept.week.weekday() == 0
    assert type(kept.week) is dt.date
    assert (kept.scores, kept.occurrence) == ([5, 0], None)
    assert set(Entry.objects.values_list("pk", flat=True)) == before


def test_the_lead_reads_a_comment_before_the_coordination_and_may_withdraw_it(form, activity, petra, erin, client, now):
    answer(form, now, 4)
    answer(form, now, 1, "mot canari")
    assert "canari" not in page_of(client, erin, activity)
    one = FeedbackAnswer.objects.exclude(comment="").get()
    url = f"/territoires/sormont/campagnes/activites/{activity.pk}/avis/{one.uuid}/"
    assert client.post(url, {"montrer": "1"}).status_code == 404
    client.force_login(petra)
    client.post(url, {"montrer": "1"})
    assert "canari" in page_of(client, erin, activity)
    client.force_login(petra)
    client.post(url, {"montrer": "0"})
    assert "canari" not in page_of(client, erin, activity)
    assert "canari" not in "".join(Entry.objects.values_list("object_label", flat=True))


def test_questions_are_five_at_most_and_stay_once_somebody_answered(form, activity, petra, now):
    with pytest.raises(FeedbackRefused, match="Cinq"):
        prepare_feedback(activity=activity, questions=[{"text": f"Q{n}", "kind": "score"} for n in range(6)], by=petra, now=now)
    answer(form, now)
    with pytest.raises(FeedbackRefused, match="déjà là"):
        prepare_feedback(activity=activity, questions=QUESTIONS[:1], by=petra, now=now)
    assert FeedbackForm.objects.get().questions == QUESTIONS


def test_nothing_is_taken_while_forms_rest_or_once_closed(form, petra, erin, territory, client, now):
    url = f"/avis/{form.token}/"
    pause = FormsPause.objects.create(territory=territory, since=now - dt.timedelta(days=900), until=now + dt.timedelta(days=9000), by=erin)
    assert client.post(url, {"q0": "5"}).status_code == 503
    pause.delete()
    close_feedback(form=form, is_open=False, by=petra, now=now)
    assert client.post(url, {"q0": "5"}).status_code == 410
    assert client.get("/avis/inconnu/").status_code == 404
    assert not FeedbackAnswer.objects.exists()
    close_feedback(form=form, is_open=True, by=petra, now=now)
    assert client.post(url, {}).status_code == 200
    assert client.post(url, {"q0": "5"}).status_code == 302


def test_the_poster_and_the_slips_say_the_neutral_title_only(activity, form, petra, client):
    type(activity).objects.filter(pk=activity.pk).update(sensitivity="sensitive", neutral_title="Rencontre", title="Groupe canari")
    client.force_login(petra)
    for name in ("affiche", "billets"):
        paper = client.get(f"/territoires/sormont/campagnes/activites/{activity.pk}/avis/{name}.pdf")
        assert paper.content.startswith(b"%PDF")
        told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
        assert "Rencontre" in told
        assert "canari" not in told
    assert "canari" not in client.get(f"/avis/{form.token}/").content.decode()


def test_who_prepares_the_questions_of_a_sensitive_activity(activity, petra, erin, bob, fiona, client):
    type(activity).objects.filter(pk=activity.pk).update(sensitivity="sensitive", neutral_title="Rencontre")
    url = f"/territoires/sormont/campagnes/activites/{activity.pk}/avis/"
    found = {}
    for user in (petra, erin, bob, fiona):
        client.force_login(user)
        found[user.name] = client.get(url).status_code
    assert found == {"Petra": 200, "Erin": 404, "Bob": 404, "Fiona": 404}
