"""The shipped vocabulary of the directory and the agenda: whole, loaded once, in the language of the screen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from tissage.core.vocabulary import KINDS
from tissage.frameworks.models import Framework, FrameworkVersion, Node
from tissage.frameworks.operations import correct_code, load_shipped_vocabulary
from tissage.frameworks.queries import shipped_rows
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.people.models import User

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
NEEDED_AUDIENCES = (
    "professionnels eleves-primaire eleves-secondaire etudiants usagers-cpas passants presse auditeurs personnes-concernees tous-publics"
)
NEEDED_TYPES = (
    "school_animation philo_workshop theatre conference workshop exhibition screening_test after_work podcast training mural "
    "street_action discussion_group film_debate press stand other"
)


def test_every_word_of_the_file_is_whole():
    rows = shipped_rows("repertoire.csv")
    assert {row["kind"] for row in rows} == set(KINDS)
    assert len({(row["kind"], row["code"]) for row in rows}) == len(rows)
    for row in rows:
        assert all(row[column] for column in ("kind", "code", "label_fr", "label_en", "source")), row
        assert row["status"] in ("confirmed", "partial"), row
        assert row["code"] == row["code"].strip().lower()[:40], row
        assert "'" not in row["label_fr"], row
    families = {row["code"] for row in rows if row["kind"] == "theme" and not row["parent"]}
    assert {row["parent"] for row in rows if row["parent"]} == families


def test_the_words_of_data_inclusion_are_all_there_under_their_own_address():
    """Fourteen publics, sixteen families and sixty-nine themes, six kinds of service, two ways to receive, four to reach (schema 1.0.10)."""
    uris = [(row["kind"], row["external_uri"]) for row in shipped_rows("repertoire.csv") if row["external_uri"]]
    counted = {kind: len({uri for one, uri in uris if one == kind}) for kind in KINDS}
    assert counted == {
        "audience": 14,
        "concerned_group": 3,
        "theme": 85,
        "service_kind": 6,
        "reception": 2,
        "contact_mode": 4,
        "activity_type": 0,
    }
    assert ("theme", "https://gip-inclusion.github.io/data-inclusion-schema/latest/referentiels/thematiques/#sante--sante-mentale") in uris


def test_the_codes_that_the_house_counts_on_are_there():
    words = vocabulary()
    assert set(NEEDED_AUDIENCES.split()) <= words.codes("audience")
    assert set(NEEDED_TYPES.split()) == words.codes("activity_type")
    assert {"lgbtqia", "fsf", "personnes-trans", "migrants", "femmes", "jeunes-lgbtqia"} <= words.codes("concerned_group")
    assert words.codes("reception") == {"en-presentiel", "a-distance"}
    assert words.codes("contact_mode") == {"envoyer-un-courriel", "se-presenter", "telephoner", "utiliser-lien-mobilisation"}


def test_it_is_loaded_once_and_says_its_words_in_the_language_of_the_screen():
    before = (FrameworkVersion.objects.count(), Node.objects.count())
    version = load_shipped_vocabulary(now=NOW)
    assert (FrameworkVersion.objects.count(), Node.objects.count()) == before
    assert version.framework.purpose == Framework.Purpose.VOCABULARY
    words = vocabulary()
    assert words.label("theme", "sante-mentale") == "Santé mentale"
    assert words.get("theme", "sante-mentale").parent == "sante"
    assert words.label("theme", "inconnu-ici") == "inconnu-ici"
    with translation.override("en"):
        assert vocabulary().label("theme", "sante-mentale") == "Mental health"


def test_a_label_corrected_is_read_at_once_in_one_query(django_assert_num_queries):
    version = load_shipped_vocabulary(now=NOW)
    assert vocabulary().label("audience", "passants") == "Passant·e·s"
    correct_code(node=version.nodes.get(kind="audience", code="passants"), labels={"fr": "Gens de passage"}, by=None, now=NOW)
    assert vocabulary().label("audience", "passants") == "Gens de passage"
    with django_assert_num_queries(1):
        vocabulary()


@pytest.mark.parametrize("act", ["UPDATE frameworks_node SET code = 'autre' WHERE id = %s", "DELETE FROM frameworks_node WHERE id = %s"])
def test_a_code_of_the_published_vocabulary_stays(act):
    node = load_shipped_vocabulary(now=NOW).nodes.get(kind="audience", code="passants")
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act, [node.pk])
    assert Node.objects.filter(pk=node.pk, code="passants").exists()


@pytest.fixture
def keeper():
    user = User.objects.create_user(email="cleo@example.org", name="Cléo")
    user.administrator_since = NOW
    user.save()
    return user


def test_everybody_signed_in_reads_the_vocabulary_and_only_administrators_change_it(keeper, charlie, as_user):
    version = load_shipped_vocabulary(now=NOW)
    pages = [f"/referentiels/{version.pk}/codes/audience/ajouter/", f"/referentiels/{version.pk}/codes/audience/passants/corriger/"]
    for user, may in ((charlie, False), (keeper, True)):
        read = as_user(user).get(f"/referentiels/{version.pk}/").content.decode()
        assert "Usager·ère·s du CPAS" in read
        assert ("Ajouter un mot" in read) is may
        assert {as_user(user).get(page).status_code for page in pages} == {200 if may else 404}
    assert "172 mots" in as_user(charlie).get("/referentiels/").content.decode()
    exported = as_user(charlie).get(f"/referentiels/{version.pk}/export.csv").content.decode()
    assert "theme,sante-mentale,sante,Santé mentale,Mental health" in exported


def test_an_administrator_adds_a_word_that_services_may_use_at_once(keeper, as_user):
    version = load_shipped_vocabulary(now=NOW)
    client, place = as_user(keeper), f"/referentiels/{version.pk}/codes/theme/ajouter/"
    sent = {"label_fr": "Sport inclusif", "label_en": "", "family": "vivre-ensemble", "status": "partial", "source": "le collectif"}
    client.post(place, sent)
    assert vocabulary().get("theme", "sport-inclusif").parent == "vivre-ensemble"
    assert "déjà dans la liste" in client.post(place, sent).content.decode()
    assert client.get(f"/referentiels/{version.pk}/codes/reception/ajouter/").status_code == 404
