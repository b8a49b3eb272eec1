"""The quality view: what is pointed out, what is not, and how far each row is from being mended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tissage.core.codes import Code
from tissage.frameworks.queries import territory_nomenclature
from tissage.voices.models import Criterion, HomogeneousGroup
from tissage.voices.operations.codings import set_code
from tissage.voices.queries import quality as queries


@pytest.fixture
def at(territory, as_user):
    def get(user, name="quality", *args, **asked):
        headers = {"HX-Request": "true"} if asked.pop("htmx", False) else {}
        return as_user(user).get(reverse(f"voices:{name}", args=[territory.slug, *args]), asked, headers=headers)

    return get


def test_who_sees_the_quality_of_the_codings(territory, at, alice, bob, charlie, dora, erin):
    for name, args in (("quality", ()), ("quality_part", ("deux-idees",))):
        assert [at(one, name, *args).status_code for one in (alice, bob, charlie, dora, erin, None)] == [200, 404, 404, 404, 200, 302]
    assert at(alice, "quality_part", "autre").status_code == 404


def test_an_empty_base_says_where_to_begin(at, alice):
    assert "Rien n’est codé encore" in at(alice).content.decode()


def test_components_never_used_are_listed_and_the_others_are_not(enter, territory):
    enter(("un toit", 1, Code("A03")))
    nomenclature = territory_nomenclature(territory)
    found = {term.code: [one.code for one in terms] for term, terms in queries.never_used(territory, nomenclature)}
    assert "A03" not in found["A"]
    assert "A01" in found["A"]
    assert sum(len(codes) for codes in found.values()) == len(nomenclature.of_kind("component")) - 1


def test_the_share_of_general_codes_is_counted_by_dimension_and_by_person(enter, territory, alice, erin, now):
    enter(("vivre", 1, Code("A00")), ("un toit", 1, Code("A03")), ("la paix", 1, Code("F00")), "sans code")
    [mine] = enter("du pain")
    set_code(criterion=mine, code=Code("A01"), by=erin, now=now)
    assert queries.general_by_dimension(territory) == [queries.Share("A", 1, 3), queries.Share("F", 1, 1)]
    assert queries.general_by_coder(territory) == [queries.Share("Alice", 2, 3), queries.Share("Erin", 0, 1)]
    assert queries.Share("A", 1, 3).percent == 33


def test_codes_that_the_nomenclature_does_not_list_lead_to_the_desk(enter, territory, at, alice):
    [odd, _known] = enter(("mystère", 1, Code("Z42")), ("un toit", 1, Code("A03")))
    assert queries.unknown_codes(territory, territory_nomenclature(territory)) == [("Z42", 1, odd.pk)]
    body = at(alice).content.decode()
    assert f"{reverse('voices:desk', args=[territory.slug])}?criterion={odd.pk}&amp;back=" in body


def test_near_identical_words_coded_apart_stand_side_by_side(enter, territory, at, alice):
    same, other, *_rest = enter(
        ("sourire plus souvent", 1, Code("H03")),
        ("Sourire plus souvent", 1, Code("F00")),
        ("un toit", 1, Code("A03")),
        ("un toit", 1, Code("A03")),
        ("bien dormir", 1, Code("F01")),
        ("mal dormir", 1, Code("G02")),
    )
    assert queries.coded_apart(territory) == [[same.pk, other.pk]]
    body = at(alice, "quality_part", "semblables", htmx=True).content.decode()
    assert "<html" not in body
    assert body.count("Recoder") == 2
    assert f"?id={same.pk}&amp;id={other.pk}" in body


def test_the_same_words_in_two_groups_are_recoded_but_not_merged(enter, territory, at, alice):
    elsewhere = HomogeneousGroup.objects.create(territory=territory, name="Aînés")
    enter(("sourire", 1, Code("H03")))
    enter(("sourire", 1, Code("F00")), group=elsewhere)
    body = at(alice, "quality_part", "semblables").content.decode()
    assert body.count("Recoder") == 2
    assert "Fusionner" not in body


def test_two_ideas_in_one_criterion_lead_to_splitting_it(enter, territory, at, alice):
    double, _single = enter("avoir un toit et trouver du travail", "un toit")
    assert queries.double_ideas(territory) == [(double.pk, "verbs")]
    body = at(alice, "quality_part", "deux-idees").content.decode()
    assert reverse("voices:split_criterion", args=[territory.slug, double.pk]) in body
    assert "«\u00a0trouver du travail\u00a0»" in body


def test_nothing_is_disputed_before_there_is_a_calibrated_probability(enter, territory, at, alice):
    enter(("un toit", 1, Code("A03")), ("du pain", 1, Code("H03")))
    assert queries.contradicted(territory) is None
    assert "Il faut environ 200 codages" in at(alice, "quality_part", "contestes").content.decode()


def test_a_code_that_the_others_deny_is_disputed(enter, territory, at, alice):
    kinds = {
        "A01": "du pain frais numéro",
        "A03": "un logement chauffé numéro",
        "A02": "voir un médecin numéro",
        "D03": "avoir des amis numéro",
    }
    enter(*[(f"{words} {number}", 1, Code(code)) for number in range(60) for code, words in kinds.items()])
    [wrong] = enter(("du pain frais le matin", 1, Code("D03")))
    found = queries.contradicted(territory)
    assert [(pk, code) for pk, code, _probability in found] == [(wrong.pk, "A01")]
    assert "le modèle verrait A01" in at(alice, "quality_part", "contestes").content.decode()


def test_a_slow_list_is_found_again_once_a_code_changes(enter, territory, alice, now):
    first, second = enter(("sourire", 1, Code("H03")), ("sourire", 1, Code("F00")))
    calls = []

    def find():
        calls.append(1)
        return queries.coded_apart(territory)

    assert queries.kept(territory, "semblables", find) == [[first.pk, second.pk]]
    assert queries.kept(territory, "semblables", find) == [[first.pk, second.pk]]
    assert len(calls) == 1
    set_code(criterion=second, code=Code("H03"), by=alice, now=now + dt.timedelta(minutes=1))
    assert queries.kept(territory, "semblables", find) == []
    assert len(calls) == 2


@pytest.mark.parametrize(("name", "args"), [("quality", ()), ("quality_part", ("semblables",)), ("quality_part", ("deux-idees",))])
def test_as_many_queries_for_three_as_for_one(name, args, enter, territory, alice, as_user):
    client, url = as_user(alice), reverse(f"voices:{name}", args=[territory.slug, *args])

    def queries_now():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    enter(("manger et dormir", 1, Code("A01")), ("manger et dormir", 1, Code("F01")))
    one = queries_now()
    enter(*[(f"rire et chanter {number // 2}", 1, Code(code)) for number, code in enumerate(["H03", "F00", "H03", "F00"])])
    assert Criterion.objects.count() == 6
    assert queries_now() == one
