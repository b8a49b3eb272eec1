"""Survey statements: several criteria of one code, several statements a code, and nobody made to accuse themselves unawares."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tissage.core.codes import Code, parse_code
from tissage.people.models import Entry
from tissage.voices.models import Criterion, Proposition, Question
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.propositions import (
    PropositionRefusal,
    WouldAccuse,
    attach_to_proposition,
    delete_proposition,
    detach_from_proposition,
    make_proposition,
    reword_proposition,
)
from tissage.voices.queries.propositions import pairs_of, survey_rows

HEATED = parse_code("A03/P")


@pytest.fixture
def wishes(enter):
    return enter(("un logement chauffé", 2, HEATED), ("ne pas avoir froid", 1, HEATED))


@pytest.fixture
def ill_being(territory):
    return Question.objects.get(territory=territory, code="IB")


def test_a_statement_sums_up_criteria_of_one_code_and_keeps_their_words(wishes, territory, alice, now):
    made = make_proposition(text="  Je peux chauffer\nmon logement ", criteria=wishes, by=alice, now=now)
    assert (made.component, made.sense, made.text) == ("A03", "P", "Je peux chauffer mon logement")
    assert set(Criterion.objects.values_list("text", "proposition")) == {("un logement chauffé", made.pk), ("ne pas avoir froid", made.pk)}
    assert "chauffer" not in str(Entry.objects.get(verb="voices.make_proposition").__dict__)


def test_several_statements_may_stand_for_one_code(wishes, territory, alice, now):
    one, two = wishes
    make_proposition(text="Je peux chauffer", criteria=[one], by=alice, now=now)
    make_proposition(text="J’ai chaud chez moi", criteria=[two], by=alice, now=now)
    assert Proposition.objects.filter(component="A03", sense="P").count() == 2
    with pytest.raises(PropositionRefusal):
        make_proposition(text="Je peux chauffer", criteria=[two], by=alice, now=now)


def test_criteria_of_two_codes_do_not_share_a_statement(wishes, enter, alice, now):
    [other] = enter(("du pain", 1, Code("A01")))
    [bare] = enter("sans code")
    for chosen in ([wishes[0], other], [bare], []):
        with pytest.raises(PropositionRefusal):
            make_proposition(text="Je vis bien", criteria=chosen, by=alice, now=now)
    made = make_proposition(text="Je peux chauffer", criteria=wishes, by=alice, now=now)
    with pytest.raises(PropositionRefusal):
        attach_to_proposition(proposition=made, criteria=[other], by=alice, now=now)


def test_a_negative_wording_names_whom_it_would_accuse_and_asks(wishes, enter, ill_being, alice, now):
    [cold] = enter(("avoir froid chez moi", 1, HEATED), question=ill_being)
    with pytest.raises(WouldAccuse) as warning:
        make_proposition(text="Je ne peux pas chauffer mon logement", criteria=[*wishes, cold], by=alice, now=now)
    assert warning.value.criteria == tuple(item.pk for item in wishes)
    assert not Proposition.objects.exists()
    made = make_proposition(text="Je ne peux pas chauffer mon logement", criteria=[cold], by=alice, now=now)
    with pytest.raises(WouldAccuse):
        attach_to_proposition(proposition=made, criteria=wishes, by=alice, now=now)
    attach_to_proposition(proposition=made, criteria=wishes, by=alice, now=now, knowingly=True)
    assert made.criteria.count() == 3
    reword_proposition(proposition=made, text="Je chauffe mon logement", by=alice, now=now)
    with pytest.raises(WouldAccuse):
        reword_proposition(proposition=made, text="Je n’ai pas chaud", by=alice, now=now)
    made.refresh_from_db()
    assert (made.text, made.corrected_text) == ("Je ne peux pas chauffer mon logement", "Je chauffe mon logement")


def test_only_an_empty_statement_is_deleted(wishes, alice, now):
    made = make_proposition(text="Je peux chauffer", criteria=wishes, by=alice, now=now)
    with pytest.raises(PropositionRefusal):
        delete_proposition(proposition=made, by=alice, now=now)
    detach_from_proposition(proposition=made, criteria=wishes, by=alice, now=now)
    with pytest.raises(PropositionRefusal):
        detach_from_proposition(proposition=made, criteria=wishes, by=alice, now=now)
    delete_proposition(proposition=made, by=alice, now=now)
    assert not Proposition.objects.exists()
    assert Criterion.objects.count() == 2


def test_codes_are_listed_with_what_nothing_sums_up(wishes, enter, territory, alice, now):
    enter(("du pain", 1, Code("A01")), "sans code")
    make_proposition(text="Je peux chauffer", criteria=wishes[:1], by=alice, now=now)
    found = [(pair.component, pair.sense, pair.criteria, pair.without) for pair in pairs_of(territory)]
    assert found == [("A01", "", 1, 1), ("A03", "P", 2, 1)]
    assert [pair.component for pair in pairs_of(territory, dimension="F")] == []
    make_proposition(text="J’ai chaud", criteria=wishes[1:], by=alice, now=now)
    assert [pair.component for pair in pairs_of(territory, only_without=True)] == ["A01"]


# --- The pages


@pytest.fixture
def url(territory):
    return lambda name, *args: reverse(f"voices:{name}", args=[territory.slug, *args])


def test_who_may_write_survey_statements(wishes, territory, url, alice, bob, charlie, dora, erin, as_user, now):
    made = make_proposition(text="Je peux chauffer", criteria=wishes[:1], by=alice, now=now)
    for address in (url("propositions"), url("propositions_of", "A03") + "?sens=P", url("reword_proposition", made.pk)):
        assert [as_user(one).get(address).status_code for one in (alice, bob, charlie, dora, erin, None)] == [200, 404, 404, 404, 200, 302]
    acts = [url("make_proposition", "A03"), url("export_propositions")]
    acts += [url(name, made.pk) for name in ("attach_to_proposition", "detach_from_proposition", "delete_proposition")]
    for act in acts:
        assert [as_user(one).post(act).status_code for one in (bob, charlie, dora)] == [404, 404, 404]
        assert as_user(alice).get(act).status_code == 405
    assert as_user(alice).get(url("propositions_of", "F05")).status_code == 404
    assert Proposition.objects.get() == made


def test_another_territory_cannot_touch_a_statement_or_its_criteria(wishes, other_territory, alice, dora, as_user, now):
    made = make_proposition(text="Je peux chauffer", criteria=wishes, by=alice, now=now)
    for name in ("reword_proposition", "detach_from_proposition", "delete_proposition"):
        assert as_user(dora).post(reverse(f"voices:{name}", args=[other_territory.slug, made.pk]), {"text": "x"}).status_code == 404
    answer = as_user(dora).post(
        reverse("voices:make_proposition", args=[other_territory.slug, "A03"]), {"text": "Je", "sens": "P", "criterion": wishes[0].pk}
    )
    assert answer.status_code == 404
    assert Proposition.objects.count() == 1


def test_the_page_warns_keeps_what_was_chosen_and_lets_go_on_knowingly(wishes, url, alice, as_user):
    client = as_user(alice)
    data = {"text": "Je ne peux pas chauffer", "sens": "P", "criterion": [item.pk for item in wishes]}
    body = client.post(url("make_proposition", "A03"), data).content.decode()
    assert "ferait s’accuser" in body
    assert "«\u00a0un logement chauffé\u00a0»" in body
    assert "Garder cette formulation quand même" in body
    assert body.count(" checked") == 2
    assert not Proposition.objects.exists()
    answer = client.post(url("make_proposition", "A03"), {**data, "knowingly": "1"})
    assert answer["Location"] == url("propositions_of", "A03") + "?sens=P"
    assert Proposition.objects.get().criteria.count() == 2


def test_attaching_detaching_rewording_and_deleting_on_the_page(wishes, url, alice, as_user, now):
    client = as_user(alice)
    made = make_proposition(text="Je peux chauffer", criteria=wishes[:1], by=alice, now=now)
    client.post(url("attach_to_proposition", made.pk), {"criterion": wishes[1].pk})
    assert made.criteria.count() == 2
    assert "tiennent encore" in client.post(url("delete_proposition", made.pk), follow=True).content.decode()
    client.post(url("reword_proposition", made.pk), {"text": "Je chauffe mon logement"})
    assert Proposition.objects.get().corrected_text == "Je chauffe mon logement"
    assert "ferait s’accuser" in client.post(url("reword_proposition", made.pk), {"text": "Je n’ai pas chaud"}).content.decode()
    client.post(url("detach_from_proposition", made.pk), {"criterion": [item.pk for item in wishes]})
    client.post(url("delete_proposition", made.pk))
    assert not Proposition.objects.exists()
    assert "Choisissez au moins un critère" in client.post(url("make_proposition", "A03"), {"text": "Je", "sens": "P"}).content.decode()


def test_a_criterion_coded_otherwise_since_is_shown_where_it_still_hangs(wishes, url, alice, as_user, now):
    make_proposition(text="Je peux chauffer", criteria=wishes, by=alice, now=now)
    set_code(criterion=wishes[0], code=Code("F00"), by=alice, now=now)
    body = as_user(alice).get(url("propositions_of", "A03") + "?sens=P").content.decode()
    assert "Codés autrement depuis" in body
    assert "un logement chauffé" in body


def test_the_survey_items_leave_as_a_file_and_the_journal_says_who_took_them(wishes, territory, url, alice, as_user, now):
    make_proposition(text="=Je peux chauffer", criteria=wishes, by=alice, now=now)
    empty = make_proposition(text="J’ai chaud", criteria=wishes[:1], by=alice, now=now)
    detach_from_proposition(proposition=empty, criteria=wishes[:1], by=alice, now=now)
    answer = as_user(alice).post(url("export_propositions"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1:] == [["A03", "P", "'=Je peux chauffer", "'=Je peux chauffer", "1", "1"]]
    assert list(survey_rows(territory)) == [("A03", "P", "=Je peux chauffer", "=Je peux chauffer", 1, 1)]
    assert Entry.objects.get(verb="voices.export_propositions").numbers == {"propositions": 1}


@pytest.mark.parametrize("address", ["propositions", "propositions_of"])
def test_as_many_queries_for_three_as_for_one(address, enter, territory, url, alice, as_user, now):
    client = as_user(alice)
    place = url("propositions") if address == "propositions" else url("propositions_of", "A03") + "?sens=P"

    def one_more(number):
        chosen = enter((f"un logement {number}", 1, HEATED), (f"du pain {number}", 1, Code("A01", "", "P")))
        for criterion in chosen:
            make_proposition(text=f"Je vis bien {number}", criteria=[criterion], by=alice, now=now)

    def queries_now():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(place).status_code == 200
        return len(captured)

    one_more(1)
    client.get(place)
    first = queries_now()
    one_more(2)
    one_more(3)
    assert queries_now() == first


def test_a_statement_that_accuses_already_is_marked_where_it_stands(wishes, url, alice, as_user, now):
    make_proposition(text="Je ne peux pas chauffer", criteria=wishes, by=alice, now=now, knowingly=True)
    body = as_user(alice).get(url("propositions_of", "A03") + "?sens=P").content.decode()
    assert "fait s’accuser 2 personnes qui parlaient positivement" in body
