"""The reading desk."""

from __future__ import annotations

import pytest

from tests.synthesis.screens import at, queries_of, quotes, words
from tests.synthesis.voices import NOW, say
from tissage.synthesis import operations
from tissage.synthesis.models import Reading, SynthesisLine


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)


def line_of(synthesis, text: str) -> SynthesisLine:
    return SynthesisLine.objects.get(synthesis=synthesis, text=text)


def readings() -> list[tuple[str, str, str, str]]:
    rows = Reading.objects.order_by("line").values_list("line__text", "decision", "public_text", "reason")
    return [tuple(row) for row in rows]


def test_only_statements_that_may_go_out_are_on_the_desk(as_user, alice, territory, frozen):
    page = as_user(alice).get(at(territory, 1, "lecture"), {"mode": "vingt"})
    assert sorted(quotes(page)) == ["avoir des amis", "bien manger", "manger à sa faim", "pas encore codé", "sourire", "être en paix"]
    assert "0 lues sur 6" in words(page) or "0 lue sur 6" in words(page)
    assert "Petit groupe, Sans accord" in words(page)


def test_one_line_after_another_the_next_takes_its_place(as_user, alice, territory, frozen):
    client = as_user(alice)
    [first] = quotes(client.get(at(territory, 1, "lecture")))
    client.post(at(territory, 1, "lecture", line_of(frozen, first).pk), {"decision": "published"})
    page = client.get(at(territory, 1, "lecture"))
    assert quotes(page) != [first]
    assert "1 lue sur 6" in words(page)


def test_the_three_decisions_are_kept(as_user, alice, territory, frozen):
    client = as_user(alice)
    a, b, c = (line_of(frozen, text) for text in ("bien manger", "avoir des amis", "sourire"))
    client.post(at(territory, 1, "lecture", a.pk), {"decision": "published"})
    client.post(at(territory, 1, "lecture", b.pk), {"decision": "redacted", f"r{b.pk}-public_text": "avoir des [personnes]"})
    client.post(at(territory, 1, "lecture", c.pk), {"decision": "withheld", f"w{c.pk}-reason": "reconnaissable"})
    assert readings() == [
        ("bien manger", "published", "bien manger", ""),
        ("avoir des amis", "redacted", "avoir des [personnes]", ""),
        ("sourire", "withheld", "", "reconnaissable"),
    ]


def test_after_a_decision_the_desk_stands_where_it_stood(as_user, alice, territory, frozen):
    here = at(territory, 1, "lecture") + "?mode=vingt&etat=all"
    line = line_of(frozen, "sourire")
    answer = as_user(alice).post(at(territory, 1, "lecture", line.pk), {"decision": "published", "next": here})
    assert answer.url == here


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example/", "/compte/logout/"])
def test_the_desk_never_sends_elsewhere(as_user, alice, territory, frozen, elsewhere):
    line = line_of(frozen, "sourire")
    answer = as_user(alice).post(at(territory, 1, "lecture", line.pk), {"decision": "published", "next": elsewhere})
    assert answer.url == at(territory, 1, "lecture")


def test_a_redaction_equal_to_the_original_is_refused_and_what_was_typed_stays(as_user, alice, territory, frozen):
    line = line_of(frozen, "sourire")
    answer = as_user(alice).post(at(territory, 1, "lecture", line.pk), {"decision": "redacted", f"r{line.pk}-public_text": "sourire"})
    assert answer.status_code == 422
    assert "le même que l’original" in words(answer)
    assert readings() == []


@pytest.mark.parametrize("decision", ["withheld", "redacted", "nimporte", ""])
def test_a_decision_without_its_words_is_refused(as_user, alice, territory, frozen, decision):
    line = line_of(frozen, "sourire")
    assert as_user(alice).post(at(territory, 1, "lecture", line.pk), {"decision": decision}).status_code == 422
    assert readings() == []


def test_with_htmx_the_line_comes_back_with_the_progress(as_user, alice, territory, frozen):
    line = line_of(frozen, "sourire")
    answer = (
        as_user(alice)
        .post(at(territory, 1, "lecture", line.pk), {"decision": "published"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "<html" not in answer
    assert f'id="line-{line.pk}"' in answer
    assert "publiée telle quelle" in answer
    assert 'hx-swap-oob="true"' in answer


def test_what_may_betray_somebody_is_pointed_out(as_user, alice, territory, jeunes):
    say(jeunes, "appelez Marie Dupont au 0470 12 34 56", "D03/O")
    operations.freeze_synthesis(territory=territory, title="Version", by=alice, now=NOW)
    body = as_user(alice).get(at(territory, 1, "lecture")).content.decode()
    assert ">0470 12 34 56</mark>" in body
    assert ">Marie Dupont</mark>" in body


def test_twenty_at_a_time_publishes_what_was_on_the_screen_and_not_what_was_pointed_out(as_user, alice, territory, jeunes, voices):
    say(jeunes, "écrire à marie@example.org", "D03/O")
    frozen = operations.freeze_synthesis(territory=territory, title="Version", by=alice, now=NOW)
    client = as_user(alice)
    page = client.get(at(territory, 1, "lecture"), {"mode": "vingt"})
    shown = page.context["clear"]
    assert line_of(frozen, "écrire à marie@example.org").pk not in shown
    client.post(at(territory, 1, "lecture", "toutes"), {"line": shown})
    assert len(readings()) == 6
    assert "écrire à marie@example.org" in quotes_text(client.get(at(territory, 1, "lecture")))


def quotes_text(response) -> str:
    return words(response)


def test_decisions_of_the_version_before_are_taken_again_by_an_act(as_user, alice, territory, frozen):
    line = line_of(frozen, "sourire")
    operations.read_line(line=line, decision="withheld", reason="reconnaissable", by=alice, now=NOW)
    operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    client = as_user(alice)
    page = client.get(at(territory, 2, "lecture"), {"mode": "vingt"})
    assert "non publiée (reconnaissable)" in words(page)
    assert len(readings()) == 1
    client.post(at(territory, 2, "lecture", "reprendre"), {"line": page.context["previous"]})
    assert readings()[1:] == [("sourire", "withheld", "", "reconnaissable")]


def test_the_desk_asks_the_same_queries_with_one_and_three_lines(as_user, alice, territory, jeunes):
    client, asked = as_user(alice), []
    for title, texts in (("Première", ["zéro"]), ("Deuxième", []), ("Troisième", ["deux", "trois"])):
        for text in texts:
            say(jeunes, text, "A01/P")
        made = operations.freeze_synthesis(territory=territory, title=title, by=alice, now=NOW)
        asked.append(queries_of(client, at(territory, made.number, "lecture") + "?mode=vingt"))
    assert asked[1] == asked[2], "the first version has none before it to look into"


def test_a_line_of_another_version_is_not_there(as_user, erin, territory, frozen):
    other = operations.freeze_synthesis(territory=territory, title="Deuxième", by=erin, now=NOW)
    line = line_of(other, "sourire")
    assert as_user(erin).post(at(territory, 1, "lecture", line.pk), {"decision": "published"}).status_code == 404


def test_who_may_decide_on_a_line(request, as_user, territory, frozen, dora):
    line = line_of(frozen, "sourire")
    address = at(territory, 1, "lecture", line.pk)
    allowed = {
        name
        for name in ("alice", "bob", "charlie", "dora", "erin")
        if as_user(request.getfixturevalue(name)).post(address, {"decision": "published"}).status_code == 302
    }
    assert allowed == {"alice", "erin"}
