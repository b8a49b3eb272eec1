"""The pages of reference data: who reads, who writes, and what they say."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tissage.frameworks.exchange.nomenclature_csv import write_nomenclature
from tissage.frameworks.models import Crosswalk, FrameworkChoice, FrameworkVersion
from tissage.frameworks.operations import publish_version
from tissage.frameworks.queries import chosen_version, nomenclature_of
from tissage.people.models import Entry

READING = [
    ("versions", []),
    ("version", ["version"]),
    ("search", ["version"]),
    ("component", ["version", "A01"]),
    ("senses", ["version"]),
    ("beneficiaries", ["version"]),
    ("differences", ["version"]),
    ("crosswalk", ["version"]),
    ("export", ["version"]),
]
WRITING = [
    ("import", []),
    ("correct_code", ["version", "component", "A01"]),
    ("correct_code", ["version", "sense", "P15"]),
    ("correct_code", ["version", "dimension", "A"]),
    ("add_code", ["version", "beneficiary"]),
]
DRAFT_ONLY = [
    ("publish", ["draft"]),
    ("discard", ["draft"]),
    ("remove_code", ["draft", "component", "A12"]),
    ("map_code", ["draft", "component", "A11"]),
    ("version", ["draft"]),
    ("crosswalk", ["draft"]),
    ("export_crosswalk", ["draft"]),
    ("differences", ["draft"]),
]


def address(name, arguments, **objects):
    return reverse(f"frameworks:{name}", args=[objects[one].pk if one in objects else one for one in arguments])


@pytest.mark.parametrize(("name", "arguments"), READING)
def test_anyone_signed_in_reads_and_a_stranger_meets_the_door(as_user, charlie, version, name, arguments):
    url = address(name, arguments, version=version)
    assert as_user(charlie).get(url).status_code == 200
    assert as_user(None).get(url).status_code == 302


@pytest.mark.parametrize(("name", "arguments"), WRITING + DRAFT_ONLY)
def test_only_whoever_looks_after_the_installation_writes_or_sees_drafts(as_user, erin, charlie, grace, draft, name, arguments):
    url = address(name, arguments, version=draft.previous, draft=draft)
    assert as_user(grace).get(url).status_code == 200
    assert [as_user(person).get(url).status_code for person in (erin, charlie, None)] == [404, 404, 302]
    assert [as_user(person).post(url).status_code for person in (erin, charlie, None)][:2] in ([404, 404], [405, 405])


def test_a_published_version_is_neither_published_again_nor_discarded(as_user, grace, version):
    client = as_user(grace)
    for name, arguments in [("publish", []), ("discard", []), ("remove_code", ["component", "A01"])]:
        url = reverse(f"frameworks:{name}", args=[version.pk, *arguments])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert version.nodes.filter(code="A01").exists()


@pytest.mark.parametrize("code", ["A99", "a01", "ZZZ"])
def test_an_unknown_code_is_not_found(as_user, grace, version, code):
    client = as_user(grace)
    assert client.get(reverse("frameworks:component", args=[version.pk, code])).status_code == 404
    assert client.get(reverse("frameworks:correct_code", args=[version.pk, "component", code])).status_code == 404
    assert client.get(reverse("frameworks:add_code", args=[version.pk, "nothing"])).status_code == 404


def test_the_list_names_drafts_to_administrators_only(as_user, grace, charlie, draft):
    url = reverse("frameworks:versions")
    assert "2026-relecture-1" in as_user(grace).get(url).content.decode()
    assert "2026-relecture-1" not in as_user(charlie).get(url).content.decode()


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_takes_the_same_queries_however_long(as_user, charlie, version, now, versions, django_assert_num_queries):
    for number in range(1, versions):
        FrameworkVersion.objects.create(framework=version.framework, label=f"v{number}", previous=version, published_at=now)
    client = as_user(charlie)
    client.get(reverse("frameworks:versions"))
    with django_assert_num_queries(4):
        client.get(reverse("frameworks:versions"))


def test_a_version_shows_its_codes_their_key_and_where_a_label_is_unverified(as_user, charlie, version):
    page = as_user(charlie).get(reverse("frameworks:version", args=[version.pk])).content.decode()
    assert "Alimentation / boisson" in page
    assert "Manger et boire à sa faim" in page
    assert page.count("non vérifié</span>") == 43  # 41 components, one dimension, and the word explained
    assert "wikispiral, Determination key" in page
    assert reverse("frameworks:import") not in page


def test_a_component_shows_its_key_phrases_and_how_to_choose(as_user, charlie, version):
    page = as_user(charlie).get(reverse("frameworks:component", args=[version.pk, "A01"])).content.decode()
    assert "rien dans le frigo" in page
    assert "D’abord la dimension." in page
    assert reverse("frameworks:component", args=[version.pk, "A00"]) in page
    assert reverse("frameworks:correct_code", args=[version.pk, "component", "A01"]) not in page


def test_the_senses_page_says_that_a_letter_is_no_grade(as_user, charlie, version):
    page = as_user(charlie).get(reverse("frameworks:senses", args=[version.pk])).content.decode()
    assert "jamais une note" in page
    assert "P15" in page


def test_a_search_shows_the_nearest_component_first(as_user, charlie, version):
    page = as_user(charlie).get(reverse("frameworks:search", args=[version.pk]), {"q": "FRIGO vide"}).content.decode()
    found = page[page.index('id="matches"') :]
    assert "A01" in found
    assert "rien dans le frigo" in found


def test_a_search_without_result_says_so_and_escapes(as_user, charlie, version):
    page = as_user(charlie).get(reverse("frameworks:search", args=[version.pk]), {"q": "<script>x"}).content.decode()
    assert "Aucune composante ne correspond" in page
    assert "<script>x" not in page


def correction(**changes):
    return {"label_fr": "Manger", "label_en": "", "key_fr": "Manger bien", "key_en": "", "status": "confirmed", "source": "ici"} | changes


def test_a_correction_is_made_in_place_and_journalled_without_values(as_user, grace, version):
    url = reverse("frameworks:correct_code", args=[version.pk, "component", "A01"])
    answer = as_user(grace).post(url, correction(phrases_fr="une soupe chaude\n\ndu pain", phrases_en=""))
    assert answer.url == reverse("frameworks:component", args=[version.pk, "A01"])
    node = version.nodes.get(code="A01")
    assert (node.labels, node.keys, node.source) == ({"fr": "Manger"}, {"fr": "Manger bien"}, "ici")
    assert list(node.phrases.order_by("pk").values_list("text", flat=True)) == ["une soupe chaude", "du pain"]
    entry = Entry.objects.get(verb="frameworks.correct_code")
    assert (entry.actor, entry.fields) == (grace, ["keys", "labels", "phrases_en", "phrases_fr", "source"])
    page = as_user(grace).get(answer.url).content.decode()
    assert "une soupe chaude" in page


def test_a_correction_without_a_label_keeps_what_was_typed(as_user, grace, version):
    url = reverse("frameworks:correct_code", args=[version.pk, "sense", "P15"])
    page = as_user(grace).post(url, correction(label_fr="", key_fr="une clé toute neuve")).content.decode()
    assert "une clé toute neuve" in page
    assert not Entry.objects.filter(verb="frameworks.correct_code").exists()


def test_too_long_a_phrase_is_refused_by_line(as_user, grace, version):
    url = reverse("frameworks:correct_code", args=[version.pk, "component", "A01"])
    page = as_user(grace).post(url, correction(phrases_fr="court\n" + "x" * 201, phrases_en="")).content.decode()
    assert "Ligne 2" in page


def test_a_beneficiary_is_added_to_a_published_version(as_user, grace, version):
    url = reverse("frameworks:add_code", args=[version.pk, "beneficiary"])
    answer = as_user(grace).post(url, correction(code="v", label_fr="mes voisins"))
    assert answer.url == reverse("frameworks:beneficiaries", args=[version.pk])
    assert "mes voisins" in as_user(grace).get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("beneficiary", "K", "n’a pas la forme attendue"),
        ("beneficiary", "k", "existe déjà"),
        ("component", "Z01", "n’a pas la lettre"),
    ],
)
def test_a_code_that_cannot_be_added_is_told_why(as_user, grace, version, kind, code, words):
    before = version.nodes.count()
    page = as_user(grace).post(reverse("frameworks:add_code", args=[version.pk, kind]), correction(code=code)).content.decode()
    assert words in page
    assert version.nodes.count() == before


def upload(text, label="2026-b"):
    return {"label": label, "source": "", "file": SimpleUploadedFile("n.csv", text.encode("utf-8"), "text/csv")}


def test_an_import_is_previewed_then_becomes_a_draft_then_is_published(as_user, grace, version, later_terms):
    client = as_user(grace)
    url = reverse("frameworks:import")
    preview = client.post(url, upload(write_nomenclature(later_terms))).content.decode()
    assert "Numérique" in preview
    assert "Bien manger" in preview
    assert FrameworkVersion.objects.filter(framework__slug="spiral").count() == 1
    carried = base64.b64encode(write_nomenclature(later_terms).encode()).decode()
    assert carried in preview
    answer = client.post(url, {"label": "2026-b", "source": "", "file": carried, "apply": "1"})
    draft = FrameworkVersion.objects.get(label="2026-b")
    assert answer.url == reverse("frameworks:version", args=[draft.pk])
    assert draft.is_draft
    assert nomenclature_of(version).get("component", "A01").label() == "Alimentation / boisson"
    assert client.post(reverse("frameworks:publish", args=[draft.pk])).status_code == 302
    draft.refresh_from_db()
    assert not draft.is_draft


def test_a_file_with_problems_is_shown_line_by_line_and_writes_nothing(as_user, grace, version):
    text = "kind,code,parent,label_fr\ncomponent,A1,A,Un\ncomponent,A02,B,Deux\n"
    page = as_user(grace).post(reverse("frameworks:import"), upload(text)).content.decode()
    assert "2 problèmes" in page
    assert "A1" in page
    assert 'value="2026-b"' in page
    assert FrameworkVersion.objects.filter(framework__slug="spiral").count() == 1


def test_a_name_already_taken_is_said_and_the_file_is_not_lost(as_user, grace, version, later_terms):
    page = as_user(grace).post(reverse("frameworks:import"), upload(write_nomenclature(later_terms), version.label)).content.decode()
    assert "Une version s’appelle déjà" in page
    assert base64.b64encode(write_nomenclature(later_terms).encode()).decode() in page


@pytest.mark.parametrize("body", [{}, {"label": "x"}, {"apply": "1", "label": "x", "file": "pas du base64 !"}, {"apply": "1"}])
def test_an_incomplete_import_is_refused_without_a_crash(as_user, grace, version, body):
    assert as_user(grace).post(reverse("frameworks:import"), body).status_code == 200
    assert FrameworkVersion.objects.filter(framework__slug="spiral").count() == 1


def test_a_discarded_draft_leaves_the_others(as_user, grace, draft, version):
    as_user(grace).post(reverse("frameworks:discard", args=[draft.pk]))
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version
    assert version.nodes.count() == 121


def test_a_dimension_leaves_a_draft_with_its_components(as_user, grace, draft):
    url = reverse("frameworks:remove_code", args=[draft.pk, "dimension", "I"])
    assert "I00" in as_user(grace).get(url).content.decode()
    as_user(grace).post(url)
    assert not draft.nodes.filter(code__startswith="I").exists()


def test_a_mapping_is_completed_by_hand(as_user, grace, draft):
    client = as_user(grace)
    page = client.get(reverse("frameworks:crosswalk", args=[draft.pk])).content.decode()
    assert "2 codes à compléter" in page.replace("\n", " ")
    url = reverse("frameworks:map_code", args=[draft.pk, "component", "A11"])
    assert client.post(url, {"targets": "A12, A01", "note": "internet surtout"}).status_code == 302
    assert list(Crosswalk.objects.filter(source__code="A11").values_list("target__code", "author__name")) == [
        ("A01", "Grace"),
        ("A12", "Grace"),
    ]
    client.post(reverse("frameworks:map_code", args=[draft.pk, "component", "A01"]), {"abandoned": "on"})
    text = client.get(reverse("frameworks:export_crosswalk", args=[draft.pk])).content.decode("utf-8-sig")
    assert "2019-tissage-1,component,A11,Information / échanges,2026-relecture-1,A12,Numérique,mapped,internet surtout,Grace," in text
    assert "component,A01,Alimentation / boisson,2026-relecture-1,,,abandoned,,Grace," in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Donnez un code"),
        ({"targets": "A12", "abandoned": "on"}, "Un code abandonné n’a pas de remplaçant"),
        ({"targets": "A99"}, "n’existe pas dans la version"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_why(as_user, grace, draft, given, words):
    page = as_user(grace).post(reverse("frameworks:map_code", args=[draft.pk, "component", "A11"]), given).content.decode()
    assert words in page
    assert not Crosswalk.objects.filter(source__code="A11").exists()


def test_a_territory_shows_its_nomenclature_to_its_members_only(as_user, territory, alice, bob, erin, charlie, dora):
    url = reverse("frameworks:territory_choice", args=[territory.slug])
    assert [as_user(person).get(url).status_code for person in (alice, bob, erin, charlie, dora, None)] == [200, 200, 200, 404, 404, 302]


def test_only_a_coordinator_chooses_the_version_of_the_territory(as_user, territory, alice, bob, erin, dora, draft, now):
    publish_version(version=draft, by=None, now=now)
    url = reverse("frameworks:choose", args=[territory.slug, draft.pk])
    for person in (alice, bob, dora):
        assert as_user(person).get(url).status_code == 404
        assert as_user(person).post(url).status_code == 404
    page = as_user(erin).get(url).content.decode()
    assert "aucun n’est réécrit" in page
    assert chosen_version(territory) == draft.previous
    as_user(erin).post(url)
    assert chosen_version(territory) == draft
    assert FrameworkChoice.objects.filter(territory=territory, ended_at__isnull=True).count() == 1


def test_a_draft_cannot_be_chosen(as_user, territory, erin, draft):
    url = reverse("frameworks:choose", args=[territory.slug, draft.pk])
    assert (as_user(erin).get(url).status_code, as_user(erin).post(url).status_code) == (404, 404)


def test_the_menu_and_the_search_box_lead_to_reference_data(as_user, charlie, version):
    client = as_user(charlie)
    assert reverse("frameworks:versions") in client.get(reverse("people:todo")).content.decode()
    page = client.get(reverse("people:search"), {"q": "frigo"}).content.decode()
    assert reverse("frameworks:component", args=[version.pk, "A01"]) in page
