"""The public directory: who reads what of a service, searching, and what of an address never leaves (`network.md` §6.5, §6.6, §8)."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.network.listed import listed_service, organization_of, public_territory, received_at
from tissage.core.vocabulary import Vocabulary
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import LabelAward, LabelScheme, LabelVersion, Service, ServiceContact
from tissage.network.queries.directory import freshness_of, listed_services, with_freshness
from tissage.network.queries.directory_search import Wanted, codes_within, need_words, search
from tissage.people.models import Membership, Territory

LEVELS = ("area_only", "on_request", "never")
SECRET_STREET = "rue du Refuge 99"


@pytest.fixture
def mons(db) -> Territory:
    return public_territory()


@pytest.fixture
def house(mons):
    return organization_of(mons, name="Maison Claire", email="interne@maison.example")


@pytest.fixture
def service(house):
    made = listed_service(
        house, name="Écoute", short_description="Parler à quelqu’un.", terms={"theme": ["sante"], "language": ["fr", "ar"]}
    )
    received_at(made, opening_hours="Mo-Fr 09:00-12:00")
    return made


def page(client, name, *args, **query):
    return client.get(reverse(f"directory:{name}", args=args), query)


def text(answer) -> str:
    return answer.content.decode()


# --- Who reads ------------------------------------------------------------------------------------------------


def test_a_stranger_reads_the_whole_sheet_of_a_service_of_a_public_territory(client, mons, house, service):
    said = text(page(client, "service", mons.slug, service.uuid))
    for words in ("Écoute", "Parler à quelqu’un.", "rue Haute 1", "7000 Mons", "Du lundi au vendredi", "Français, arabe", "Maison Claire"):
        assert words in said
    for name in ("home", "results", "labelled"):
        assert page(client, name, mons.slug).status_code == 200
    assert "Écoute" in text(page(client, "organization", mons.slug, house.pk))
    assert "interne@maison.example" not in text(page(client, "organization", mons.slug, house.pk))


@pytest.mark.parametrize("name", ["home", "results", "leaflet", "labelled", "suggest_missing"])
def test_the_directory_of_a_closed_territory_is_not_there_for_strangers_and_others(as_user, territory, dora, bob, name):
    listed_service(organization_of(territory))
    assert page(as_user(None), name, territory.slug).status_code == 404
    assert page(as_user(dora), name, territory.slug).status_code == 404
    assert page(as_user(bob), name, territory.slug).status_code == 200


def test_drafts_archives_and_services_of_closed_houses_are_nowhere(client, mons, house):
    today = timezone.localdate()
    closed = organization_of(mons, closed_on=today)
    hidden = [
        listed_service(house, publication="draft"),
        listed_service(house, publication="suggested"),
        listed_service(house, publication="archived"),
        listed_service(house, status="defunct"),
        listed_service(closed),
    ]
    assert list(listed_services(mons, today)) == []
    assert [page(client, "service", mons.slug, one.uuid).status_code for one in hidden] == [404] * 5
    assert page(client, "organization", mons.slug, house.pk).status_code == 404


def test_listed_services_of_a_territory_that_is_not_public_are_for_its_members_alone(territory):
    service = listed_service(organization_of(territory))
    today = timezone.localdate()
    assert list(listed_services(territory, today)) == []
    assert list(listed_services(None, today, of_members=True)) == []
    assert list(listed_services(territory, today, of_members=True)) == [service]


@pytest.mark.parametrize(("who", "levels"), [("stranger", {"public"}), ("elsewhere", {"public"}), ("member", {"public", "professionals"})])
def test_contacts_are_read_by_their_level_and_hidden_ones_by_nobody(as_user, mons, service, dora, charlie, now, who, levels):
    for level in ServiceContact.Visibility.values:
        ServiceContact.objects.create(service=service, email=f"{level}@maison.example", visibility=level)
    Membership.objects.create(user=charlie, territory=mons, role="partner", since=now)
    client = as_user({"stranger": None, "elsewhere": dora, "member": charlie}[who])
    said = text(page(client, "service", mons.slug, service.uuid))
    assert {level for level in ServiceContact.Visibility.values if f"{level}@maison.example" in said} == levels
    paper = PdfReader(BytesIO(page(client, "leaflet", mons.slug).content))
    printed = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "public@maison.example" in printed
    assert "professionals@" not in printed
    assert "hidden@" not in printed


def test_search_engines_are_sent_away_from_a_sheet_that_asks_so_and_from_searches(client, mons, house, service):
    shy = listed_service(house, noindex=True)
    asked = {name: page(client, name, mons.slug).headers["X-Robots-Tag"] for name in ("home", "results", "labelled")}
    assert asked == {"home": "all", "results": "noindex, nofollow", "labelled": "noindex, nofollow"}
    assert page(client, "service", mons.slug, service.uuid).headers["X-Robots-Tag"] == "all"
    assert page(client, "service", mons.slug, shy.uuid).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page(client, "organization", mons.slug, house.pk).headers["X-Robots-Tag"] == "noindex, nofollow"


# --- Addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_the_street_of_a_place_that_is_not_public_leaves_by_no_page(client, mons, house, level):
    service = listed_service(house, name="Refuge")
    received_at(service, level, street=SECRET_STREET, name="Chez Alix", postal_code="7033", public_area_label="au sud")
    queries = [{}, {"cp": "7033"}, {"cp": "7000", "km": "10"}, {"q": "refuge"}, {"q": "alix"}]
    said = [text(page(client, "results", mons.slug, **query)) for query in queries]
    said += [
        text(page(client, name, mons.slug, *args)) for name, *args in (["home"], ["service", service.uuid], ["organization", house.pk])
    ]
    paper = PdfReader(BytesIO(page(client, "leaflet", mons.slug).content))
    said.append("".join(sheet.extract_text() for sheet in paper.pages) + str(paper.metadata))
    said.append(client.get(reverse("directories:home")).content.decode())
    assert [word for word in (SECRET_STREET, "Refuge 99", "Alix</", "50.4542") for one in said if word in one] == []
    sheet = said[len(queries) + 1]
    assert ("7033 Mons" in sheet) == (level == "area_only")
    assert ("au sud" in sheet) == (level != "never")


def test_a_distance_finds_public_places_only_and_a_postal_code_no_place_that_is_never_given(mons, house):
    services = {}
    for level in ("public", *LEVELS):
        services[level] = listed_service(house, name=level)
        received_at(services[level], level, postal_code="7000")
    every, words = listed_services(mons, timezone.localdate()), vocabulary()

    def found(**wanted) -> set[str]:
        return {one.name for one in search(every, Wanted(**wanted), words)}

    assert found(postal_code="7000", km=5) == {"public"}
    assert found(postal_code="7011", km=5) == {"public"}
    assert found(postal_code="7000") == {"public", "area_only", "on_request"}
    assert found(postal_code="4000", km=50) == set()
    assert "7011" in codes_within("7000", 5)
    assert "1000" not in codes_within("7000", 25)


def test_a_place_that_is_no_longer_used_answers_to_no_place(mons, house):
    service = listed_service(house)
    at = received_at(service)
    at.place.ended_on = timezone.localdate()
    at.place.save()
    assert list(search(listed_services(mons, timezone.localdate()), Wanted(postal_code="7000", km=5), vocabulary())) == []


# --- Searching ------------------------------------------------------------------------------------------------


def test_a_need_finds_what_the_service_says_its_house_and_its_words(mons, house):
    themes = vocabulary().families()
    family, [first, *_rest] = next((top, under) for top, under in themes if under)
    bearing = listed_service(house, name="Premier", terms={"theme": [first.code], "audience": ["femmes"], "language": ["uk"]})
    listed_service(organization_of(mons, name="Autre maison", kind="health"), name="Deuxième")
    every, words = listed_services(mons, timezone.localdate()), vocabulary()

    def found(**wanted) -> set[str]:
        return {one.name for one in search(every, Wanted(**wanted), words)}

    assert found(words="PREMIÈRS") == {"Premier"}
    assert found(words="premier") == {"Premier"}
    assert found(words="maison claire") == {"Premier"}
    assert found(words=first.label) == {"Premier"}
    assert found(theme=first.code) == found(theme=family.code) == found(audience="femmes") == found(language="uk") == {bearing.name}
    assert found(organization_kind="health") == {"Deuxième"}
    assert found(words="premier", organization_kind="health") == set()


def test_small_words_and_plurals_of_a_need_do_not_count():
    assert need_words("Des formations pour l’été") == ["formation", "l'ete"] or need_words("Des formations pour l’été") == [
        "formation",
        "ete",
    ]
    assert need_words("où trouver un logement") == ["trouver", "logement"]


def test_a_wrong_postal_code_says_so_and_filters_nothing(client, mons, service):
    said = text(page(client, "results", mons.slug, cp="7999"))
    assert "n’est pas un code postal belge" in said
    assert "Écoute" in said


def test_an_empty_search_says_what_to_do(client, mons, service):
    said = text(page(client, "results", mons.slug, q="introuvable"))
    assert "Aucun service ne répond à tout cela" in said
    assert reverse("directory:suggest_missing", args=[mons.slug]) in said


# --- Freshness ------------------------------------------------------------------------------------------------


def test_a_service_past_review_shows_its_last_check_then_leaves_the_pages_and_stays_for_the_coordinator(as_user, territory, erin):
    """Acceptance 9."""
    territory.visibility = Territory.Visibility.PUBLIC
    territory.save()
    today = timezone.localdate()
    house = organization_of(territory, name="Maison Lente")
    stale = listed_service(house, name="Tard", assured_on=today - dt.timedelta(days=184 + 60))
    hidden = listed_service(house, name="Trop tard", assured_on=today - dt.timedelta(days=184 + 185))
    stranger, said = as_user(None), text(page(as_user(None), "results", territory.slug))
    assert "non vérifié depuis le" in said
    assert "Trop tard" not in said
    assert "non vérifié depuis le" in text(page(stranger, "service", territory.slug, stale.uuid))
    assert page(stranger, "service", territory.slug, hidden.uuid).status_code == 404
    team = text(as_user(erin).get(reverse("network:to_check", args=[territory.slug])))
    assert "Trop tard" in team
    assert "n’est plus montré" in team
    assert "Vérifier 2 services" in text(as_user(erin).get(reverse("people:todo")))
    assert Service.objects.filter(pk=hidden.pk).exists()


def test_sql_says_the_state_of_freshness_as_the_rule_does(mons, house):
    today = dt.date(2026, 11, 22)
    for months in (1, 3, 6, 12):
        for ago in (0, 28, 30, 31, 60, 92, 123, 184, 210, 215, 270, 274, 360, 366, 400, 546, 560, None):
            assured = None if ago is None else today - dt.timedelta(days=ago)
            listed_service(house, review_every=months, assured_on=assured, bounces=2 if ago == 28 else 0)
    rows = with_freshness(Service.objects.all(), today)
    assert [one for one in rows if one.freshness_state != freshness_of(one, today).state] == []
    assert {one.freshness_state for one in rows} == {"fresh", "due", "stale", "hidden"}


# --- Lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "results", "organization"])
def test_pages_ask_as_much_of_one_service_as_of_three(client, django_assert_num_queries, django_assert_max_num_queries, mons, house, name):
    args = [mons.slug, house.pk] if name == "organization" else [mons.slug]

    def add(number: int) -> None:
        for _ in range(number):
            one = listed_service(house, terms={"theme": ["sante"], "audience": ["femmes"]})
            received_at(one)
            ServiceContact.objects.create(service=one, phone="065 00 00 00")

    add(1)
    page(client, name, *args)
    with django_assert_max_num_queries(14) as first:
        page(client, name, *args)
    add(2)
    with django_assert_num_queries(len(first)):
        page(client, name, *args)


def test_the_list_of_labels_shows_those_in_force_that_accepted_it(client, mons, house):
    today = timezone.localdate()
    scheme = LabelScheme.objects.create(territory=mons, name="Ici Ami", owner=house)
    version = LabelVersion.objects.create(scheme=scheme, number=1, valid_from=today)

    def award(name: str, **given) -> None:
        said = {"status": "active", "granted_on": today, "valid_until": today, "list_publicly": True, **given}
        LabelAward.objects.create(version=version, organization=organization_of(mons, name=name), asked_on=today, **said)

    yesterday = today - dt.timedelta(days=1)
    award("Café Listé")
    award("Café Discret", list_publicly=False)
    award("Café Expiré", granted_on=yesterday, valid_until=yesterday)
    award("Café Suspendu", status="suspended")
    said = text(page(client, "labelled", mons.slug))
    assert [name for name in ("Listé", "Discret", "Expiré", "Suspendu") if name in said] == ["Listé"]


def test_all_directories_are_browsed_by_region_and_kind(client, mons, service, territory):
    ghent = organization_of(public_territory("gent", "Gent"), name="Regenbooghuis", kind="informal")
    received_at(listed_service(ghent), postal_code="9000")
    listed_service(organization_of(territory, name="Maison Fermée"))
    shy = organization_of(mons, name="Maison Cachée")
    received_at(listed_service(shy), "never", postal_code="1000")

    def names(**query) -> set[str]:
        said = client.get(reverse("directories:home"), query).content.decode()
        return {name for name in ("Maison Claire", "Regenbooghuis", "Maison Fermée", "Maison Cachée") if name in said}

    assert names() == {"Maison Claire", "Regenbooghuis", "Maison Cachée"}
    assert names(region="wallonie") == {"Maison Claire"}
    assert names(region="flandre") == {"Regenbooghuis"}
    assert names(region="bruxelles") == set()
    assert names(genre="informal") == {"Regenbooghuis"}
    assert names(region="wallonie", genre="informal") == set()


def test_the_leaflet_of_a_search_is_tagged_paper_that_says_what_was_asked(client, mons, house, service):
    listed_service(house, name="Permanence", terms={"theme": []})
    paper = PdfReader(BytesIO(page(client, "leaflet", mons.slug, q="écoute").content))
    printed = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "Écoute" in printed
    assert "Permanence" not in printed
    assert "« écoute »" in printed
    assert "vérifié le" in printed
    assert "rue Haute 1" in printed
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert page(client, "leaflet", mons.slug, q="introuvable").status_code == 404


def test_the_vocabulary_is_that_of_the_shipped_reference(db):
    assert isinstance(vocabulary(), Vocabulary)
