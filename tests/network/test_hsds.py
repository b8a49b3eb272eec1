"""The open interface: what it lists, how filters combine, what every answer is held to, and who is named in it (nobody)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from tests.network.listed import listed_service, organization_of, public_territory, received_at, whole_service
from tissage.core.merge_patch import merge_patch
from tissage.network.api import openapi_document
from tissage.network.exchange.hsds import schemas
from tissage.network.exchange.hsds.identities import taxonomy_id, term_id
from tissage.network.models import Identifier, OrganizationMerge, Person, Service, ServiceContact


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    caches["process"].clear()


@pytest.fixture
def mons(db):
    return public_territory()


@pytest.fixture
def house(mons):
    parent = organization_of(mons, name="CPAS de Mons", kind="cpas")
    Identifier.objects.create(organization=parent, scheme="BE-BCE_KBO", value="0207.889.113")
    return organization_of(mons, name="Maison des droits", parent=parent, website="https://exemple.be")


def ask(address: str, **query: Any) -> Any:
    answer = Client().get(f"/hsds/{address}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(found: dict[str, Any]) -> list[str]:
    return [one["name"] for one in found["contents"]]


def held_to(name: str, answer: Any) -> list[str]:
    """What is wrong with an answer by the schema of this name."""
    schema = {"components": {"schemas": schemas.schemas()}, "$ref": f"#/components/schemas/{name}"}
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(answer)]


def test_every_answer_is_held_to_the_published_schemas(house):
    service = whole_service(house)
    bare = listed_service(house)
    for level in ("area_only", "on_request", "never"):
        received_at(bare, level)
    at = service.at_places.get()
    term = term_id("theme", "sante")
    wanted = {
        "": "about",
        "profile": "profile",
        "services": "service_page",
        "services?full=true": "service_page",
        "services?minimal=true": "service_page",
        "services?page=9": "service_page",
        f"services/{service.uuid}": "service",
        f"services/{bare.uuid}": "service",
        "organizations": "organization_page",
        "organizations?full=true": "organization_page",
        f"organizations/{house.uuid}": "organization",
        f"organizations/{house.parent.uuid}": "organization",
        "taxonomies": "taxonomy_page",
        f"taxonomies/{taxonomy_id('theme')}": "taxonomy",
        "taxonomy_terms?per_page=500": "taxonomy_term_page",
        f"taxonomy_terms/{term}": "taxonomy_term",
        "service_at_locations": "service_at_location_page",
        "service_at_locations?full=true": "service_at_location_page",
        f"service_at_locations/{at.uuid}": "service_at_location",
    }
    wrong = {address: problems for address, name in wanted.items() if (problems := held_to(name, ask(address)))}
    assert wrong == {}
    for address in (
        "services/00000000-0000-4000-8000-000000000000",
        "services/rien",
        "organizations/rien",
        "rien/du/tout",
        "services?page=0",
    ):
        answer = Client().get(f"/hsds/{address}")
        assert (answer.status_code in (404, 422), answer["Content-Type"]) == (True, "application/json; charset=utf-8")
        assert held_to("problem", answer.json()) == []


def test_the_schemas_refuse_what_the_profile_forbids(house):
    whole_service(house)
    [said] = ask("services", full="true")["contents"]
    assert held_to("service", {**said, "assurer_email": "erin@exemple.be"}) != []
    assert held_to("service", {**said, "metadata": []}) != []
    assert held_to("service", {name: value for name, value in said.items() if name != "x_freshness"}) != []
    place = said["service_at_locations"][0]["location"]
    assert held_to("location", {**place, "x_redacted": True}) != []
    assert held_to("contact", {**said["contacts"][0], "name": "Erin"}) != []


def test_the_schemas_hold_every_field_that_the_standard_requires():
    """The published standard's own words, read again by hand from its 3.0 pages."""
    required = {name: set(schema["required"]) for name, schema in schemas.standard().items()}
    assert required["service.json"] == {"id", "name", "status"}
    assert required["organization.json"] == {"id", "name", "description"}
    assert required["location.json"] == {"id", "location_type"}
    assert required["address.json"] == {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"}
    for name, schema in schemas.schemas().items():
        standard = required.get(f"{name}.json", set())
        assert standard <= set(schema["required"]), name
        Draft202012Validator.check_schema(schema)


def test_a_merge_patch_takes_away_replaces_and_adds():
    target = {"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 5}
    assert merge_patch(target, {"a": {"b": None, "x": {"y": None, "z": 1}}, "d": [3], "e": None}) == {
        "a": {"c": 2, "x": {"z": 1}},
        "d": [3],
    }
    assert target == {"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 5}
    assert merge_patch([1], {"a": 1}) == {"a": 1}
    assert merge_patch({"a": 1}, "text") == "text"


def test_the_interface_says_its_version_its_profile_and_its_description(db):
    about = ask("")
    assert about == {"version": "3.0", "profile": "http://testserver/hsds/profile", "openapi_url": "http://testserver/hsds/openapi.json"}
    assert ask("profile")["merge_patch"]["service.json"]["properties"]["assurer_email"] is None
    described = ask("openapi.json")
    assert described == json.loads(json.dumps(openapi_document()))
    assert {"/hsds/", "/hsds/services", "/hsds/services/{service_id}", "/hsds/taxonomy_terms", "/hsds/service_at_locations"} <= set(
        described["paths"]
    )


def test_only_listed_services_of_public_territories_are_said(mons, house, territory):
    shown = listed_service(house, name="montré")
    closed_territory = listed_service(organization_of(territory), name="d’un territoire fermé")
    today = timezone.localdate()
    hidden = [
        listed_service(house, name="brouillon", publication="draft"),
        listed_service(house, name="archivé", publication="archived"),
        listed_service(house, name="jamais revu", assured_on=today - dt.timedelta(days=800)),
        listed_service(house, name="e-mails revenus", bounces=2),
        listed_service(organization_of(mons, closed_on=today - dt.timedelta(days=1)), name="organisation fermée"),
        closed_territory,
    ]
    for one in (shown, *hidden):
        received_at(one)
    assert names(ask("services")) == ["montré"]
    assert [one["service_id"] for one in ask("service_at_locations")["contents"]] == [str(shown.uuid)]
    assert {one["name"] for one in ask("organizations")["contents"]} == {"Maison des droits", "CPAS de Mons"}
    for one in hidden:
        assert Client().get(f"/hsds/services/{one.uuid}").status_code == 404
        assert Client().get(f"/hsds/service_at_locations/{one.at_places.get().uuid}").status_code == 404
    assert Client().get(f"/hsds/organizations/{closed_territory.organization.uuid}").status_code == 404


def test_filters_combine_as_and(house, mons):
    other = organization_of(mons)
    said = {"theme": ["sante"], "audience": ["femmes"]}
    listed_service(house, name="écoute du matin", terms=said)
    listed_service(house, name="écoute du soir", terms={"theme": ["sante"]})
    listed_service(other, name="écoute d’ailleurs", terms=said)
    ancient = listed_service(house, name="écoute ancienne", terms=said)
    Service.objects.filter(pk=ancient.pk).update(modified_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    theme = {"taxonomy_term_id": term_id("theme", "sante")}
    audience = {"taxonomy_id": taxonomy_id("audience")}
    here = {"organization_id": str(house.uuid)}
    recent = {"modified_after": "2025-01-01T00:00:00Z"}
    assert ask("services", search="ÉCOUTE")["total_items"] == 4
    assert names(ask("services", search="soir", **theme)) == ["écoute du soir"]
    assert names(ask("services", **theme, **audience, **here, **recent)) == ["écoute du matin"]
    assert names(ask("services", search="ailleurs", **here)) == []
    assert names(ask("services", taxonomy_term_id=term_id("theme", "nul"))) == []
    assert names(ask("services", taxonomy_id=term_id("theme", "sante"))) == []


def test_whoever_asks_for_a_family_finds_its_themes(house):
    family = next(one for one in ask("taxonomy_terms", per_page=500)["contents"] if one.get("parent_id"))
    listed_service(house, name="du thème", terms={"theme": [family["code"]]})
    listed_service(house, name="sans thème")
    assert names(ask("services", taxonomy_term_id=family["parent_id"])) == ["du thème"]


def test_pages_say_where_they_stand(house):
    for number in range(5):
        listed_service(house, name=f"service {number}")
    said = ask("services", per_page=2, page=3)
    assert names(said) == ["service 4"]
    del said["contents"]
    assert said == {
        "total_items": 5, "total_pages": 3, "page_number": 3, "size": 1, "first_page": False, "last_page": True, "empty": False,
    }  # fmt: skip
    assert [ask("services", per_page=2)[name] for name in ("first_page", "last_page", "size")] == [True, False, 2]
    beyond = ask("services", per_page=2, page=4)
    assert (beyond["empty"], beyond["contents"], beyond["last_page"]) == (True, [], True)
    assert set(ask("services", minimal="true")["contents"][0]) == {"id", "last_modified"}


def test_no_distance_is_measured_to_a_place_that_is_not_public(house):
    levels = ("public", "area_only", "on_request", "never")
    at = {level: received_at(listed_service(house, name=level), level) for level in levels}

    def found(**query: Any) -> set[str]:
        return {one["service"]["name"] for one in ask("service_at_locations", **query)["contents"]}

    assert found() == set(levels)
    assert found(postcode="7000", proximity=5_000) == {"public"}
    assert found(postcode="7000", proximity=500_000) == {"public"}
    assert found(postcode="7000") == {"public", "area_only"}
    assert found(postcode="4000", proximity=5_000) == set()
    assert found(postcode="7000", proximity=5_000, search="never") == set()
    # What does not filter places is not asked of them: postcode on /services changes nothing, and is no way to learn where one is.
    assert ask("services", postcode="4000", proximity=1)["total_items"] == 4
    assert Client().get("/hsds/service_at_locations?proximity=100").status_code == 422
    assert at["never"].place.street


def test_two_services_of_one_hidden_place_do_not_tell_that_they_share_it(house):
    first, second = listed_service(house), listed_service(house)
    hidden = received_at(first, "never")
    second.at_places.create(place=hidden.place)
    shown = received_at(first, "public")
    second.at_places.create(place=shown.place)
    said = [(one["location"]["x_redacted"], one["location_id"]) for one in ask("service_at_locations")["contents"]]
    assert len({place for redacted, place in said if redacted}) == 2
    assert len({place for redacted, place in said if not redacted}) == 1


def test_a_hidden_address_has_neither_street_nor_coordinates_and_says_why(house):
    service = listed_service(house)
    for level in ("area_only", "on_request", "never"):
        received_at(service, level, name=f"Refuge {level}", accessibility="code 1234", opening_hours="24/7", note="sonner au 3")
    places = [one["location"] for one in ask(f"services/{service.uuid}")["service_at_locations"]]
    assert [set(place) for place in places] == [
        {"id", "location_type", "x_redacted", "name", "description"},
        {"id", "location_type", "x_redacted", "description"},
        {"id", "location_type", "x_redacted", "name", "description"},
    ]
    assert [place.get("name") for place in places] == ["7000 centre de Mons", None, "centre de Mons"]
    assert [place["location_type"] for place in places] == ["physical", "virtual", "physical"]
    assert all("à dessein" in place["description"] for place in places)


def test_nobodys_name_is_said(house, erin, territory):
    service = whole_service(house, assured_by=erin)
    erin.name = "Zénobie Quatresous"
    erin.save()
    Person.objects.create(territory=house.territory, organization=house, display_name="Zénobie Quatresous", email="zenobie@exemple.be")
    ServiceContact.objects.create(service=service, label="Direction", phone="0499 11 22 33", visibility="professionals")
    ServiceContact.objects.create(service=service, label="Astreinte", email="zenobie@exemple.be", visibility="hidden")
    said = "".join(
        json.dumps(ask(one), ensure_ascii=False) for one in (f"services/{service.uuid}", "services?full=true", "organizations?full=true")
    )
    assert "065 00 00 00" in said
    assert [word for word in ("Zénobie", "zenobie@", "0499", "assurer_email", "metadata", erin.email) if word in said] == []


def test_opening_hours_become_weekly_rules_and_stand_beside_them(house):
    service = listed_service(house)
    valid = {"valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2027, 1, 31)}
    received_at(service, opening_hours="Mo-Fr 09:00-12:00,13:30-17:00; Sa 22:00-02:00", **valid)
    [at] = ask(f"services/{service.uuid}")["service_at_locations"]
    rules = {(one["byday"], one["opens_at"][:5], one["closes_at"][:5]) for one in at["schedules"]}
    assert rules == {("MO,TU,WE,TH,FR", "09:00", "12:00"), ("MO,TU,WE,TH,FR", "13:30", "17:00"), ("SA", "22:00", "02:00")}
    for one in at["schedules"]:
        assert (one["freq"], one["valid_to"], one["description"][:2]) == ("WEEKLY", "2027-01-31", "Mo")


def test_a_merged_organization_leads_to_the_one_that_was_kept(house):
    listed_service(house)
    gone, earlier = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
    now = timezone.now()
    OrganizationMerge.objects.create(territory=house.territory, kept=house, merged_uuid=gone, merged_name="Ancienne", at=now)
    answer = Client().get(f"/hsds/organizations/{gone}")
    assert (answer.status_code, answer["Location"]) == (301, f"/hsds/organizations/{house.uuid}")
    assert ask("services", organization_id=gone)["total_items"] == 1
    assert Client().get(f"/hsds/organizations/{earlier}").status_code == 404


def test_the_enterprise_number_is_said_when_its_check_digits_are_right(house, mons):
    wrong = organization_of(mons, name="Numéro faux")
    Identifier.objects.create(organization=wrong, scheme="BE-BCE_KBO", value="0207.889.114")
    listed_service(house)
    listed_service(wrong)
    said = {one["name"]: one for one in ask("organizations")["contents"]}
    assert [one["identifier"] for one in said["CPAS de Mons"]["organization_identifiers"]] == ["0207889113"]
    assert (said["Numéro faux"].get("organization_identifiers"), said["Numéro faux"]["x_identifier_missing"]) == (None, True)
    assert said["Maison des droits"]["parent_organization_id"] == str(house.parent.uuid)


def test_lists_cost_the_same_queries_with_one_and_with_three(house, django_assert_num_queries):
    addresses = ("services", "services?full=true", "services?minimal=true", "organizations?full=true", "service_at_locations?full=true")
    whole_service(house)
    ask("services")
    for _more in range(2):
        for address, queries in zip(addresses, (8, 8, 3, 9, 8), strict=True):
            with django_assert_num_queries(queries):
                ask(address)
        whole_service(house)
        whole_service(organization_of(house.territory))


def test_a_home_that_asks_too_often_waits_a_minute(house, settings):
    settings.TISSAGE_HSDS_PER_MINUTE = 3
    answers = [Client().get("/hsds/taxonomies") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "60"
    assert held_to("problem", answers[3].json()) == []
    assert Client(REMOTE_ADDR="192.0.2.7").get("/hsds/taxonomies").status_code == 200


def test_what_did_not_change_is_not_sent_twice(house):
    listed_service(house)
    first = Client().get("/hsds/services")
    again = Client().get("/hsds/services", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    listed_service(house)
    assert Client().get("/hsds/services", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_interface_only_reads(house):
    service = listed_service(house)
    for address in ("/hsds/services", f"/hsds/services/{service.uuid}"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(Client(enforce_csrf_checks=True), method)(address).status_code == 405
        assert Client().head(address).status_code == 200


def test_the_profile_is_described_for_people():
    text = (Path(__file__).parents[2] / "docs" / "hsds.md").read_text(encoding="utf-8")
    assert schemas.PROFILE_VERSION in text
    for name in ("x_lgbtqi_scope", "x_concerned_groups", "x_freshness", "x_quality_score", "x_redacted", "x_identifier_missing"):
        assert name in text
