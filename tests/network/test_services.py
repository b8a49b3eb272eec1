"""Services: the sheet and its history, the gate, the scope tied to its proof (acceptance 8 and 10), hours in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tissage.core.publication_gate import Gap, missing
from tissage.network.exchange.opening_hours import WrongHours, check_hours, weekly
from tissage.network.models import FieldChange, LabelAward, LabelScheme, LabelVersion, Place, Qualification, Service, ServiceTerm, Training
from tissage.network.operations import services as operations
from tissage.network.operations.organizations import create_organization
from tissage.network.operations.places import add_place
from tissage.network.queries.services import WITH_EVIDENCE, awards_in_force, facts_of, shown_scope, team_list
from tissage.people.models import Entry

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


@pytest.fixture
def house(territory, did):
    return create_organization(territory=territory, name="Maison ouverte", email="bonjour@maison.example", **did)


@pytest.fixture
def service(house, did):
    return operations.create_service(organization=house, name="Écoute", short_description="Un temps pour parler.", **did)


@pytest.fixture
def whole(service, house, did):
    """The same, with all that the gate asks."""
    operations.change_service(
        service=service,
        area="Mons",
        who_may_use="public",
        assured_on=TODAY,
        terms={"audience": ["jeunes"], "theme": ["sante-mentale"], "reception": ["en-presentiel"], "contact_mode": ["telephoner"]},
        **did,
    )
    operations.add_contact(service=service, phone="065 00 00 00", **did)
    place = add_place(organization=house, name="Accueil", address_visibility="public", street="rue du Test 1", postal_code="7000", **did)
    operations.place_service(service=service, place=place, opening_hours="Lu-Ve 9h-12h", **did)
    return service


@pytest.fixture
def award(territory, house):
    scheme = LabelScheme.objects.create(territory=territory, name="Ici Ami.e.x", owner=house)
    version = LabelVersion.objects.create(scheme=scheme, number=1, valid_from=dt.date(2024, 1, 1))
    return LabelAward.objects.create(
        version=version,
        organization=house,
        status="active",
        asked_on=dt.date(2025, 1, 1),
        granted_on=dt.date(2025, 2, 1),
        valid_until=dt.date(2026, 12, 31),
    )


def test_a_new_sheet_is_a_draft_that_strangers_do_not_read(service):
    assert (service.publication, service.review_every, service.lgbtqi_scope) == ("draft", 6, "unknown")
    assert not Service.objects.published().exists()


def test_an_organisation_has_a_service_of_one_name_once(service, house, did):
    with pytest.raises(operations.AlreadyThere, match="déjà un service « Écoute »"):
        operations.create_service(organization=house, name="  Écoute ", **did)


def test_each_change_keeps_what_stood_before_and_the_journal_names_fields_only(service, did, erin):
    changed = operations.change_service(service=service, area="Mons", terms={"audience": ["femmes", "jeunes"]}, **did)
    assert changed == ["area", "audience"]
    operations.change_service(service=service, area="Mons et environs", terms={"audience": ["jeunes"]}, origin="member", **did)
    kept = (
        FieldChange.objects.filter(service=service).exclude(field="publication").order_by("pk").values_list("field", "old", "new", "origin")
    )
    assert list(kept) == [
        ("area", "", "Mons", "team"),
        ("audience", "", "femmes, jeunes", "team"),
        ("area", "Mons", "Mons et environs", "member"),
        ("audience", "femmes, jeunes", "jeunes", "member"),
    ]
    line = Entry.objects.filter(verb="network.change_service").order_by("-pk").first()
    assert line.fields == ["area", "audience"]
    assert "environs" not in str(line.__dict__)


def test_nothing_changed_writes_nothing(service, did):
    before = (service.modified_at, FieldChange.objects.count(), Entry.objects.count())
    later = {**did, "now": did["now"] + dt.timedelta(days=1)}
    assert operations.change_service(service=service, name="Écoute", terms={"audience": []}, **later) == []
    service.refresh_from_db()
    assert (service.modified_at, FieldChange.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("field", "first", "then"),
    [("area", "Mons", "Ath"), ("min_age", None, 12), ("alert_until", None, TODAY), ("noindex", False, True), ("fee", "unknown", "free")],
)
def test_an_old_value_comes_back_and_that_is_one_more_change(service, did, field, first, then):
    operations.change_service(service=service, **{field: first}, **did)
    operations.change_service(service=service, **{field: then}, **did)
    last = FieldChange.objects.filter(service=service, field=field).order_by("-pk").first()
    count = FieldChange.objects.count()
    assert operations.put_field_back(change=last, **did) == [field]
    service.refresh_from_db()
    assert getattr(service, field) == first
    assert FieldChange.objects.count() == count + 1
    assert operations.put_field_back(change=last, **did) == []


def test_words_come_back_too(service, did):
    operations.change_service(service=service, terms={"theme": ["sante-mentale", "logement-hebergement"]}, **did)
    operations.change_service(service=service, terms={"theme": []}, **did)
    operations.put_field_back(change=FieldChange.objects.filter(field="theme").order_by("-pk").first(), **did)
    assert set(ServiceTerm.objects.filter(service=service, kind="theme").values_list("code", flat=True)) == {
        "sante-mentale",
        "logement-hebergement",
    }


def test_a_sheet_is_published_once_it_says_what_it_must(service, did):
    with pytest.raises(operations.NotReady) as refusal:
        operations.publish_service(service=service, **did)
    assert refusal.value.gaps == [Gap.CONTACT, Gap.AREA, Gap.RECEPTION, Gap.AUDIENCE, Gap.THEME]
    service.refresh_from_db()
    assert service.publication == "draft"


def test_publishing_archiving_and_coming_back(whole, did):
    operations.publish_service(service=whole, **did)
    assert list(Service.objects.published()) == [whole]
    operations.archive_service(service=whole, **did)
    assert not Service.objects.published().exists()
    operations.restore_service(service=whole, **did)
    assert whole.publication == "draft"
    moves = FieldChange.objects.filter(service=whole, field="publication").order_by("pk").values_list("new", flat=True)
    assert list(moves) == ["draft", "published", "archived", "draft"]


def test_a_contact_of_the_team_alone_opens_no_gate(whole, did):
    contact = whole.contacts.get()
    operations.change_contact(contact=contact, visibility="hidden", **did)
    with pytest.raises(operations.NotReady) as refusal:
        operations.publish_service(service=whole, **did)
    assert refusal.value.gaps == [Gap.CONTACT]


@pytest.mark.parametrize(
    ("visibility", "street", "gaps"),
    [("public", "", [Gap.ADDRESS]), ("never", "", []), ("on_request", "rue du Test 1", []), ("area_only", "", [])],
)
def test_only_a_public_address_owes_its_street(whole, visibility, street, gaps):
    Place.objects.filter(name="Accueil").update(address_visibility=visibility, street=street)
    facts = facts_of(Service.objects.get(), TODAY)
    assert missing(facts) == gaps
    assert facts.has_address is (visibility != "public")


@pytest.mark.django_db
def test_the_list_of_the_team_and_the_gate_give_the_same_answer(whole, house, did):
    """The gate is said twice, in Python and in SQL: each gap alone, and none."""
    for place, change in enumerate(
        [{"area": ""}, {"status": "defunct"}, {"terms": {"theme": []}}, {"terms": {"reception": ["a-distance"]}}]
    ):
        other = operations.create_service(organization=house, name=f"Autre {place}", area="Mons", **did)
        operations.add_contact(service=other, email="a@example.org", visibility="professionals", **did)
        words = {"audience": ["jeunes"], "theme": ["sante-mentale"], "reception": ["en-presentiel"] if place % 2 else ["a-distance"]}
        operations.change_service(service=other, terms=words, **did)
        operations.change_service(service=other, **change, **did)
    found = {one.name: one.is_incomplete for one in team_list(whole.territory, TODAY)}
    assert found == {one.name: bool(missing(facts_of(one, TODAY))) for one in Service.objects.all()}
    assert set(found.values()) == {True, False}


def test_a_check_makes_the_sheet_fresh_and_forgets_mails_that_came_back(service, did, erin):
    Service.objects.filter(pk=service.pk).update(bounces=2)
    operations.assure_service(service=service, on=TODAY, origin="review", **did)
    assert (service.assured_on, service.assured_by, service.bounces) == (TODAY, erin, 0)


@pytest.mark.parametrize("evidence", ["none", "expired", "of another", "withdrawn"])
def test_trained_is_not_saved_without_a_proof_in_force(service, award, territory, did, evidence):
    if evidence == "expired":
        LabelAward.objects.update(valid_until=TODAY - dt.timedelta(days=1))
    if evidence == "withdrawn":
        LabelAward.objects.update(status="withdrawn")
    if evidence == "of another":
        LabelAward.objects.update(organization=create_organization(territory=territory, name="Voisine", **did))
    award.refresh_from_db()
    given = {} if evidence == "none" else {"evidence_award": award}
    with pytest.raises(operations.ScopeWithoutEvidence):
        operations.change_service(service=service, lgbtqi_scope="trained", **given, **did)
    with pytest.raises(operations.ScopeWithoutEvidence):
        operations.create_service(organization=service.organization, name="Autre", lgbtqi_scope="trained", **given, **did)
    service.refresh_from_db()
    assert service.lgbtqi_scope == "unknown"
    assert not Service.objects.filter(name="Autre").exists()


def test_the_day_after_expiry_a_service_is_no_longer_said_to_be_trained(service, award, did):
    assert list(awards_in_force(service.organization, TODAY)) == [award]
    operations.change_service(service=service, lgbtqi_scope="trained", evidence_award=award, **did)
    last, next_day = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    assert shown_scope(service, last).code == "trained"
    assert shown_scope(service, last).sentence == "personnel formé : Ici Ami.e.x"
    assert (shown_scope(service, next_day).code, shown_scope(service, next_day).sentence) == (
        "open",
        "formation expirée le 31 décembre 2026",
    )
    LabelAward.objects.update(status="suspended")
    assert shown_scope(Service.objects.get(), last).code == "open"
    LabelAward.objects.all().delete()
    assert shown_scope(Service.objects.get(), last).code == "open"


def test_a_qualification_is_a_proof_until_the_day_it_expires(service, territory, did):
    training = Training.objects.create(territory=territory, title="Accueillir", gives_qualification=True)
    held = Qualification.objects.create(
        organization=service.organization, training=training, granted_on=dt.date(2026, 1, 1), expires_on=dt.date(2027, 1, 1)
    )
    operations.change_service(service=service, lgbtqi_scope="trained", evidence_qualification=held, **did)
    assert shown_scope(service, dt.date(2026, 12, 31)).sentence == "personnel formé : Accueillir"
    assert shown_scope(service, dt.date(2027, 1, 1)).sentence == "formation expirée le 1 janvier 2027"


def test_a_scope_is_said_without_asking_more(service, award, did, django_assert_num_queries):
    operations.change_service(service=service, lgbtqi_scope="trained", evidence_award=award, **did)
    [found] = Service.objects.select_related(*WITH_EVIDENCE)
    with django_assert_num_queries(0):
        assert shown_scope(found, TODAY).code == "trained"


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("Lu-Ve 9h-12h, 13h30-17h ; Sa 10h-12h", "Mo-Fr 09:00-12:00,13:30-17:00; Sa 10:00-12:00",
         [("du lundi au vendredi", "de 9 h à 12 h et de 13 h 30 à 17 h"), ("samedi", "de 10 h à 12 h")]),
        ("mardi et jeudi de 14h à 16h", "Tu,Th 14:00-16:00", [("mardi et jeudi", "de 14 h à 16 h")]),
        ("Mo-Fr 09:00-12:00; We off", "Mo-Fr 09:00-12:00; We closed", [("lundi, mardi, jeudi et vendredi", "de 9 h à 12 h")]),
        ("We[1] 14:00-16:00", "We[1] 14:00-16:00", [("le premier mercredi du mois", "de 14 h à 16 h")]),
        ("Fr 20:00-02:00; PH off", "Fr 20:00-02:00; PH closed", [("vendredi", "de 20 h à 2 h"), ("jours fériés", "fermé")]),
        ('Mo 09:00-12:00 "sur rendez-vous"', 'Mo 09:00-12:00 "sur rendez-vous"', [("lundi", "de 9 h à 12 h"), ("à savoir", "sur rendez-vous")]),
        ("24/7", "24/7", [("tous les jours", "jour et nuit")]),
        ("  ", "", []),
    ],
)  # fmt: skip
def test_hours_are_checked_by_the_library_and_said_back_in_words(typed, kept, said):
    assert check_hours(typed) == kept
    assert [(days, when.replace("\u00a0", " ")) for days, when in weekly(kept)] == said


@pytest.mark.parametrize("typed", ["quand on veut", "Lu-Ve 9h-73h", "Mo-Fr 09:00", "Lu" * 200])
def test_hours_that_do_not_read_are_refused_with_an_example(typed):
    with pytest.raises(WrongHours, match="Lu-Ve 9h-12h"):
        check_hours(typed)


def test_a_place_said_again_changes_its_hours_and_keeps_no_street_in_the_history(whole, did):
    place = Place.objects.get(name="Accueil")
    operations.place_service(service=whole, place=place, opening_hours="Sa 10:00-12:00", **did)
    assert whole.at_places.get().opening_hours == "Sa 10:00-12:00"
    kept = FieldChange.objects.filter(field="place").order_by("pk").values_list("old", "new")
    assert list(kept) == [("", "Accueil · Mo-Fr 09:00-12:00"), ("Accueil · Mo-Fr 09:00-12:00", "Accueil · Sa 10:00-12:00")]
    operations.take_from_place(at_place=whole.at_places.get(), **did)
    assert not whole.at_places.exists()
    assert Place.objects.filter(name="Accueil").exists()


def test_today_is_the_day_of_the_town_not_of_greenwich(service, award, did):
    """At 23:30 UTC on 31 December it is already 2027 in Mons: the award of 2026 proves nothing any more."""
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert timezone.localdate(late) == dt.date(2027, 1, 1)
    with pytest.raises(operations.ScopeWithoutEvidence):
        operations.change_service(service=service, lgbtqi_scope="trained", evidence_award=award, by=did["by"], now=late)
