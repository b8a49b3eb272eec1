"""Pages of a territory's people: who finds them, what they show, what they do."""

import datetime as dt

import pytest
from django.utils import timezone

from tissage.people.models import Entry, Invitation, Membership, Territory, User
from tissage.people.operations import invite, record

OWN_PAGES = {
    "personnes/": {"alice", "bob", "erin"},
    "personnes/inviter/": {"erin"},
    "reglages/": {"erin"},
    "journal/": {"erin"},
}


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(("page", "allowed"), OWN_PAGES.items())
@pytest.mark.parametrize("visibility", ["members", "public"])
def test_a_page_exists_for_those_who_may_see_it(page, allowed, visibility, territory, alice, bob, charlie, dora, erin, as_user):
    Territory.objects.update(visibility=visibility)
    people = {"alice": alice, "bob": bob, "charlie": charlie, "dora": dora, "erin": erin}
    status = {name: as_user(person).get(f"/territoires/sormont/{page}").status_code for name, person in people.items()}
    assert status == {name: 200 if name in allowed else 404 for name in people}
    assert as_user(None).get(f"/territoires/sormont/{page}").headers["Location"].startswith("/compte/login/")


ACTS = [
    "personnes/{bob}/role/",
    "personnes/{bob}/fin/",
    "personnes/{bob}/deuxieme-facteur/",
    "invitations/{zoe}/renvoyer/",
    "invitations/{zoe}/retirer/",
    "journal/export/",
]


@pytest.mark.parametrize("act", ACTS)
def test_only_those_who_coordinate_here_act(act, territory, alice, bob, charlie, dora, erin, as_user, give_second_factor):
    give_second_factor(bob)
    zoe = invite(email="zoe@example.org", role="reader", territory=territory, now=timezone.now(), by_mail=False).invitation
    url = "/territoires/sormont/" + act.format(bob=bob.memberships.get().pk, zoe=zoe.pk)
    for person in (alice, bob, charlie, dora):
        assert as_user(person).post(url, {"role": "coordinator"}).status_code == 404
    elsewhere = url.replace("sormont", "ailleurs")
    assert as_user(dora).post(elsewhere, {"role": "coordinator"}).status_code in ({200} if "export" in act else {404})
    assert bob.memberships.get().role == "reader"
    assert as_user(erin).post(url, {"role": "coordinator"}).status_code in (200, 302)


def test_an_act_is_not_done_by_a_get(territory, bob, erin, as_user, give_second_factor):
    give_second_factor(bob)
    zoe = invite(email="zoe@example.org", role="reader", territory=territory, now=timezone.now(), by_mail=False).invitation
    before = Entry.objects.count()
    for act in ACTS:
        as_user(erin).get("/territoires/sormont/" + act.format(bob=bob.memberships.get().pk, zoe=zoe.pk))
    assert Entry.objects.count() == before


def test_members_read_names_and_roles_and_coordinators_addresses(territory, alice, bob, erin, dora, as_user):
    seen = text(as_user(bob).get("/territoires/sormont/personnes/"))
    assert "Alice" in seen
    assert "3 personnes" in seen
    assert "example.org" not in seen
    assert "Inviter" not in seen
    assert "Dora" not in seen
    assert "alice@example.org" in text(as_user(erin).get("/territoires/sormont/personnes/"))


