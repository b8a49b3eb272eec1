"""Organisations: one of a name and of a number in a territory, whatever the accents; the journal names no person."""

from __future__ import annotations

import pytest

from tissage.network.models import Identifier, Organization
from tissage.network.operations.organizations import (
    Circle,
    SameName,
    SameNumber,
    add_person,
    change_organization,
    change_person,
    create_organization,
    find_or_create_organization,
)
from tissage.people.models import Entry

NUMBER = "0878502472"


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


def test_the_same_name_is_refused_whatever_its_accents_and_names_the_other(territory, other_territory, did):
    first = create_organization(territory=territory, name="Épicerie  sociale", **did)
    with pytest.raises(SameName, match="Épicerie sociale") as refused:
        create_organization(territory=territory, name="EPICERIE SOCIALE", **did)
    assert refused.value.organization == first
    create_organization(territory=other_territory, name="Épicerie sociale", **did)
    assert Organization.objects.count() == 2


def test_an_organisation_is_found_by_its_name_or_its_other_name_or_made(territory, did):
    made = create_organization(territory=territory, name="Infor Jeune", alternate_name="Infor Jeunes", **did)
    assert find_or_create_organization(territory=territory, name="infor jeunes", kind="asbl", **did) == made
    assert find_or_create_organization(territory=territory, name="Infor", kind="police", by=None, now=did["now"]) != made
    assert [one.name for one in Organization.objects.all()] == ["Infor", "Infor Jeune"]


def test_an_exact_name_goes_before_the_other_name_of_somebody_else(territory, did):
    create_organization(territory=territory, name="Amis de Plaza", alternate_name="Cinéma", **did)
    plaza = create_organization(territory=territory, name="Plaza", **did)
    assert find_or_create_organization(territory=territory, name="PLAZA", kind="asbl", **did) == plaza


def test_two_organisations_may_not_hold_the_same_number(territory, other_territory, did):
    first = create_organization(territory=territory, name="Maison", enterprise_number=NUMBER, **did)
    with pytest.raises(SameNumber, match="Maison"):
        create_organization(territory=territory, name="Autre", enterprise_number=NUMBER, **did)
    assert Organization.objects.filter(territory=territory).get() == first
    create_organization(territory=other_territory, name="Autre", enterprise_number=NUMBER, **did)


def test_a_change_says_which_fields_changed_and_never_their_values(territory, did):
    one = create_organization(territory=territory, name="Maison", **did)
    assert change_organization(organization=one, name="Maison", phone="canari", enterprise_number=NUMBER, **did) == [
        "enterprise_number",
        "phone",
    ]
    assert change_organization(organization=one, phone="canari", enterprise_number=NUMBER, **did) == []
    assert change_organization(organization=one, enterprise_number="", **did) == ["enterprise_number"]
    assert not Identifier.objects.exists()
    entries = Entry.objects.filter(verb="network.change_organization").order_by("pk")
    assert [entry.fields for entry in entries] == [["enterprise_number", "phone"], ["enterprise_number"]]
    assert "canari" not in str(list(Entry.objects.values()))


def test_an_organisation_never_depends_on_itself(territory, did):
    top, middle, low = (create_organization(territory=territory, name=name, **did) for name in ("Haut", "Milieu", "Bas"))
    change_organization(organization=middle, parent=top, **did)
    change_organization(organization=low, parent=middle, **did)
    for parent in (top, low):
        with pytest.raises(Circle):
            change_organization(organization=top, parent=parent, **did)


def test_a_person_of_contact_is_named_nowhere_in_the_journal(territory, did):
    one = create_organization(territory=territory, name="Maison", **did)
    person = add_person(organization=one, display_name="Canari Dupont", role="direction", email="canari@example.org", **did)
    assert change_person(person=person, display_name="Autre Canari", role="direction", **did) == ["display_name"]
    assert [entry.object_label for entry in Entry.objects.filter(verb__endswith="_person")] == ["Maison", "Maison"]
    assert "anari" not in str(list(Entry.objects.values()))
