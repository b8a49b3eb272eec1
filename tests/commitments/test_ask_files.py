"""A set of asks travels as one checked file: whole, to the letter, or not at all."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commitments.spaces import frozen_in, lists_of, reply, sent_to_all, space_of
from tests.conftest import NOW
from tissage.commitments.exchange.ask_file import AskFileRefused, read_ask_file, write_ask_file
from tissage.commitments.models import Answer, Ask, AskSet, Contestant, Election
from tissage.commitments.operations import sets
from tissage.commitments.queries.ask_files import file_of
from tissage.commitments.queries.replies import find_sending
from tissage.core import ask_file, ask_rows
from tissage.core.ask_text import AskWords, CategoryText, SetText
from tissage.people.models import Entry

LATER = NOW + dt.timedelta(days=20)
words = st.text(max_size=40).filter(lambda text: "\x00" not in text)
days = st.dates(min_value=dt.date(2000, 1, 1))


@st.composite
def files(draw):
    codes = draw(st.lists(st.from_regex(r"[A-Z][0-9a-z]{0,3}", fullmatch=True), unique=True, max_size=4))
    competence = st.lists(st.sampled_from(ask_rows.COMPETENCES), unique=True).map(tuple)
    asks = tuple(
        AskWords(code, "c", "lever", draw(words), draw(words), draw(competence), "yes", draw(words), draw(st.sampled_from(["1", "2.5"])))
        for code in codes
    )
    text = SetText(draw(words), draw(words), draw(words), "fr", draw(words), draw(competence), (CategoryText("c", draw(words), "1"),), asks)
    beside = tuple(ask_file.AskNote(code, draw(words), draw(words), draw(words), draw(words), draw(st.none() | days)) for code in codes)
    notes = ask_file.Notes("u", draw(words), draw(words), draw(st.none() | days), draw(days), draw(st.none() | days), None, beside)
    names = draw(st.lists(words, unique=True, max_size=3))
    lists = tuple(
        ask_file.Stands(f"u{n}", "list", name, draw(words), draw(st.none() | st.integers(1, 99)), "unknown", "no")
        for n, name in enumerate(names)
    )
    proof = st.none() | st.builds(ask_file.Proof, file_name=words, sha256=words)
    answers = tuple(
        ask_file.Answered(code, f"u{n}", "yes_if", draw(words), draw(words), draw(days), draw(st.booleans()), True, draw(days), draw(proof))
        for code in codes
        for n in range(len(names))
    )
    return ask_file.AskFile(text, notes, ask_file.Ballot(draw(words), draw(days), None), lists, answers)


@given(files())
def test_a_file_that_was_written_reads_back_the_same(file):
    assert ask_file.read(ask_file.write(file)) == file
    assert ask_file.write(ask_file.read(ask_file.write(file))) == ask_file.write(file)
    assert ask_file.read(ask_file.write(ask_file.without_answers(file))).text_sha256 == file.text_sha256


@given(files(), st.sampled_from(sorted(ask_file.PARTS)))
def test_a_part_that_was_altered_is_named(file, part):
    whole = json.loads(ask_file.write(file))
    whole["parts"][part] = {"changed": whole["parts"][part]}
    with pytest.raises(AskFileRefused) as refused:
        ask_file.read(json.dumps(whole).encode())
    assert ask_file.PARTS[part] in str(refused.value)


@given(st.binary(max_size=200))
def test_whatever_is_no_such_file_is_refused_in_words(content):
    with pytest.raises(AskFileRefused, match="Tissage"):
        ask_file.read(content)


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"null", b'{"format": "tissage-asks", "version": 1, "parts": {}, "checksums": {}}', b"[" * 5000]
)
def test_a_file_of_another_shape_is_refused_without_an_error_of_ours(content):
    with pytest.raises(AskFileRefused):
        ask_file.read(content)


def test_asks_of_a_table_come_back_the_same_and_a_wrong_cell_is_named_with_its_line():
    shipped = sets.seed_asks()
    assert (len(shipped.rows), shipped.problems) == (14, ())
    assert ask_rows.read_asks(ask_rows.write_asks(list(shipped.rows)).encode()) == shipped
    bad = "code;kind;category;text;competence;verifiable;weight\nL1;levier;a;Une demande;mairie;yes;0\nL2;lever;a;;commune;yes;1\n"
    found = {(one.line, one.column) for one in ask_rows.read_asks(bad.encode()).problems}
    assert found == {(2, "kind"), (2, "competence"), (2, "weight"), (3, "text")}


@pytest.fixture
def published(territory):
    """(the set, its owner) with one list that answered, published."""
    space, owner = space_of(territory)
    made = frozen_in(space, owner)
    first, *_others = lists_of(made, owner)
    sending = find_sending(sent_to_all(made, owner)[first.name])
    sets.answer_by_link(sending=sending, replies=reply(made, L1="yes_if", D3="no"), now=NOW)
    sets.hand_in(sending=sending, now=NOW)
    proof = sets.keep_space_file(space=space, title="", upload_name="scan.pdf", content=b"%PDF-1.7", by=owner, now=NOW)
    paper = {"position": "yes", "verbatim": "Sur papier.", "received_on": NOW.date(), "proof": proof, "by": owner, "now": NOW}
    sets.type_answer(ask=made.asks.get(code="L2"), contestant=first, **paper)
    sets.publish_answers(ask_set=made, by=owner, now=LATER)
    return AskSet.objects.get(pk=made.pk), owner


def test_a_territory_receives_the_set_with_its_text_answers_and_proofs_and_no_contact(published, other_territory, dora):
    made, _owner = published
    content = write_ask_file(made)
    assert b"canari" not in content
    assert b"Rue du Secret" not in content
    got = sets.receive_ask_set(territory=other_territory, content=content, by=dora, now=LATER)
    assert (got.space, got.territory, got.status, got.text_sha256) == (None, other_territory, "frozen", made.text_sha256)
    assert read_ask_file(write_ask_file(got)).answers[0].verbatim == "Mot pour mot L1"
    assert file_of(got).text == file_of(made).text
    assert [one.proof.sha256 for one in read_ask_file(content).answers if one.proof] == [
        Answer.objects.get(proof__isnull=False).proof.sha256
    ]
    copies = Answer.objects.filter(ask__ask_set=got)
    assert copies.count() == 3
    assert copies.filter(proof_document__isnull=True).count() == 0
    assert set(Contestant.objects.filter(election=got.election).values_list("contact", flat=True)) == {""}
    assert not got.asks.get(code="D3").is_verifiable
    line = Entry.objects.get(verb="commitments.receive_ask_set")
    assert (line.territory, line.numbers) == (other_territory, {"contestants": 3, "answers": 3})


def test_the_same_file_twice_changes_nothing_and_a_later_one_adds_what_came_since(published, other_territory, dora):
    made, owner = published
    content = write_ask_file(made)
    got = sets.receive_ask_set(territory=other_territory, content=content, by=dora, now=LATER)
    counted = [Ask.objects.count(), Answer.objects.count(), Contestant.objects.count(), Election.objects.count(), Entry.objects.count()]
    assert sets.receive_ask_set(territory=other_territory, content=content, by=dora, now=LATER) == got
    assert [
        Ask.objects.count(),
        Answer.objects.count(),
        Contestant.objects.count(),
        Election.objects.count(),
        Entry.objects.count(),
    ] == counted
    second = Contestant.objects.filter(election=made.election)[1]
    late = {"position": "no", "received_on": LATER.date(), "by": owner, "now": LATER}
    sets.type_answer(ask=made.asks.get(code="L1"), contestant=second, **late)
    sets.publish_answers(ask_set=made, by=owner, now=LATER)
    sets.receive_ask_set(territory=other_territory, content=write_ask_file(AskSet.objects.get(pk=made.pk)), by=dora, now=LATER)
    assert Answer.objects.filter(ask__ask_set=got).count() == 4
    assert Answer.objects.get(ask__ask_set=got, contestant__name=second.name).is_late


def test_a_file_that_was_altered_writes_nothing_and_says_what(published, other_territory, dora):
    made, _owner = published
    whole = json.loads(write_ask_file(made))
    whole["parts"]["answers"][0]["position"] = "no"
    with pytest.raises(AskFileRefused, match="les réponses"):
        sets.receive_ask_set(territory=other_territory, content=json.dumps(whole).encode(), by=dora, now=LATER)
    whole["checksums"]["answers"] = ask_file._checksum(whole["parts"]["answers"])
    sets.receive_ask_set(territory=other_territory, content=write_ask_file(made), by=dora, now=LATER)
    with pytest.raises(AskFileRefused, match="déjà été reçue"):
        sets.receive_ask_set(territory=other_territory, content=json.dumps(whole).encode(), by=dora, now=LATER)
    assert Answer.objects.filter(ask__ask_set__space=None, position="no").count() == 1


def test_another_text_under_a_code_already_received_is_refused(published, other_territory, dora):
    made, _owner = published
    sets.receive_ask_set(territory=other_territory, content=write_ask_file(made), by=dora, now=LATER)
    space, owner = space_of(made.territory, name="Autre", slug="autre")
    draft = sets.create_ask_set(
        space=space, code=made.code, title="Tout autre", selection_rule="Règle", by=owner, now=NOW,
        election=sets.create_election(space=space, name="É", held_on=dt.date(2026, 12, 20), by=owner, now=NOW),
        answer_deadline=dt.date(2026, 12, 10),
    )  # fmt: skip
    sets.import_asks(ask_set=draft, rows=sets.seed_asks().rows[:2], by=owner, now=NOW)
    other = sets.freeze_ask_set(ask_set=draft, by=owner, now=NOW)
    with pytest.raises(AskFileRefused, match="autre texte"):
        sets.receive_ask_set(territory=other_territory, content=write_ask_file(other), by=dora, now=LATER)


def test_forty_groups_send_the_same_text_each_with_its_own_lists(published):
    made, _owner = published
    content = write_ask_file(made, answers=False)
    assert b"Avant Sormont" not in content
    space, owner = space_of(made.territory, name="Groupe voisin", slug="voisin")
    same = sets.start_from_file(space=space, content=content, by=owner, now=LATER)
    assert (same.text_sha256, same.status, same.election, same.answer_deadline) == (made.text_sha256, "frozen", None, None)
    with pytest.raises(sets.AskSetRefused):
        sets.write_ask(ask_set=same, ask=same.asks.first(), text="Autre", by=owner, now=LATER)
    with pytest.raises(sets.AskSetRefused):
        sets.start_from_file(space=space, content=content, by=owner, now=LATER)
    election = sets.create_election(space=space, name="Élections", held_on=dt.date(2027, 1, 20), by=owner, now=LATER)
    sets.set_dates(ask_set=same, election=election, answer_deadline=dt.date(2027, 1, 10), by=owner, now=LATER)
    lists_of(AskSet.objects.get(pk=same.pk), owner)
    assert len(sets.send_to_all(ask_set=same, by=owner, now=LATER)) == 3