@pytest.mark.usefixtures("nobody_downstream")
@pytest.mark.parametrize("members", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_for_three(members, territory, erin, as_user, now, django_assert_num_queries):
    for number in range(members):
        user = User.objects.create_user(email=f"p{number}@example.org", name=f"P{number}")
        Membership.objects.create(user=user, territory=territory, role="reader", since=now)
        invite(email=f"new{number}@example.org", role="reader", territory=territory, by=erin, now=now, by_mail=False)
    client = as_user(erin)
    with django_assert_num_queries(9):
        client.get("/territoires/sormont/personnes/")


def test_a_role_is_changed_on_its_page(territory, bob, erin, as_user):
    url = f"/territoires/sormont/personnes/{bob.memberships.get().pk}/role/"
    page = as_user(erin).post(url, {"role": "facilitator"}, follow=True)
    assert "Bob a maintenant le rôle « animation »." in text(page)
    assert Membership.objects.open().get(user=bob).role == "facilitator"


def test_the_last_coordinator_is_told_why_not(territory, erin, as_user):
    membership = erin.memberships.get().pk
    page = as_user(erin).post(f"/territoires/sormont/personnes/{membership}/role/", {"role": "reader"})
    assert "dernière personne à la coordination" in text(page)
    page = as_user(erin).post(f"/territoires/sormont/personnes/{membership}/fin/", follow=True)
    assert "dernière personne à la coordination" in text(page)


def test_leaving_a_territory_leads_home(territory, erin, alice, as_user, now):
    Membership.objects.filter(user=alice).update(role="coordinator")
    page = as_user(erin).post(f"/territoires/sormont/personnes/{erin.memberships.get().pk}/fin/", follow=True)
    assert page.redirect_chain[-1][0] == "/a-faire/"


def test_an_invitation_is_sent_sent_again_and_taken_back(territory, erin, as_user, sent):
    client = as_user(erin)
    with sent() as letters:
        page = client.post("/territoires/sormont/personnes/inviter/", {"email": " Zoe@Example.org", "role": "reader"}, follow=True)
        pk = Invitation.objects.get().pk
        client.post(f"/territoires/sormont/invitations/{pk}/renvoyer/")
        client.post(f"/territoires/sormont/invitations/{pk}/retirer/")
    assert "L’invitation est partie à zoe@example.org." in text(page)
    assert [letter.to for letter in letters] == [["zoe@example.org"], ["zoe@example.org"]]
    assert list(Entry.objects.filter(object_type="people.invitation").order_by("pk").values_list("verb", flat=True)) == [
        "people.invite",
        "people.resend_invitation",
        "people.revoke_invitation",
    ]
    assert client.post(f"/territoires/sormont/invitations/{pk}/retirer/").status_code == 404


def test_inviting_a_member_says_so_beside_the_address(territory, bob, erin, as_user):
    page = as_user(erin).post("/territoires/sormont/personnes/inviter/", {"email": "bob@example.org", "role": "reader"})
    assert list(page.context["form"].errors) == ["email"]
    assert 'value="bob@example.org"' in text(page)


def test_settings_are_changed_and_a_mistake_loses_nothing(territory, erin, as_user):
    client = as_user(erin)
    typed = {"name": "Sormont-la-Neuve", "description": "Une démarche", "visibility": "public", "suppression_threshold": "0"}
    page = client.post("/territoires/sormont/reglages/", typed)
    assert list(page.context["form"].errors) == ["suppression_threshold"]
    assert "Sormont-la-Neuve" in text(page)
    client.post("/territoires/sormont/reglages/", {**typed, "suppression_threshold": "8", "two_factor_required": ""})
    territory.refresh_from_db()
    assert (territory.name, territory.visibility, territory.suppression_threshold) == ("Sormont-la-Neuve", "public", 8)


# --- The journal ----------------------------------------------------------------------------------------------


@pytest.fixture
def acts(territory, other_territory, alice, bob, erin, dora, now):
    for person in (alice, bob, erin):
        record(verb="people.change_settings", by=person, territory=territory, on=territory, fields=["name"], now=now)
    record(verb="people.invite", by=erin, territory=territory, now=now)
    record(verb="people.grant_role", by=dora, territory=other_territory, on=dora, now=now)


def test_the_journal_is_read_by_person_and_by_act(acts, alice, erin, as_user):
    client = as_user(erin)
    everything = text(client.get("/territoires/sormont/journal/"))
    assert everything.count("a changé les réglages du territoire") == 3 + 1  # three lines and one choice of the filter
    assert "Dora" not in everything
    page = client.get("/territoires/sormont/journal/", {"person": alice.pk})
    assert [line.actor for line in page.context["lines"]] == ["Alice"]
    page = client.get("/territoires/sormont/journal/", {"act": "people.invite"})
    assert [line.actor for line in page.context["lines"]] == ["Erin"]
    page = client.get("/territoires/sormont/journal/", {"act": "people.invite", "person": alice.pk})
    assert "Aucune ligne" in text(page)


@pytest.mark.usefixtures("nobody_downstream")
@pytest.mark.parametrize("lines", [1, 3])
def test_the_journal_costs_the_same_for_one_line_and_for_three(lines, territory, erin, as_user, now, django_assert_num_queries):
    for _ in range(lines):
        record(verb="people.grant_role", by=erin, territory=territory, on=erin, now=now)
    client = as_user(erin)
    with django_assert_num_queries(11):
        client.get("/territoires/sormont/journal/")


def test_the_journal_leaves_as_csv_and_says_so(acts, territory, erin, as_user, now):
    Territory.objects.filter(pk=territory.pk).update(name="=Sormont")
    User.objects.filter(pk=erin.pk).update(name="=HYPERLINK()")
    record(verb="people.create_account", by=erin, territory=territory, on=erin, now=now)
    response = as_user(erin).post("/territoires/sormont/journal/export/", {"person": erin.pk, "act": ""})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == f'attachment; filename="journal-sormont-{timezone.localdate():%Y-%m-%d}.csv"'
    assert rows[0] == "Date;Personne;Acte;Phrase;Champs;Objet;Numéro de l’objet;Ligne"
    assert rows[1].startswith("2026-11-22 10:00:00;'=HYPERLINK();people.create_account;a ouvert un compte : =HYPERLINK();;people.user;")
    assert len(rows) == 1 + 3
    exported = Entry.objects.latest("pk")
    assert (exported.verb, exported.actor, exported.numbers) == ("people.export_journal", erin, {"entries": 3})


# --- Several territories --------------------------------------------------------------------------------------


def test_two_territories_never_see_each_other_s_people(territory, other_territory, alice, bob, erin, dora, as_user, now):
    for place, coordinator, word in ((territory, erin, "ici"), (other_territory, dora, "labas")):
        invite(email=f"{word}@example.org", role="reader", territory=place, by=coordinator, now=now + dt.timedelta(days=1), by_mail=False)
    pages = ["a-faire/", "territoires/", "profil/", "recherche/?q=example", "recherche/?q=e"]
    mine = [f"territoires/sormont/{page}" for page in ("personnes/", "reglages/", "journal/")]
    theirs = [page.replace("sormont", "ailleurs") for page in mine]
    seen_by_erin = "".join(text(as_user(erin).get(f"/{page}")) for page in pages + mine)
    seen_by_dora = "".join(text(as_user(dora).get(f"/{page}")) for page in pages + theirs)
    for word in ("Dora", "dora@", "labas@", "Ailleurs"):
        assert word in seen_by_dora
        assert word not in seen_by_erin
    for word in ("Erin", "Alice", "alice@", "ici@", "Sormont"):
        assert word in seen_by_erin
        assert word not in seen_by_dora
