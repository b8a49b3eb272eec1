"""Readers of adopted things: by a personal link that the team closes, or by an account; and what they write."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail

from tissage.network.models import Collective, Meeting, Person
from tissage.people.journal import in_words
from tissage.people.models import Entry
from tissage.plan.operations.actions import create_action
from tissage.plan.operations.versions import create_version, record_answer, send_version
from tissage.reports.models import ReaderComment, ReaderLink
from tissage.reports.operations import readers as operations
from tissage.reports.operations.readers import ReaderRefused

SENT = dt.date(2026, 3, 1)


@pytest.fixture
def adopted(plan, action, paul, now):
    """Version 1 in force, version 2 voted and sent, not answered; an action that only the second one knows."""
    did = {"by": paul, "now": now}
    first = create_version(plan=plan, reason="Première version", **did)
    send_version(version=first, council_on=SENT, sent_on=SENT, **did)
    record_answer(version=first, answer="accepted", answered_on=SENT, effective_from=SENT, **did)
    create_action(plan=plan, title="Encore secrète", **did)
    send_version(version=create_version(plan=plan, reason="Deuxième version", **did), sent_on=SENT, **did)
    return first


@pytest.fixture
def commission(territory, now):
    """Approved minutes for members, others for everybody, others for the team, and some not approved."""
    body = Collective.objects.create(territory=territory, name="Commission d’accompagnement", kind="commission")
    network = Collective.objects.create(territory=territory, name="Réseau", kind="collective")

    def met(collective, minutes, visibility, adopted_on=SENT):
        said = {"minutes": minutes, "minutes_visibility": visibility, "minutes_adopted_on": adopted_on}
        return Meeting.objects.create(collective=collective, starts_at=now, status="held", attendees_count=5, **said)

    return {
        "members": met(body, "PV des membres", "members"),
        "public": met(body, "PV public", "public"),
        "team": met(body, "PV de l’équipe", "team"),
        "draft": met(body, "PV à approuver", "members", None),
        "network": met(network, "PV du réseau", "members"),
    }


@pytest.fixture
def give(plan, territory, paul, now):
    def give(role="councillor", name="Yasmina", expires_on=dt.date(2099, 1, 1)):
        somebody, _made = Person.objects.get_or_create(territory=territory, display_name=name, email=f"{name.lower()}@example.org")
        given = operations.give_link(plan=plan, person=somebody, role=role, expires_on=expires_on, by=paul, now=now)
        return given.link, given.address[given.address.index("/lecture/") :]

    return give


def test_the_link_goes_by_mail_and_only_its_hash_is_kept(give, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _link, address = give()
    [letter] = mail.outbox
    assert letter.to == ["yasmina@example.org"]
    assert address in letter.body
    secret = address.strip("/").rsplit("/", 1)[-1]
    assert secret not in str([entry.__dict__ for entry in Entry.objects.all()])
    assert ReaderLink.objects.get().token_hash != secret
    assert "asmina" not in str([(entry.object_label, entry.fields, entry.numbers) for entry in Entry.objects.all()])


def test_opening_the_link_reads_what_is_adopted_and_nothing_else(client, adopted, give, commission):
    _link, address = give()
    home = client.get(address).content.decode()
    assert "Version 1" in home
    assert "Première version" in home
    for hidden in ("Version 2", "Deuxième version", "Encore secrète", "PV"):
        assert hidden not in home.replace("PV public", "")
    page = client.get(f"{address}versions/1/").content.decode()
    assert "Remise à l’emploi par le bâtiment" in page
    assert "Encore secrète" not in page
    assert client.get(f"{address}versions/2/").status_code == 404


def test_opening_it_writes_nothing_and_is_told_to_nobody(client, adopted, give):
    _link, address = give()
    before = (Entry.objects.count(), ReaderComment.objects.count())
    for path in ("", "versions/1/"):
        answer = client.get(address + path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "sessionid" not in answer.cookies
    assert (Entry.objects.count(), ReaderComment.objects.count()) == before
    assert client.get(f"{address}commenter/version/1/").status_code == 405


@pytest.mark.parametrize(
    ("role", "opened"),
    [("councillor", {"public"}), ("commission", {"public", "members"})],
)
def test_minutes_are_read_by_those_they_are_for(role, opened, client, adopted, give, commission):
    _link, address = give(role)
    found = {name for name, meeting in commission.items() if client.get(f"{address}proces-verbaux/{meeting.pk}/").status_code == 200}
    assert found == opened


@pytest.mark.parametrize(
    ("person", "opened"),
    [("mona", {"public", "members"}), ("carl", {"public"}), ("paul", {"public", "members"}), ("fiona", {"public"})],
)
def test_minutes_by_account(person, opened, request, as_user, plan, adopted, commission):
    client = as_user(request.getfixturevalue(person))
    base = f"/territoires/sormont/documents/adoptes/{plan.pk}/proces-verbaux/"
    assert {name for name, meeting in commission.items() if client.get(f"{base}{meeting.pk}/").status_code == 200} == opened


def test_a_closed_or_expired_link_opens_nothing_and_says_so(client, adopted, give, paul, now):
    link, address = give()
    operations.revoke_link(link=link, by=paul, now=now)
    _late, late = give(name="Luc", expires_on=now.date())
    ReaderLink.objects.filter(person__display_name="Luc").update(expires_on=dt.date(2020, 1, 1))
    for closed in (address, late):
        for path in ("", "versions/1/"):
            answer = client.get(closed + path)
            assert answer.status_code == 410
            assert "Première version" not in answer.content.decode()
        assert client.post(f"{closed}commenter/version/1/", {"text": "canari"}).status_code == 410
    assert client.get("/lecture/inconnu/").status_code == 404
    assert not ReaderComment.objects.exists()


def test_a_new_link_closes_the_former(client, adopted, give):
    _old, old = give()
    _new, new = give()
    assert (client.get(old).status_code, client.get(new).status_code) == (410, 200)


def test_the_link_of_a_plan_opens_no_other_plan(client, adopted, give, territory, plan_framework, erin, now):
    from tissage.plan.operations.plans import create_plan

    _link, address = give()
    did = {"by": erin, "now": now}
    other = create_plan(territory=territory, framework=plan_framework, name="Autre", starts_on=SENT, ends_on=dt.date(2027, 1, 1), **did)
    create_action(plan=other, title="D’un autre plan", **did)
    for number in (1, 2):
        version = send_version(version=create_version(plan=other, reason=f"Autre {number}", **did), sent_on=SENT, **did)
        record_answer(version=version, answer="accepted", answered_on=SENT, effective_from=SENT, **did)
    assert "Autre" not in client.get(address).content.decode()
    assert client.get(f"{address}versions/2/").status_code == 404


def test_a_reader_comments_by_link_and_reads_the_answer(client, adopted, give, plan, paul, as_user):
    _link, address = give()
    _other, others = give(name="Luc")
    posted = client.post(f"{address}commenter/version/1/", {"text": "Et les aînés ? <b>canari</b>"})
    assert posted.status_code == 302
    comment = ReaderComment.objects.get()
    assert (comment.user, comment.link.person.display_name) == (None, "Yasmina")
    team = as_user(paul)
    page = team.get(f"/territoires/sormont/documents/{plan.pk}/lecture/").content.decode()
    assert "Et les aînés ?" in page
    assert "<b>canari</b>" not in page
    assert "Yasmina" in page
    assert "Répondre à 1 commentaire" in team.get("/a-faire/").content.decode()
    team.post(f"/territoires/sormont/documents/{plan.pk}/lecture/commentaires/{comment.pk}/", {"text": "L’action 3 leur est ouverte."})
    assert "L’action 3 leur est ouverte." in client.get(f"{address}versions/1/").content.decode()
    assert "Et les aînés" not in client.get(f"{others}versions/1/").content.decode()
    assert "Répondre à 1 commentaire" not in team.get("/a-faire/").content.decode()
    lines = [str(line) for line in in_words(Entry.objects.filter(verb="reports.comment_by_link"))]
    assert lines == ["Une personne, par son lien de lecture a commenté ce qui a été adopté"]


@pytest.mark.parametrize(("subject", "about"), [("version", 2), ("version", 9), ("report", 1), ("autre", 1)])
def test_what_may_not_be_read_may_not_be_commented(subject, about, client, adopted, give):
    _link, address = give()
    assert client.post(f"{address}commenter/{subject}/{about}/", {"text": "canari"}).status_code == 404
    assert not ReaderComment.objects.exists()


def test_minutes_kept_from_a_councillor_are_not_commented_either(client, adopted, give, commission):
    _link, address = give()
    assert client.post(f"{address}commenter/meeting/{commission['members'].pk}/", {"text": "canari"}).status_code == 404


def test_an_empty_comment_is_a_form_again(client, adopted, give):
    _link, address = give()
    answer = client.post(f"{address}commenter/version/1/", {"text": "  "})
    assert answer.status_code == 200
    assert "has-error" in answer.content.decode()


def test_a_link_lost_fills_nothing(adopted, give, plan, now, monkeypatch):
    monkeypatch.setattr(operations, "MOST_COMMENTS", 1)
    link, _address = give()
    say = {"plan": plan, "subject": "version", "subject_id": adopted.pk, "link": link, "now": now}
    operations.write_comment(text="un", **say)
    with pytest.raises(ReaderRefused):
        operations.write_comment(text="deux", **say)


@pytest.mark.parametrize(
    ("person", "reads", "manages"),
    [
        ("erin", 200, 200),
        ("paul", 200, 200),
        ("alice", 200, 404),
        ("bob", 200, 404),
        ("fiona", 200, 404),
        ("mona", 200, 404),
        ("carl", 200, 404),
        ("petra", 404, 404),
        ("charlie", 404, 404),
        ("dora", 404, 404),
    ],
)
def test_who_reads_what_is_adopted_and_who_gives_links(person, reads, manages, request, as_user, plan, adopted, give):
    link, _address = give()
    client = as_user(request.getfixturevalue(person))
    base = "/territoires/sormont/documents/"
    assert client.get(f"{base}adoptes/{plan.pk}/").status_code == reads
    assert client.get(f"{base}adoptes/{plan.pk}/versions/1/").status_code == reads
    assert client.get(f"{base}adoptes/{plan.pk}/versions/2/").status_code == 404
    for path in ("lecture/", "lecture/nouveau/", f"lecture/{link.pk}/fermer/"):
        assert client.get(f"{base}{plan.pk}/{path}").status_code == manages
    assert client.post(f"{base}{plan.pk}/lecture/{link.pk}/fermer/").status_code == (302 if manages == 200 else 404)


def test_a_councillor_who_signs_in_is_led_to_what_is_adopted(adopted, carl, as_user, plan):
    client = as_user(carl)
    todo = client.get("/a-faire/").content.decode()
    [url] = set(re.findall(r'href="(/territoires/sormont/documents/adoptes/)"', todo))
    assert client.get(url).url == f"{url}{plan.pk}/"
    page = client.get(f"{url}{plan.pk}/").content.decode()
    assert "Version 1" in page
    assert client.get("/territoires/sormont/").status_code == 200
    assert client.post(f"{url}{plan.pk}/commenter/version/1/", {"text": "Bien."}).status_code == 302
    assert ReaderComment.objects.get().user == carl


def test_a_link_is_given_to_a_known_person_or_to_a_new_one_and_shown_once(adopted, paul, as_user, plan, territory):
    client = as_user(paul)
    base = f"/territoires/sormont/documents/{plan.pk}/lecture/"
    said = {"name": "Ana", "email": "Ana@example.org", "role": "councillor", "expires_on": "2099-01-01"}
    page = client.post(base + "nouveau/", said).content.decode()
    [address] = re.findall(r'value="https?://[^/"]+(/lecture/[^"]+)"', page)
    assert client.get(address).status_code == 200
    client.post(base + "nouveau/", said)
    assert Person.objects.filter(territory=territory, display_name="Ana").count() == 1
    assert address not in client.get(base).content.decode()
    for missing in ({**said, "email": ""}, {**said, "name": ""}, {**said, "expires_on": "2001-01-01"}, {**said, "role": "admin"}):
        assert "t-errors" in client.post(base + "nouveau/", missing).content.decode()
    assert ReaderLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_pages_ask_as_many_queries_with_three_links_and_comments_as_with_one(
    adopted, give, plan, paul, now, as_user, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    team = as_user(paul)

    def asked():
        counts = []
        for who, url in ((team, f"/territoires/sormont/documents/{plan.pk}/lecture/"), (client, first)):
            with CaptureQueriesContext(connection) as queries:
                assert who.get(url).status_code == 200
            counts.append(len(queries))
        return counts

    def comment(link):
        operations.write_comment(plan=plan, subject="version", subject_id=adopted.pk, text="mot", link=link, now=now)

    link, first = give()
    comment(link)
    asked()
    once = asked()
    for name in ("Luc", "Zoé"):
        comment(give(name=name)[0])
    assert asked() == once
