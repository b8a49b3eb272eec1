"""Publishing, and what a stranger reads: only what was read, with consent, of groups large enough."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.synthesis.screens import at, quotes, words
from tests.synthesis.voices import NOW, group_of, say
from tissage.synthesis import operations, queries
from tissage.synthesis.models import SynthesisLine
from tissage.voices.models import Criterion, HomogeneousGroup

SECRETS = ("la ferme du seul éleveur", "rien ne doit sortir", "Petit groupe", "Sans accord", "Jeunes du centre", "Aînés")


@pytest.fixture
def public(territory):
    territory.visibility = "public"
    territory.save()
    return territory


@pytest.fixture
def frozen(public, voices, alice):
    return operations.freeze_synthesis(territory=public, title="Première", by=alice, now=NOW)


EVERY_PAGE_OF_A_VERSION = [
    [1],
    [1, "partage"],
    [1, "dimension", "A"],
    [1, "composante", "A01"],
    [1, "image", "groupes.csv"],
    [1, "telecharger", "csv"],
]


def read_all(synthesis) -> None:
    keys = [shown.line.id for shown in queries.lines_to_read(synthesis, size=500)]
    operations.read_lines_as_they_are(synthesis=synthesis, lines=keys, by=None, now=NOW)


@pytest.fixture
def published(frozen, erin):
    line = SynthesisLine.objects.get(synthesis=frozen, text="avoir des amis")
    operations.read_line(line=line, decision="redacted", public_text="avoir des [gens]", by=erin, now=NOW)
    line = SynthesisLine.objects.get(synthesis=frozen, text="sourire")
    operations.read_line(line=line, decision="withheld", reason="reconnaissable", by=erin, now=NOW)
    read_all(frozen)
    return operations.publish_synthesis(synthesis=frozen, by=erin, now=NOW)


EVERY_PUBLIC_PAGE = [
    [],
    [1],
    [1, "partage"],
    [1, "dimension", "A"],
    [1, "dimension", "D"],
    [1, "composante", "A01"],
    [1, "composante", "D03"],
    [1, "composante", "H03"],
    [1, "sans-code"],
    ["statistiques"],
    [1, "image", "groupes.csv"],
    [1, "dimension", "A", "groupes.csv"],
    ["statistiques", "groupes.csv"],
    ["statistiques", "composantes.csv"],
    [1, "telecharger", "csv"],
    [1, "telecharger", "paroles"],
    [1, "telecharger", "json"],
    [1, "telecharger", "dictionnaire"],
]


@pytest.mark.parametrize("steps", EVERY_PUBLIC_PAGE)
def test_a_stranger_reads_public_data_only(as_user, public, published, steps):
    answer = as_user(None).get(at(public, *steps))
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    said = answer.content.decode()
    assert [secret for secret in (*SECRETS, "avoir des amis", "sourire", "reconnaissable", "Alice", "Erin") if secret in said] == []


def test_a_stranger_reads_published_and_redacted_words_under_public_labels(as_user, public, published):
    client = as_user(None)
    assert quotes(client.get(at(public, 1, "composante", "A01"))) == ["bien manger", "manger à sa faim"]
    assert quotes(client.get(at(public, 1, "composante", "D03"))) == ["avoir des [gens]"]
    page = client.get(at(public, 1, "composante", "H03"))
    assert quotes(page) == []
    assert "1 critère est compté sans être cité" in words(page)
    said = words(client.get(at(public, 1)))
    assert "6 critères, 9 expressions dans 2 groupes" in said
    assert "Groupe A" in client.get(at(public, 1)).content.decode()


def test_the_same_address_shows_the_team_everything_and_the_public_view_on_request(as_user, bob, public, published):
    client = as_user(bob)
    assert "8 critères" in words(client.get(at(public, 1)))
    seen = client.get(at(public, 1), {"vue": "public"})
    assert "6 critères" in words(seen)
    assert "Vue du public" in words(seen)
    assert f"{at(public, 1, 'composante', 'A01')}?vue=public" in seen.content.decode()
    inside = client.get(at(public, 1, "composante", "A01"), {"vue": "public"})
    assert quotes(inside) == ["bien manger", "manger à sa faim"]


def test_a_version_not_published_is_not_there_for_strangers(as_user, charlie, public, frozen):
    for steps in ([1], [1, "composante", "A01"], [1, "telecharger", "json"], [1, "image", "groupes.csv"]):
        for who in (None, charlie):
            assert as_user(who).get(at(public, *steps)).status_code == 404
            assert as_user(who).get(at(public, *steps), {"vue": "public"}).status_code == 404
    assert "Aucune synthèse publiée" in words(as_user(None).get(at(public)))
    assert "Pas encore de statistiques publiques" in words(as_user(None).get(at(public, "statistiques")))


def test_the_team_sees_before_publishing_what_the_public_would_see(as_user, bob, public, frozen):
    read_all(frozen)
    page = as_user(bob).get(at(public, 1), {"vue": "public"})
    assert "voici ce que publier montrerait aujourd’hui" in words(page)
    assert "6 critères, 9 expressions dans 2 groupes" in words(page)
    frozen.refresh_from_db()
    assert (frozen.publication, frozen.published_at) == ({}, None)


def test_a_published_version_of_a_territory_reserved_to_its_members_stays_there(as_user, bob, public, published):
    public.visibility = "members"
    public.save()
    assert as_user(bob).get(at(public, 1)).status_code == 200
    for steps in EVERY_PUBLIC_PAGE:
        assert as_user(None).get(at(public, *steps)).status_code == 404


def test_a_version_that_holds_a_withdrawn_criterion_gives_way_to_a_notice(as_user, public, published):
    Criterion.objects.filter(text="bien manger").update(withdrawn_at=NOW)
    client = as_user(None)
    for steps in ([1], [1, "composante", "A01"], [1, "telecharger", "json"]):
        answer = client.get(at(public, *steps))
        assert answer.status_code == 410
        assert "n’est plus montrée" in words(answer)
        assert "manger" not in words(answer)
    assert "Première" not in words(client.get(at(public)))
    assert client.get(at(public, "statistiques", "groupes.csv")).status_code == 404


def test_the_notice_leads_to_the_version_that_takes_its_place(as_user, erin, public, published):
    Criterion.objects.filter(text="bien manger").update(withdrawn_at=NOW)
    newer = operations.freeze_synthesis(territory=public, title="Deuxième", by=erin, now=NOW)
    read_all(newer)
    operations.publish_synthesis(synthesis=newer, by=erin, now=NOW + dt.timedelta(days=1))
    assert f'href="{at(public, 2)}"' in as_user(None).get(at(public, 1)).content.decode()


def test_a_replaced_version_says_that_a_newer_one_exists(as_user, erin, public, published):
    newer = operations.freeze_synthesis(territory=public, title="Deuxième", by=erin, now=NOW)
    read_all(newer)
    operations.publish_synthesis(synthesis=newer, by=erin, now=NOW + dt.timedelta(days=1))
    assert "Une version plus récente existe : Deuxième" in words(as_user(None).get(at(public, 1))).replace("\u00a0", " ")


def test_publishing_says_first_what_will_happen(as_user, erin, public, frozen):
    page = words(as_user(erin).get(at(public, 1, "publier")))
    assert "6 lignes n’ont pas encore été lues" in page
    assert f"Titre {frozen.title}" in page
    assert "Petit groupe" in page
    assert "Sans accord" in page
    assert "0 lues sur 6" in page or "0 lue sur 6" in page
    read_all(frozen)
    page = as_user(erin).get(at(public, 1, "publier"))
    assert "Dans la synthèse publique\u00a0: 6 paroles." in page.content.decode()
    assert "Publier la synthèse" in words(page)


def test_publishing_unread_is_refused_with_its_reason(as_user, erin, public, frozen):
    answer = as_user(erin).post(at(public, 1, "publier"))
    assert answer.status_code == 422
    assert "Rien n’a été publié" in words(answer)
    frozen.refresh_from_db()
    assert frozen.published_at is None


def test_publishing_then_withdrawing(as_user, erin, public, frozen):
    client = as_user(erin)
    read_all(frozen)
    assert client.post(at(public, 1, "publier")).status_code == 302
    assert as_user(None).get(at(public, 1)).status_code == 200
    assert client.post(at(public, 1, "retirer"), {"reason": ""}).status_code == 422
    assert client.post(at(public, 1, "retirer"), {"reason": "Une erreur de nom"}).status_code == 302
    assert "Une erreur de nom" in words(client.get(at(public, 1), {"vue": "public"}))


def withdraw(synthesis, erin) -> None:
    operations.withdraw_publication(synthesis=synthesis, reason="Une erreur de nom", by=erin, now=NOW)


def test_at_the_address_of_a_withdrawn_version_a_notice_gives_the_reason_and_the_version_in_force(as_user, erin, published):
    place = published.territory
    withdraw(published, erin)
    for steps in EVERY_PAGE_OF_A_VERSION:
        answer = as_user(None).get(at(place, *steps))
        said = words(answer)
        assert (answer.status_code, "Une erreur de nom" in said, "Aucune autre version" in said) == (410, True, True), steps
        assert [text for text in (*SECRETS, "bien manger", "Première") if text in said] == []
    later = operations.freeze_synthesis(territory=place, title="Seconde", by=erin, now=NOW)
    read_all(later)
    operations.publish_synthesis(synthesis=later, by=erin, now=NOW)
    answer = as_user(None).get(at(place, 1))
    assert f'href="{at(place, 2)}"' in answer.content.decode()
    listed = as_user(None).get(at(place)).content.decode()
    assert (at(place, 1) in listed, at(place, 2) in listed) == (False, True)


def test_a_withdrawn_version_published_again_is_read_again(as_user, erin, published):
    withdraw(published, erin)
    operations.publish_synthesis(synthesis=published, by=erin, now=NOW)
    assert as_user(None).get(at(published.territory, 1)).status_code == 200


def test_a_territory_for_its_members_gives_no_notice_to_a_stranger(as_user, erin, charlie, published):
    withdraw(published, erin)
    published.territory.visibility = "members"
    published.territory.save()
    assert [as_user(who).get(at(published.territory, 1)).status_code for who in (None, charlie)] == [404, 404]


@pytest.mark.parametrize("steps", [[1, "lecture"], [1, "publier"], [1, "retirer"], [1, "marques"]])
def test_a_notice_opens_no_page_of_the_team(as_user, erin, charlie, published, steps):
    withdraw(published, erin)
    assert as_user(charlie).get(at(published.territory, *steps)).status_code == 404


@pytest.mark.parametrize("act", ["publier", "retirer"])
def test_only_who_coordinates_publishes_and_withdraws(request, as_user, public, frozen, dora, act):
    allowed = {
        name
        for name in ("alice", "bob", "charlie", "dora", "erin")
        if as_user(request.getfixturevalue(name)).post(at(public, 1, act), {"reason": "raison"}).status_code != 404
    }
    assert allowed == {"erin"}
    assert as_user(None).post(at(public, 1, act)).status_code == 302


def test_a_territory_does_not_open_the_version_of_another(as_user, dora, other_territory, published):
    group = group_of(other_territory, "Ailleurs", 9)
    say(group, "dit ailleurs", "A01")
    operations.freeze_synthesis(territory=other_territory, title="Ailleurs", by=dora, now=NOW)
    client = as_user(dora)
    assert client.get(at(other_territory, 1)).status_code == 200
    assert "8 critères" not in words(client.get(at(published.territory, 1)))
    assert client.get(at(published.territory, 1, "lecture")).status_code == 404
    assert client.get(at(published.territory, 1, "marques")).status_code == 404


CANARY = "<script>alert('canari')</script>\"><img src=x onerror=alert(1)>"


def test_a_canary_in_every_field_comes_out_as_text(as_user, erin, public, jeunes):
    """Residents' words, names, titles, notes, reasons and public names: on every page, in pictures too."""
    HomogeneousGroup.objects.filter(pk=jeunes.pk).update(name=CANARY, public_name=f"P{CANARY}"[:160])
    public.name = CANARY[:160]
    public.description = CANARY
    public.save()
    jeunes.refresh_from_db()
    say(jeunes, CANARY, "A01/P", language="nl", french_text=CANARY)
    say(jeunes, f"0470 12 34 56 {CANARY}", "")
    erin.name = CANARY[:120]
    erin.save()
    frozen = operations.freeze_synthesis(territory=public, title=CANARY, note=CANARY, by=erin, now=NOW)
    client = as_user(erin)
    before = [[], ["aujourdhui"], [1], [1, "lecture"], [1, "publier"], [1, "marques"], ["figer"], ["comparer"], ["statistiques"]]
    deep = [[when, *rest] for when in ("aujourdhui", 1) for rest in (["composante", "A01"], ["dimension", "A"], ["partage"], ["sans-code"])]
    pages = [client.get(at(public, *steps)) for steps in before + deep]
    pages.append(client.get(at(public, 1, "lecture"), {"mode": "vingt"}))
    read_all(frozen)
    operations.publish_synthesis(synthesis=frozen, by=erin, now=NOW)
    pages += [as_user(None).get(at(public, *steps)) for steps in ([], [1], [1, "composante", "A01"], [1, "partage"], ["statistiques"])]
    for page in pages:
        assert page.status_code == 200
        body = page.content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
    assert "&lt;script&gt;alert" in pages[1].content.decode()
