"""Services on screen: who may, the list, the sheet section by section, publishing, history, and « Mon organisation »."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.network.files import PDF
from tissage.network.models import Document, FieldChange, LabelAward, LabelScheme, LabelVersion, Organization, Place, Service
from tissage.network.operations import services as operations
from tissage.network.operations.organizations import create_organization
from tissage.network.operations.places import add_place
from tissage.people.models import Entry, Membership, User

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
EDITING = (
    "service/",
    "pour-qui/",
    "comment-faire/",
    "prix/",
    "verification/",
    "accueil/",
    "archiver/",
    "contacts/nouveau/",
    "lieux/nouveau/",
)
DOING = ("publier/", "verifie/", "reprendre/")


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


@pytest.fixture
def house(territory, did):
    return create_organization(territory=territory, name="Maison ouverte", email="bonjour@maison.example", phone="065 11 11 11", **did)


@pytest.fixture
def service(house, did):
    return operations.create_service(organization=house, name="Écoute secrète", **did)


@pytest.fixture
def own(chantecler, did):
    """A service of the association that Petra speaks for."""
    return operations.create_service(organization=chantecler, name="Atelier du matin", **did)


def at(service: Service, page: str = "") -> str:
    return f"{ROOT}services/{service.uuid}/{page}"


def complete(service: Service, did, **more) -> None:
    words = {"audience": ["jeunes"], "theme": ["sante-mentale"], "reception": ["a-distance"], "contact_mode": ["telephoner"]}
    operations.change_service(
        service=service, area="Mons", who_may_use="public", assured_on=timezone.localdate(), terms=words, **did, **more
    )
    operations.add_contact(service=service, phone="065 00 00 00", **did)


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_who_edits_the_services_of_a_territory(role, territory, service, now, as_user):
    user = User.objects.create_user(email=f"{role}@example.org", name=role)
    Membership.objects.create(user=user, territory=territory, role=role, since=now)
    client, may = as_user(user), ROLES[role]
    reading = [f"{ROOT}services/", at(service), at(service, "historique/")]
    assert {client.get(page).status_code for page in reading} == {200 if may else 404}
    editing = [f"{ROOT}services/nouveau/", f"{ROOT}mon-organisation/{service.organization_id}/services/nouveau/"]
    editing += [at(service, page) for page in EDITING]
    assert {client.get(page).status_code for page in editing} == {200 if may == "write" else 404}
    assert {client.post(at(service, page)).status_code for page in DOING} == {302 if may == "write" else 404}


def test_a_partner_edits_its_own_services_and_meets_nothing_of_others(territory, petra, own, service, chantecler, house, did, as_user):
    client = as_user(petra)
    home = client.get(f"{ROOT}mon-organisation/").content.decode()
    assert "Atelier du matin" in home
    assert "Écoute secrète" not in home
    assert {client.get(at(own, page)).status_code for page in ("", "historique/", *EDITING)} == {200}
    assert {client.get(at(service, page)).status_code for page in ("", "historique/", *EDITING)} == {404}
    assert {client.post(at(service, page)).status_code for page in DOING} == {404}
    theirs = add_place(organization=house, name="Chez eux", street="rue Cachée 9", **did)
    contact = operations.add_contact(service=service, phone="065 22 22 22", **did)
    change = FieldChange.objects.filter(service=service).order_by("pk").first()
    asked = [
        f"{ROOT}services/",
        f"{ROOT}mon-organisation/{house.pk}/modifier/",
        f"{ROOT}mon-organisation/{house.pk}/services/nouveau/",
        f"{ROOT}mon-organisation/{house.pk}/lieux/{theirs.pk}/",
        f"{ROOT}mon-organisation/{chantecler.pk}/lieux/{theirs.pk}/",
        at(service, f"contacts/{contact.pk}/"),
        at(own, f"contacts/{contact.pk}/"),
    ]
    assert {client.get(page).status_code for page in asked} == {404}
    assert client.post(at(own, f"historique/{change.pk}/revenir/")).status_code == 404
    answer = client.post(at(own, "lieux/nouveau/"), {"place": theirs.pk, "opening_hours": ""})
    assert "rue Cachée 9" not in answer.content.decode()
    assert not own.at_places.exists()


def test_what_a_partner_changes_is_kept_as_its_own(petra, own, as_user):
    as_user(petra).post(at(own, "prix/"), {"fee": "free", "capacity": "open", "fee_note": "", "alert": ""})
    own.refresh_from_db()
    assert (own.fee, own.capacity, own.capacity_on) == ("free", "open", timezone.localdate())
    assert set(FieldChange.objects.filter(service=own, by=petra).values_list("origin", flat=True)) == {"member"}


def test_a_partner_keeps_its_sheet_but_not_its_name(petra, chantecler, as_user):
    sent = {
        "name": "Usurpée",
        "kind": "police",
        "alternate_name": "Le Chant",
        "description": "Une maison.",
        "email": "",
        "phone": "065",
        "website": "",
    }
    answer = as_user(petra).post(f"{ROOT}mon-organisation/{chantecler.pk}/modifier/", sent, follow=True)
    chantecler.refresh_from_db()
    assert (chantecler.name, chantecler.kind, chantecler.alternate_name, chantecler.phone) == ("Chantecler", "asbl", "Le Chant", "065")
    assert "Une maison." in answer.content.decode()
    assert Entry.objects.filter(actor=petra).values_list("verb", flat=True).get() == "network.change_organization"


def test_a_partner_finds_its_organisation_from_the_page_of_its_territory(petra, own, as_user):
    page = as_user(petra).get("/territoires/sormont/", follow=True).content.decode()
    assert f'href="{ROOT}mon-organisation/"' in page


def test_a_partner_linked_to_nobody_is_told_whom_to_ask(territory, now, as_user):
    user = User.objects.create_user(email="seule@example.org", name="Seule")
    Membership.objects.create(user=user, territory=territory, role="partner", since=now)
    assert "pas encore relié" in as_user(user).get(f"{ROOT}mon-organisation/").content.decode()


def test_a_partner_whose_role_ended_meets_nothing(petra, own, now, as_user):
    Membership.objects.filter(user=petra).update(ended_at=now)
    assert {as_user(petra).get(page).status_code for page in (at(own), f"{ROOT}mon-organisation/")} == {404}


def test_the_sheet_says_what_is_missing_with_the_way_to_each_field(service, erin, as_user):
    page = as_user(erin).get(at(service)).content.decode()
    for section in ("service/#id_area", "pour-qui/#id_audiences", "comment-faire/#id_receptions", "service/#id_themes"):
        assert f'href="{at(service, section)}"' in page
    assert "Publier la fiche" not in page
    answer = as_user(erin).post(at(service, "publier/"), follow=True).content.decode()
    assert "Il manque encore 5 points avant de publier" in answer


def test_a_whole_sheet_is_published_archived_and_taken_up_again(service, erin, did, as_user):
    complete(service, did)
    client = as_user(erin)
    assert "Publier la fiche" in client.get(at(service)).content.decode()
    client.post(at(service, "publier/"))
    assert "Tout est exact aujourd’hui" in client.get(at(service)).content.decode()
    client.post(at(service, "archiver/"))
    assert "Reprendre la fiche" in client.get(at(service)).content.decode()
    assert "Écoute secrète" not in client.get(f"{ROOT}services/").content.decode()
    assert "Écoute secrète" in client.get(f"{ROOT}services/?archives=on").content.decode()
    client.post(at(service, "reprendre/"))
    service.refresh_from_db()
    assert service.publication == "draft"


def test_the_score_is_explained_line_by_line(service, erin, did, as_user):
    complete(service, did, fee="paid", description="d" * 120)
    page = as_user(erin).get(at(service)).content.decode()
    assert "0,88" in page  # modes 1, audience 1, theme 1, means 1, phone 1, check 1, price ½, description ½: 7 of 8
    assert page.count("0,5 sur 1") == 2
    assert page.count("ne s’applique pas") == 2


def test_a_section_is_written_and_an_old_value_comes_back(service, erin, as_user):
    client = as_user(erin)
    sent = {"name": "Écoute", "description": "", "status": "active", "area": "Mons", "themes": ["sante-mentale", "sante"]}
    client.post(at(service, "service/"), sent)
    service.refresh_from_db()
    assert (service.name, service.area) == ("Écoute", "Mons")
    page = client.get(at(service, "service/")).content.decode()
    assert 'value="sante-mentale" id="id_themes_sante-mentale" checked' in page
    history = client.get(at(service, "historique/")).content.decode()
    assert "Santé, Santé mentale" in history
    change = FieldChange.objects.get(service=service, field="name")
    client.post(at(service, f"historique/{change.pk}/revenir/"))
    service.refresh_from_db()
    assert service.name == "Écoute secrète"


def test_everybody_stands_alone(service, erin, as_user):
    sent = {"audiences": ["tous-publics", "jeunes"], "interpretation": "none"}
    page = as_user(erin).post(at(service, "pour-qui/"), sent).content.decode()
    assert "se coche seul" in page
    assert not service.terms.exists()


def test_hours_typed_in_french_are_read_back_in_words(service, house, erin, did, as_user):
    place = add_place(organization=house, name="Accueil", address_visibility="never", street="rue Cachée 9", **did)
    client = as_user(erin)
    wrong = client.post(at(service, "lieux/nouveau/"), {"place": place.pk, "opening_hours": "le matin"}).content.decode()
    assert "Écrivez par exemple" in wrong
    assert 'value="le matin"' in wrong
    page = client.post(at(service, "lieux/nouveau/"), {"place": place.pk, "opening_hours": "Lu-Ve 9h-12h"}, follow=True).content.decode()
    assert "Du lundi au vendredi" in page
    assert "de 9\u00a0h à 12\u00a0h" in page
    assert "Adresse jamais donnée" in page


def test_a_contact_needs_a_way_to_be_reached_and_starts_from_the_organisation(service, erin, as_user):
    client = as_user(erin)
    assert 'value="065 11 11 11"' in client.get(at(service, "contacts/nouveau/")).content.decode()
    assert "Donnez un téléphone" in client.post(at(service, "contacts/nouveau/"), {"visibility": "public"}).content.decode()
    client.post(at(service, "contacts/nouveau/"), {"visibility": "hidden", "email": "equipe@example.org"})
    contact = service.contacts.get()
    assert contact.visibility == "hidden"
    client.post(at(service, f"contacts/{contact.pk}/retirer/"))
    assert not service.contacts.exists()


def test_trained_is_refused_on_screen_without_a_proof_in_force(territory, service, house, erin, as_user):
    scheme = LabelScheme.objects.create(territory=territory, name="Ici Ami.e.x", owner=house)
    version = LabelVersion.objects.create(scheme=scheme, number=1, valid_from=dt.date(2024, 1, 1))
    given = {
        "version": version,
        "organization": house,
        "status": "active",
        "asked_on": dt.date(2020, 1, 1),
        "granted_on": dt.date(2020, 1, 1),
    }
    award = LabelAward.objects.create(**given, valid_until=dt.date(2021, 1, 1))
    client = as_user(erin)
    for sent in ({}, {"evidence_award": award.pk}):
        page = client.post(at(service, "accueil/"), {"lgbtqi_scope": "trained", **sent}).content.decode()
        assert "demande un label ou une qualification" in page
    LabelAward.objects.update(valid_until=timezone.localdate())
    client.post(at(service, "accueil/"), {"lgbtqi_scope": "trained", "evidence_award": award.pk})
    service.refresh_from_db()
    assert service.lgbtqi_scope == "trained"
    LabelAward.objects.update(valid_until=dt.date(2021, 3, 3))
    assert "Formation expirée le 3 mars 2021" in client.get(at(service)).content.decode()


def test_dedicated_asks_for_the_statement_and_keeps_it_from_the_public(service, erin, as_user):
    client = as_user(erin)
    assert "demande la déclaration" in client.post(at(service, "accueil/"), {"lgbtqi_scope": "dedicated"}).content.decode()
    assert not Document.objects.exists()
    client.post(at(service, "accueil/"), {"lgbtqi_scope": "dedicated", "statement": SimpleUploadedFile("statuts.pdf", PDF)})
    service.refresh_from_db()
    assert service.lgbtqi_scope == "dedicated"
    assert (service.evidence_document.visibility, service.evidence_document.organization) == ("private", service.organization)


@pytest.mark.usefixtures("nobody_downstream")
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(count, house, erin, did, as_user, django_assert_num_queries):
    for place in range(count):
        complete(operations.create_service(organization=house, name=f"Service {place}", **did), did)
    client = as_user(erin)
    client.get(f"{ROOT}services/")
    with django_assert_num_queries(9):
        assert f"{count} service" in client.get(f"{ROOT}services/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("publication=published", ["Entier"]),
        ("manque=on", ["Brouillon", "Écoute secrète"]),
        ("verification=fresh", ["Entier"]),
        ("q=maison+brouillon", ["Brouillon"]),
        ("organisation=house", ["Brouillon", "Entier", "Écoute secrète"]),
    ],
)
def test_the_list_is_narrowed(asked, found, service, own, house, erin, did, as_user):
    operations.create_service(organization=house, name="Brouillon", **did)
    whole = operations.create_service(organization=house, name="Entier", **did)
    complete(whole, did)
    operations.publish_service(service=whole, **did)
    Service.objects.filter(pk=own.pk).update(area="Mons")
    page = as_user(erin).get(f"{ROOT}services/?{asked.replace('house', str(house.pk))}")
    names = [one.name for one in page.context["page"] if one.organization_id == house.pk]
    assert sorted(names) == sorted(found)


def test_a_place_noted_on_the_way_comes_back_to_the_sheet(petra, own, chantecler, as_user):
    client = as_user(petra)
    new = f"{ROOT}mon-organisation/{chantecler.pk}/lieux/nouveau/?service={own.uuid}"
    assert new in client.get(at(own, "lieux/nouveau/")).content.decode()
    sent = {"name": "Atelier", "kind": "physical", "address_visibility": "public", "street": "rue du Test 1", "postal_code": "7000"}
    answer = client.post(new, sent)
    assert answer["Location"] == at(own, "lieux/nouveau/")
    assert Place.objects.get(name="Atelier").organization == Organization.objects.get(pk=chantecler.pk)
