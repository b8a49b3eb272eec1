"""Home, « À faire », search, profile, language."""

import datetime as dt

import pytest
from django.utils import timezone

from tissage.people.models import Membership, Territory, User
from tissage.people.operations import invite
from tissage.people.search import SearchHit, find
from tissage.people.todo import TodoLine, collect

TODAY = dt.date(2026, 11, 22)


def text(response) -> str:
    return response.content.decode()


def test_a_stranger_meets_public_territories_only(territory, other_territory, client):
    Territory.objects.filter(pk=other_territory.pk).update(visibility="public")
    page = text(client.get("/"))
    assert "Ailleurs" in page
    assert "Sormont" not in page
    assert "/compte/login/" in page


def test_a_person_is_taken_to_what_waits_for_them(bob, as_user):
    assert as_user(bob).get("/").headers["Location"] == "/a-faire/"


def test_without_anything_to_do_the_page_says_what_comes_next(bob, charlie, as_user):
    assert "Le métier est à jour" in text(as_user(bob).get("/a-faire/"))
    assert "Vous n’avez encore de rôle dans aucun territoire" in text(as_user(charlie).get("/a-faire/"))


def first_provider(request):
    return [TodoLine("Sans date", "/a/"), TodoLine("Demain", "/b/", dt.date(2026, 11, 23))]


def second_provider(request):
    hidden = Territory.objects.filter(two_factor_required=True)
    return [TodoLine("Hier", "/c/", dt.date(2026, 11, 21)), *(TodoLine("Caché", "/d/", TODAY, territory) for territory in hidden)]


SLOTS = {"todo": [first_provider, "tests.people.test_home.second_provider"], "search": ["tests.people.test_home.search_provider"]}


@pytest.fixture
def own_slots(settings):
    settings.TISSAGE_SLOTS = "tests.people.test_home.SLOTS"


def test_the_earliest_deadline_comes_first_and_no_deadline_last(own_slots, rf, bob):
    request = rf.get("/")
    request.user = bob
    lines = collect(request)
    assert [line.text for line in lines] == ["Hier", "Demain", "Sans date"]
    assert [line.is_late(TODAY) for line in lines] == [True, False, False]


def test_a_territory_that_waits_for_the_second_factor_shows_nothing(own_slots, rf, bob, territory, give_second_factor):
    Territory.objects.update(two_factor_required=True)
    request = rf.get("/")
    request.user = bob
    assert "Caché" not in [line.text for line in collect(request)]
    assert find(request, "sormont") == []
    give_second_factor(bob)
    assert "Caché" in [line.text for line in collect(request)]
    assert {hit.title for hit in find(request, "sormont")} == {"Sormont"}


def search_provider(request, query):
    return [SearchHit(territory.name, "/", "territoire", "", territory) for territory in Territory.objects.of(request.user)] * 30


def test_a_provider_gives_twenty_hits_at_most_and_one_letter_is_not_sought(own_slots, rf, bob):
    request = rf.get("/")
    request.user = bob
    assert len(find(request, " so ")) == 20
    assert find(request, " s ") == []


def test_an_invitation_about_to_end_waits_for_the_coordination(territory, erin, bob, dora, as_user):
    now = timezone.now()
    for email, days in (("soon@example.org", 12), ("later@example.org", 1), ("long-gone@example.org", 30)):
        invite(email=email, role="reader", territory=territory, now=now - dt.timedelta(days=days), by_mail=False)
    seen = text(as_user(erin).get("/a-faire/"))
    assert "Une chose vous attend." in seen
    assert "Renvoyer ou retirer l’invitation à soon@example.org" in seen
    for person in (bob, dora):
        assert "example.org" not in text(as_user(person).get("/a-faire/"))


@pytest.mark.usefixtures("nobody_downstream")
@pytest.mark.parametrize("number", [1, 3])
def test_what_waits_costs_the_same_for_one_line_and_for_three(number, territory, erin, as_user, django_assert_num_queries):
    for each in range(number):
        made = timezone.now() - dt.timedelta(days=12)
        invite(email=f"new{each}@example.org", role="reader", territory=territory, now=made, by_mail=False)
    client = as_user(erin)
    with django_assert_num_queries(6):
        assert len(client.get("/a-faire/").context["lines"]) == number


def test_search_finds_territories_and_people_without_accents(territory, other_territory, alice, bob, dora, as_user):
    User.objects.filter(pk=alice.pk).update(name="Éléonore L’Œuvre")
    hits = as_user(bob).get("/recherche/", {"q": "eleonore l'oeuv"}).context["hits"]
    assert [(hit.title, hit.kind, hit.excerpt) for hit in hits] == [("Éléonore L’Œuvre", "personne", "animation")]
    assert as_user(dora).get("/recherche/", {"q": "eleonore"}).context["hits"] == []
    assert [hit.title for hit in as_user(bob).get("/recherche/", {"q": "SORM"}).context["hits"]] == ["Sormont"]
    assert as_user(bob).get("/recherche/", {"q": "ailleurs"}).context["hits"] == []
    assert as_user(bob).get("/recherche/", {"q": "alice@example"}).context["hits"] == []


def test_my_territories_are_listed_with_my_role(territory, other_territory, bob, as_user, now):
    Membership.objects.create(user=bob, territory=other_territory, role="coordinator", since=now)
    page = text(as_user(bob).get("/territoires/"))
    assert page.index("Ailleurs") < page.index("Votre rôle : coordination") < page.index("Sormont") < page.index("Votre rôle : lecture")


# --- A person's own page --------------------------------------------------------------------------------------


def test_a_name_is_changed_once_and_changes_everywhere(territory, bob, erin, as_user):
    as_user(bob).post("/profil/", {"name": "Robin", "language": "fr"})
    seen = text(as_user(erin).get("/territoires/sormont/personnes/"))
    assert "Robin" in seen
    assert "Bob" not in seen


def test_neither_title_nor_gender_is_asked(bob, as_user):
    assert list(as_user(bob).get("/profil/").context["form"].fields) == ["name", "language"]


def test_an_empty_name_is_refused(bob, as_user):
    page = as_user(bob).post("/profil/", {"name": " ", "language": "fr"})
    assert list(page.context["form"].errors) == ["name"]
    assert page.wsgi_request.user.name == "Bob"


def test_the_language_of_a_person_follows_them(bob, client):
    client.force_login(bob)
    client.post("/langue/setlang/", {"language": "en", "next": "/a-faire/"})
    bob.refresh_from_db()
    assert bob.language == "en"
    client.logout()
    client.cookies.clear()
    client.post("/compte/login/", {"login": "bob@example.org", "password": "une phrase de passe"})
    assert client.cookies["django_language"].value == "en"
    assert 'lang="en"' in text(client.get("/a-faire/"))


def test_a_stranger_chooses_a_language_and_an_unknown_one_is_ignored(db, bob, client):
    client.post("/langue/setlang/", {"language": "en"})
    assert 'lang="en"' in text(client.get("/"))
    client.force_login(bob)
    client.post("/langue/setlang/", {"language": "xx"})
    bob.refresh_from_db()
    assert bob.language == "fr"
