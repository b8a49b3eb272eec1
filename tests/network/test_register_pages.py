"""The register on screen: list, fiche, people, places, neighbourhoods, documents; who may see and write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.network.files import PDF
from tissage.network.models import Document, Identifier, Organization, Person, Place
from tissage.network.operations.documents import keep_document
from tissage.network.operations.organizations import add_person, change_organization, create_organization
from tissage.network.operations.places import add_neighbourhoods, add_place
from tissage.people.models import Membership, User

ROOT = "/territoires/sormont/reseau/"
ROLES = {
    "coordinator": "write",
    "plan_manager": "write",
    "facilitator": "read",
    "reader": "read",
    "finance": "read",
    "partner": "",
    "commission": "",
    "councillor": "",
}


def somebody(role: str, territory, now) -> User:
    user = User.objects.create_user(email=f"{role}@example.org", name=role, password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role=role, since=now)
    return user


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


@pytest.fixture
def house(territory, did):
    return create_organization(territory=territory, name="Maison des jeunes", alternate_name="MJ", **did)


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_who_writes_the_register(role, territory, house, now, as_user, did):
    client = as_user(somebody(role, territory, now))
    document = keep_document(territory=territory, title="", kind="", upload_name="a.pdf", content=PDF, organization=house, **did)
    add_neighbourhoods(territory=territory, names=["Gare"], **did)
    reading = ["", f"{house.pk}/", "quartiers/", f"pieces/{document.uuid}/"]
    writing = [
        "nouvelle/",
        f"{house.pk}/modifier/",
        f"{house.pk}/personnes/nouvelle/",
        f"{house.pk}/lieux/nouveau/",
        f"{house.pk}/pieces/nouvelle/",
    ]
    assert {client.get(ROOT + page).status_code for page in reading} == {200 if ROLES[role] else 404}
    assert {client.get(ROOT + page).status_code for page in writing} == {200 if ROLES[role] == "write" else 404}
    sent = client.post(ROOT + "quartiers/", {"names": "Canal"}).status_code
    assert sent == (302 if ROLES[role] == "write" else 404)


def test_an_organisation_is_inscribed_with_its_number(territory, erin, as_user):
    sent = {"name": "La Ruche", "kind": "asbl", "enterprise_number": "BE 0878.502.472", "website": "ruche.example"}
    answer = as_user(erin).post(ROOT + "nouvelle/", sent, follow=True)
    page = answer.content.decode()
    assert "0878.502.472" in page
    assert "La Ruche" in page
    assert Identifier.objects.get().value == "0878502472"


def test_numbers_of_other_registers_are_kept_one_a_line(house, erin, as_user):
    client, place = as_user(erin), f"{ROOT}{house.pk}/modifier/"
    sent = {"name": house.name, "kind": "asbl", "enterprise_number": "0878.502.472"}
    page = client.post(place, {**sent, "other_numbers": "FASE : 2345\nNIS: 53053"}, follow=True).content.decode()
    assert "<dt>FASE</dt><dd>2345</dd>" in page
    assert "FASE : 2345\nNIS : 53053" in client.get(place).content.decode()
    client.post(place, {**sent, "other_numbers": "NIS : 53053"})
    assert dict(Identifier.objects.values_list("scheme", "value")) == {"BE-BCE_KBO": "0878502472", "NIS": "53053"}
    for wrong in ("2345", "FASE : 1\nFASE : 2", "be-bce_kbo : 0878502472"):
        assert "Ligne " in client.post(place, {**sent, "other_numbers": wrong}).content.decode()
    assert Identifier.objects.count() == 2


def test_a_wrong_number_is_refused_in_words_and_nothing_typed_is_lost(territory, erin, as_user):
    page = as_user(erin).post(ROOT + "nouvelle/", {"name": "La Ruche", "kind": "asbl", "enterprise_number": "0878502473"}).content.decode()
    assert "Un chiffre est faux" in page
    assert 'value="0878502473"' in page
    assert not Organization.objects.exists()


def test_the_same_name_is_refused_with_a_link_to_the_other(territory, house, erin, as_user):
    page = as_user(erin).post(ROOT + "nouvelle/", {"name": "MAISON des jeunes", "kind": "asbl"}).content.decode()
    assert "Elle est déjà inscrite" in page
    assert f'href="{ROOT}{house.pk}/"' in page
    assert Organization.objects.count() == 1


def test_the_same_number_is_refused_with_a_link_to_the_other(territory, house, did, erin, as_user):
    change_organization(organization=house, enterprise_number="0878502472", **did)
    page = as_user(erin).post(ROOT + "nouvelle/", {"name": "Autre", "kind": "asbl", "enterprise_number": "0878502472"}).content.decode()
    assert "Ce numéro est déjà celui de" in page
    assert f'href="{ROOT}{house.pk}/"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_questions_for_one_as_for_three(
    count, territory, did, erin, as_user, django_assert_num_queries, nobody_downstream
):
    for number in range(count):
        parent = create_organization(territory=territory, name=f"Parent {number}", **did)
        one = create_organization(territory=territory, name=f"Organisation {number}", parent=parent, **did)
        add_person(organization=one, display_name="Agnès", **did)
    client = as_user(erin)
    client.get(ROOT)
    with django_assert_num_queries(8):
        assert client.get(ROOT).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_fiche_asks_as_many_questions_for_one_as_for_three(
    count, territory, house, did, erin, as_user, django_assert_num_queries, nobody_downstream
):
    for number in range(count):
        create_organization(territory=territory, name=f"Antenne {number}", parent=house, **did)
        add_person(organization=house, display_name=f"Agnès {number}", user=erin, **did)
        add_place(organization=house, name=f"Local {number}", **did)
        keep_document(territory=territory, title="", kind="", upload_name="a.pdf", content=PDF, organization=house, **did)
    client = as_user(erin)
    client.get(f"{ROOT}{house.pk}/")
    with django_assert_num_queries(12):
        assert client.get(f"{ROOT}{house.pk}/").status_code == 200


def test_the_list_is_searched_filtered_and_says_what_it_hides(territory, house, did, erin, as_user):
    create_organization(territory=territory, name="Zone de police", kind="police", **did)
    gone = create_organization(territory=territory, name="Amicale éteinte", **did)
    change_organization(organization=gone, closed_on=dt.date(2024, 1, 1), **did)
    client = as_user(erin)

    def names(query):
        page = client.get(ROOT + query).content.decode()
        return [name for name in ("Maison des jeunes", "Zone de police", "Amicale éteinte") if name in page]

    assert names("") == ["Maison des jeunes", "Zone de police"]
    assert "1 qui a fermé est masquée" in client.get(ROOT).content.decode()
    assert names("?q=MJ") == ["Maison des jeunes"]
    assert names("?genre=police") == ["Zone de police"]
    assert names("?fermees=on&q=eteinte") == ["Amicale éteinte"]
    assert "Aucune organisation ne répond" in client.get(ROOT + "?q=zzz").content.decode()


def test_the_search_box_finds_organisations_of_my_territories_only(territory, other_territory, house, did, dora, erin, as_user):
    create_organization(territory=other_territory, name="Maison secrète", by=dora, now=did["now"])
    page = as_user(erin).get("/recherche/?q=maison").content.decode()
    assert f"{ROOT}{house.pk}/" in page
    assert "secrète" not in page


def test_a_place_never_given_keeps_no_street(territory, house, erin, as_user):
    client = as_user(erin)
    sent = {"name": "Refuge", "kind": "physical", "address_visibility": "on_request", "street": "rue du Canari 3"}
    client.post(f"{ROOT}{house.pk}/lieux/nouveau/", sent)
    place = Place.objects.get()
    assert "rue du Canari 3" in client.get(f"{ROOT}{house.pk}/").content.decode()
    client.post(f"{ROOT}{house.pk}/lieux/{place.pk}/", {**sent, "address_visibility": "never"})
    place.refresh_from_db()
    assert (place.street, place.address_visibility) == ("", "never")
    assert "Canari" not in client.get(f"{ROOT}{house.pk}/").content.decode()


def test_neighbourhoods_are_pasted_renamed_taken_off_and_put_back(territory, erin, as_user):
    client = as_user(erin)
    client.post(ROOT + "quartiers/", {"names": "La Gare\r\n\r\nCité  du Coq\r\nla gare\r\n"})
    assert list(Place.objects.values_list("name", flat=True)) == ["Cité du Coq", "La Gare"]
    page = client.post(ROOT + "quartiers/", {"names": "LA GARE"}, follow=True).content.decode()
    assert "Tous étaient déjà dans la liste" in page
    gare = Place.objects.get(name="La Gare")
    refused = client.post(f"{ROOT}quartiers/{gare.pk}/renommer/", {"name": "cite du coq"}).content.decode()
    assert "porte déjà ce nom" in refused
    client.post(f"{ROOT}quartiers/{gare.pk}/renommer/", {"name": "Gare et environs"})
    client.post(f"{ROOT}quartiers/{gare.pk}/retirer/", {"on": "2026-11-01"})
    gare.refresh_from_db()
    assert (gare.name, gare.ended_on) == ("Gare et environs", dt.date(2026, 11, 1))
    client.post(f"{ROOT}quartiers/{gare.pk}/remettre/")
    gare.refresh_from_db()
    assert gare.ended_on is None


def test_a_document_is_given_as_a_file_to_keep_and_to_nobody_else(territory, house, erin, bob, dora, charlie, as_user):
    given = SimpleUploadedFile("Convention « été ».pdf", PDF)
    as_user(erin).post(f"{ROOT}{house.pk}/pieces/nouvelle/", {"file": given, "visibility": "private"})
    document = Document.objects.get()
    url = f"{ROOT}pieces/{document.uuid}/"
    answer = as_user(bob).get(url)
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "private, no-store")
    assert {as_user(one).get(url).status_code for one in (dora, charlie)} == {404}
    assert as_user(None).get(url).status_code == 302


def test_a_page_disguised_as_a_document_is_refused_beside_the_field(territory, house, erin, as_user):
    sent = {"file": SimpleUploadedFile("avis.pdf", b"<script>alert(1)</script>"), "visibility": "private"}
    page = as_user(erin).post(f"{ROOT}{house.pk}/pieces/nouvelle/", sent).content.decode()
    assert "pas celui d’un fichier PDF" in page
    assert not Document.objects.exists()


def test_a_person_of_contact_is_added_ended_and_erased(territory, house, erin, bob, as_user, other_territory, dora):
    client = as_user(erin)
    form = client.get(f"{ROOT}{house.pk}/personnes/nouvelle/").content.decode()
    assert ("Bob" in form, "Dora" in form) == (True, False)
    sent = {"display_name": "Agnès", "role": "direction", "email": "agnes@example.org", "user": bob.pk}
    client.post(f"{ROOT}{house.pk}/personnes/nouvelle/", sent)
    agnes = Person.objects.get()
    assert (agnes.user, agnes.territory) == (bob, territory)
    client.post(f"{ROOT}{house.pk}/personnes/{agnes.pk}/", {**sent, "ended_on": "2026-10-01"})
    page = client.get(f"{ROOT}{house.pk}/").content.decode()
    assert "1 personne qui a quitté sa fonction" in page
    client.post(f"{ROOT}{house.pk}/personnes/{agnes.pk}/effacer/")
    assert not Person.objects.exists()


def test_the_register_has_its_part_in_the_menu_of_those_who_read_it(territory, bob, now, as_user):
    assert 'id="more-network"' in as_user(bob).get(ROOT).content.decode()
    councillor = somebody("councillor", territory, now)
    assert ROOT not in as_user(councillor).get("/territoires/sormont/").content.decode()
