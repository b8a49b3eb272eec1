"""Acts on reference data: corrections, mapping, translation, choice, search."""

import pytest

from tissage.core.nomenclature import ABANDONED, MAPPED, SAME, UNMAPPED
from tissage.frameworks.exchange.nomenclature_csv import NomenclatureFile, Problem, read_nomenclature, write_nomenclature
from tissage.frameworks.models import Crosswalk, FrameworkVersion, Node, Phrase
from tissage.frameworks.operations import (
    AlreadyPublished,
    EmptyVersion,
    FileHasProblems,
    LabelTaken,
    add_code,
    choose_version,
    correct_code,
    discard_draft,
    import_version,
    map_code,
    propose_crosswalk,
    publish_version,
)
from tissage.frameworks.operations.choices import DraftNotChosen
from tissage.frameworks.queries import (
    chosen_version,
    find_components,
    latest_published,
    nomenclature_of,
    territory_nomenclature,
    translate,
)
from tissage.people.models import Entry


def test_a_corrected_label_is_seen_at_once_everywhere(version, now):
    assert nomenclature_of(version).label_of("A01") == "Alimentation / boisson"
    assert find_components(version, "gastronomie") == []
    correct_code(node=version.nodes.get(code="A01"), labels={"fr": "Gastronomie"}, by=None, now=now)
    fresh = FrameworkVersion.objects.get(pk=version.pk)
    assert nomenclature_of(fresh).label_of("A01") == "Gastronomie"
    assert [match.term.code for match in find_components(fresh, "gastronomie")] == ["A01"]


def test_a_correction_that_changes_nothing_leaves_no_trace(version, now):
    node = version.nodes.get(code="A01")
    correct_code(node=node, labels=node.labels, keys=node.keys, status=node.status, source=node.source, by=None, now=now)
    assert not Entry.objects.filter(verb="frameworks.correct_code").exists()


def test_a_language_left_out_of_a_correction_stays(version, now):
    node = correct_code(node=version.nodes.get(code="A01"), labels={"fr": "Manger"}, by=None, now=now)
    assert node.labels == {"fr": "Manger", "en": "Food / drink"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("le frigo est vide", "A01"),
        ("un medecin pres de chez moi", "A02"),
        ("mes amis", "D03"),
        ("loyer", "A03"),
        ("être seul·e et triste", "G05"),
        ("A11", "A11"),
    ],
)
def test_the_words_of_residents_find_their_component(version, words, code):
    assert find_components(version, words, 3)[0].term.code == code


def test_an_import_stands_beside_the_old_version_with_its_phrases_and_a_mapping(version, draft):
    assert (draft.is_draft, draft.previous) == (True, version)
    assert version.nodes.count() == 121
    assert Node.objects.get(version=version, code="A01").labels["fr"] == "Alimentation / boisson"
    counts = {one: Phrase.objects.filter(node__version=one, node__code="A02").count() for one in (version, draft)}
    assert counts[draft] == counts[version] > 0
    unmapped = Node.objects.filter(version=version, leads_to=None).values_list("code", flat=True)
    assert sorted(unmapped) == ["A01", "A11"]
    assert set(Crosswalk.objects.values_list("author", flat=True)) == {None}


def test_a_mapping_proposed_again_adds_nothing(version, draft, now):
    assert propose_crosswalk(source=version, target=draft, now=now) == 0


def test_an_import_with_problems_or_a_name_taken_writes_nothing(version, now):
    bad = NomenclatureFile((), (Problem(2, "code", "A1", "…"),), (), {})
    good = read_nomenclature(write_nomenclature(nomenclature_of(version).terms).encode())
    for file, label, refusal in ((bad, "neuve", FileHasProblems), (good, version.label, LabelTaken), (good, "  ", LabelTaken)):
        with pytest.raises(refusal):
            import_version(framework=version.framework, label=label, file=file, base=version, by=None, now=now)
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version


def test_only_a_draft_with_components_is_published_and_only_once(version, draft, now):
    assert latest_published() == version
    publish_version(version=draft, by=None, now=now)
    assert latest_published() == draft
    for act in (publish_version, discard_draft):
        with pytest.raises(AlreadyPublished):
            act(version=draft, by=None, now=now)
    empty = FrameworkVersion.objects.create(framework=version.framework, label="vide")
    with pytest.raises(EmptyVersion):
        publish_version(version=empty, by=None, now=now)


@pytest.mark.parametrize(
    ("code", "codes", "state"),
    [
        ("A02/P15/k", ("A02/P15/k",), SAME),
        ("A11-4/P15", ("A12/P15",), MAPPED),
        ("A01", (), ABANDONED),
        ("Z99", (), UNMAPPED),
    ],
)
def test_a_code_is_followed_from_a_version_to_the_next(version, draft, now, code, codes, state):
    map_code(source=version.nodes.get(code="A11"), to_version=draft, targets=["A12"], by=None, now=now)
    map_code(source=version.nodes.get(code="A01"), to_version=draft, targets=[], by=None, now=now)
    found = translate(code, version, draft)
    assert (found.codes, found.state) == (codes, state)


def test_a_code_is_followed_through_several_versions_and_back(version, draft, now):
    map_code(source=version.nodes.get(code="A11"), to_version=draft, targets=["A12"], by=None, now=now)
    file = read_nomenclature(write_nomenclature(nomenclature_of(draft).terms).encode())
    third = import_version(framework=version.framework, label="troisième", file=file, base=draft, by=None, now=now)
    assert translate("A11", version, third).codes == ("A12",)
    assert translate("A12/P", third, version).codes == ("A11/P",)
    assert translate("A12", third, third).state == SAME
    alone = FrameworkVersion.objects.create(framework=version.framework, label="seule")
    assert translate("A12", third, alone).state == UNMAPPED


def test_choosing_a_version_closes_the_choice_before_and_rewrites_nothing(territory, draft, now):
    with pytest.raises(DraftNotChosen):
        choose_version(territory=territory, version=draft, now=now)
    publish_version(version=draft, by=None, now=now)
    first = chosen_version(territory)
    choose_version(territory=territory, version=draft, now=now)
    choose_version(territory=territory, version=draft, now=now)
    assert territory_nomenclature(territory).label_of("A12") == "Numérique"
    choose_version(territory=territory, version=first, now=now)
    assert chosen_version(territory) == first
    assert Entry.objects.filter(verb="frameworks.choose_version", territory=territory).count() == 3


def test_a_code_added_to_a_published_version_is_known_at_once(version, now):
    add_code(version=version, kind="beneficiary", code="v", labels={"fr": "mes voisins"}, by=None, now=now)
    assert nomenclature_of(version).get("beneficiary", "v").label() == "mes voisins"
    assert version.nodes.order_by("position").last().code == "v"
