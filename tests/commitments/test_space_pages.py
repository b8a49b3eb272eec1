"""The pages of a space: who opens them, what the link of a list shows, and that none exists where the candidate phase is off."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.commitments.spaces import draft_in, frozen_in, lists_of, reply, sent_to_all, somebody, space_of
from tests.conftest import NOW
from tissage.commitments.exchange.ask_file import write_ask_file
from tissage.commitments.models import Answer, Ask, AskSet, Sending, SpaceMembership
from tissage.commitments.operations import sets
from tissage.commitments.queries.replies import find_sending
from tissage.people.models import Entry

BEFORE = NOW - dt.timedelta(days=60)
TODAY = timezone.localdate


def member(space, role: str):
    return SpaceMembership.objects.create(space=space, user=somebody(role), role=role, since=NOW).user


@pytest.fixture
def held(territory):
    return space_of(territory)


def published_in(space, owner):
    """A set whose deadline is past, with one list that answered « non » and two that kept silent."""
    election = sets.create_election(space=space, name="Élections communales", held_on=dt.date(2026, 11, 1), by=owner, now=BEFORE)
    said = {"selection_rule": "Toutes les listes déposées.", "neutrality_note": "Aucune consigne de vote."}
    made = sets.create_ask_set(
        space=space,
        code="publie-26",
        title="Droits",
        election=election,
        answer_deadline=dt.date(2026, 10, 20),
        by=owner,
        now=BEFORE,
        **said,
    )
    sets.import_asks(ask_set=made, rows=sets.seed_asks().rows, by=owner, now=BEFORE)
    made = sets.freeze_ask_set(ask_set=made, by=owner, now=BEFORE)
    first, *_others = lists_of(made, owner)
    sent = {one.sending.contestant.name: one for one in sets.send_to_all(ask_set=made, by=owner, now=BEFORE)}
    sets.answer_by_link(sending=sent[first.name].sending, replies=reply(made, L1="no", D3="yes"), now=BEFORE)
    sets.hand_in(sending=sent[first.name].sending, now=BEFORE)
    sets.publish_answers(ask_set=made, by=owner, now=NOW)
    return AskSet.objects.get(pk=made.pk)


def addresses(space, ask_set) -> dict[str, str]:
    ask, contestant = ask_set.asks.first(), ask_set.election.contestants.first()
    here, both = [space.slug], [space.slug, ask_set.code]
    return {
        "read": reverse("spaces:space", args=here),
        "set": reverse("spaces:set", args=both),
        "lists": reverse("spaces:lists", args=both),
        "answers": reverse("spaces:answers", args=both),
        "write": reverse("spaces:change_ask", args=[*both, ask.pk]),
        "contact": reverse("spaces:change_contestant", args=[*both, contestant.pk]),
        "own": reverse("spaces:freeze", args=both),
        "journal": reverse("spaces:journal", args=here),
    }


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("owner", {"read", "set", "lists", "answers", "write", "contact", "own", "journal"}),
        ("editor", {"read", "set", "lists", "answers", "write", "contact"}),
        ("reader", {"read", "set", "lists", "answers"}),
        ("coordinator", set()),
        ("plan_manager", set()),
        ("councillor", set()),
        ("partner", set()),
        ("administrator", set()),
        ("owner elsewhere", set()),
        ("former owner", set()),
        ("nobody", set()),
    ],
)
def test_the_roles_of_a_space_open_it_and_those_of_the_territory_do_not(territory, held, as_user, request, who, opens):
    space, owner = held
    made = draft_in(space, owner)
    lists_of(made, owner)
    known = {
        "owner": lambda: owner,
        "editor": lambda: member(space, "editor"),
        "reader": lambda: member(space, "reader"),
        "coordinator": lambda: request.getfixturevalue("erin"),
        "plan_manager": lambda: request.getfixturevalue("paul"),
        "councillor": lambda: request.getfixturevalue("carl"),
        "partner": lambda: request.getfixturevalue("petra"),
        "owner elsewhere": lambda: space_of(territory, name="Autre", slug="autre")[1],
        "nobody": lambda: request.getfixturevalue("charlie"),
    }
    if who == "administrator":
        person = somebody("Ada")
        person.administrator_since = NOW
        person.save()
    elif who == "former owner":
        person = member(space, "owner")
        SpaceMembership.objects.filter(user=person).update(ended_at=NOW)
    else:
        person = known[who]()
    client = as_user(person)
    found = {name: client.get(address).status_code for name, address in addresses(space, made).items()}
    assert found == {name: 200 if name in opens else 404 for name in found}
    assert (space.name in client.get(reverse("spaces:mine")).content.decode()) == bool(opens)
    assert (space.name in client.get(reverse("people:todo")).content.decode()) == bool(opens)


def test_a_list_saves_reads_again_hands_in_once_and_opening_does_nothing(held, client):
    space, owner = held
    made = frozen_in(space, owner)
    [first, *_others] = lists_of(made, owner)
    token = sent_to_all(made, owner)[first.name]
    page = reverse("replies:answer", args=[token])
    shown = client.get(page)
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] == "no-referrer"
    assert not Answer.objects.exists()
    one, other = made.asks.get(code="L1"), made.asks.get(code="L2")
    wrong = client.post(reverse("replies:save", args=[token]), {f"d{one.pk}-position": "no", f"d{other.pk}-verbatim": "Sans position"})
    assert wrong.status_code == 422
    assert "Sans position" in wrong.content.decode()
    assert list(Answer.objects.values_list("ask__code", "position", "received_on")) == [("L1", "no", None)]
    client.get(reverse("replies:hand_in", args=[token]))
    assert Sending.objects.get(contestant=first).submitted_at is None
    assert client.post(reverse("replies:hand_in", args=[token])).url == page
    read_only = client.get(page).content.decode()
    assert "Réponses remises" in read_only
    assert "<form" not in read_only.split("<main", 1)[1]
    client.post(reverse("replies:save", args=[token]), {f"d{one.pk}-position": "yes"})
    assert Answer.objects.get().position == "no"
    assert client.get(reverse("replies:answer", args=["x" * 43])).status_code == 404


def test_after_the_deadline_the_link_shows_nothing_of_what_was_typed(territory, held, client):
    space, owner = held
    made = published_in(space, owner)
    assert made.published_on
    silent = Sending.objects.exclude(submitted_at__isnull=False).select_related("contestant").first()
    from tissage.core.tokens import hash_token

    Sending.objects.filter(pk=silent.pk).update(token_hash=hash_token("t" * 43))
    Answer.objects.create(
        ask=made.asks.first(), contestant=silent.contestant, position="yes", verbatim="secret canari", via_link=True, changed_at=BEFORE
    )
    closed = client.get(reverse("replies:answer", args=["t" * 43]))
    assert closed.status_code == 410
    assert "canari" not in closed.content.decode()
    assert "canari" not in client.get(reverse("spaces:published", args=[space.slug, made.code])).content.decode()


def test_strangers_compare_published_answers_in_ballot_order_without_ranking_or_contact(held, client):
    space, owner = held
    draft = frozen_in(space, owner)
    assert client.get(reverse("spaces:published", args=[space.slug, draft.code])).status_code == 404
    made = published_in(space, owner)
    html = client.get(reverse("spaces:published", args=[space.slug, made.code])).content.decode()
    part = html[html.index('id="L1"') : html.index('id="L2"')]
    assert [part.index(name) for name in ("1. Avant Sormont", "2. Ensemble", "3. Liste Canal")] == sorted(
        part.index(name) for name in ("1. Avant Sormont", "2. Ensemble", "3. Liste Canal")
    )
    assert part.count("pas de réponse") == 2
    assert part.count(">non</strong>") == 1
    assert "Mot pour mot L1" in part
    assert "hors score" in html[html.index('id="D3"') :].split("</section>")[0]
    assert "Toutes les listes déposées." in html
    assert "Aucune consigne de vote." in html
    assert "force légale" in html
    assert made.text_sha256 in html
    assert "canari" not in html
    assert space.territory.name not in html.replace("Avant Sormont", "")


def test_the_public_page_asks_as_many_questions_of_the_base_for_one_list_as_for_three(held, client, django_assert_num_queries):
    space, owner = held
    made = published_in(space, owner)
    address = reverse("spaces:published", args=[space.slug, made.code])
    with django_assert_num_queries(4):
        client.get(address)
    for one in list(made.election.contestants.all())[1:]:
        one.sendings.all().delete()
        one.delete()
    with django_assert_num_queries(4):
        client.get(address)


def test_paper_is_typed_in_with_its_scan_shown_only_when_the_space_says_so(held, as_user, client):
    space, owner = held
    made = published_in(space, owner)
    silent = made.election.contestants.all()[1]
    ask = made.asks.get(code="L2")
    desk, address = as_user(owner), reverse("spaces:type_answers", args=[space.slug, made.code, silent.pk])
    paper = {"received_on": TODAY().isoformat(), f"d{ask.pk}-position": "partial", f"d{ask.pk}-verbatim": "Venu par la poste."}
    refused = desk.post(address, {**paper, "proof": SimpleUploadedFile("scan.pdf", b"MZ no pdf")})
    assert refused.status_code == 422
    assert not Answer.objects.filter(contestant=silent).exists()
    desk.post(address, {**paper, "proof": SimpleUploadedFile("scan.pdf", b"%PDF-1.7 signature")})
    answer = Answer.objects.select_related("proof").get(contestant=silent)
    assert (answer.is_late, answer.typed_by, answer.published_on) == (True, owner, None)
    shown = reverse("spaces:published_proof", args=[space.slug, made.code, answer.proof.uuid])
    desk.post(reverse("spaces:publish", args=[space.slug, made.code]))
    assert "tardive" in client.get(reverse("spaces:published", args=[space.slug, made.code])).content.decode()
    assert client.get(shown).status_code == 404
    type(answer.proof).objects.update(is_public=True)
    assert client.get(shown).content == b"%PDF-1.7 signature"


def test_a_letter_carries_the_link_and_notes_its_sending(held, as_user, client):
    space, owner = held
    made = frozen_in(space, owner)
    [first, *_others] = lists_of(made, owner)
    address = reverse("spaces:send_letter", args=[space.slug, made.code, first.pk])
    answer = as_user(owner).post(address, {"channel": "hand", "sent_on": made.frozen_on.isoformat()})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    import io

    from pypdf import PdfReader

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    plain = "".join(text.split()).replace("\u200b", "")
    assert "Avant Sormont" in text
    assert "RueduSecret1" in plain
    sending = Sending.objects.get()
    link = plain.split("/repondre/", 1)[1][:43]
    assert find_sending(link) == sending
    assert made.text_sha256 in plain


def test_a_coordinator_receives_a_file_after_seeing_it_and_an_altered_one_is_refused(held, territory, erin, carl, as_user):
    space, owner = held
    content = write_ask_file(published_in(space, owner))
    address = reverse("commitments:receive_set", args=[territory.slug])
    desk = as_user(erin)
    altered = content.replace(b"Mot pour mot L1", b"Autre chose")
    refused = desk.post(address, {"file": SimpleUploadedFile("demandes.json", altered)})
    assert refused.status_code == 422
    assert "les réponses" in refused.content.decode()
    seen = desk.post(address, {"file": SimpleUploadedFile("demandes.json", content)})
    assert seen.status_code == 200
    assert not AskSet.objects.of_territory().exists()
    done = desk.post(address, {"content": seen.context["again"].initial["content"]})
    assert done.url == reverse("commitments:received_sets", args=[territory.slug])
    received = AskSet.objects.of_territory().get()
    assert Ask.objects.filter(ask_set=received).count() == 14
    out = desk.post(reverse("commitments:take_set", args=[territory.slug, received.code]))
    assert out.content == content
    assert as_user(carl).get(address).status_code == 404
    assert as_user(carl).post(address, {"content": content.decode()}).status_code == 404


def test_a_table_of_asks_is_shown_before_it_is_written(held, as_user):
    space, owner = held
    made = sets.create_ask_set(space=space, code="neuf", title="Neuf", by=owner, now=NOW)
    address = reverse("spaces:import_asks", args=[space.slug, made.code])
    table = "code;kind;category;category_label;text;competence;verifiable\nL1;lever;soutien;Soutien;Une demande;commune cpas;yes\n"
    desk = as_user(owner)
    seen = desk.post(address, {"file": SimpleUploadedFile("d.csv", table.encode())})
    assert not made.asks.exists()
    desk.post(address, {"content": seen.context["again"].initial["content"]})
    assert [(ask.code, ask.category.label, ask.competence) for ask in made.asks.all()] == [("L1", "Soutien", ["commune", "cpas"])]
    wrong = desk.post(address, {"file": SimpleUploadedFile("d.csv", table.replace("commune cpas", "mairie").encode())})
    assert wrong.status_code == 422
    assert "Ligne 2" in wrong.content.decode()
    back = desk.get(reverse("spaces:ask_table", args=[space.slug, made.code])).content
    assert back.startswith("\ufeffcode;kind".encode())


def test_an_administrator_opens_a_space_and_gets_no_role_in_it(territory, chantecler, as_user):
    ada, owner = somebody("Ada"), somebody("Olive")
    given = {"territory": territory.slug, "organization": chantecler.name, "slug": "chantecler", "email": owner.email}
    assert as_user(ada).post(reverse("spaces:open"), given).status_code == 404
    ada.administrator_since = NOW
    ada.save()
    desk = as_user(ada)
    assert desk.post(reverse("spaces:open"), {**given, "organization": "Inconnue"}).status_code == 200
    assert desk.post(reverse("spaces:open"), given).status_code == 302
    assert list(SpaceMembership.objects.values_list("user", "role")) == [(owner.pk, "owner")]
    assert desk.get(reverse("spaces:space", args=["chantecler"])).status_code == 404
    assert Entry.objects.filter(verb="commitments.open_space", territory=None).count() == 1
    assert mail.outbox == []


def test_the_lists_page_asks_as_many_questions_of_the_base_for_one_list_as_for_three(held, as_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    space, owner = held
    made = frozen_in(space, owner)
    lists = lists_of(made, owner)
    sent_to_all(made, owner)
    counted = []
    for gone in (None, lists[1:]):
        for one in gone or ():
            one.sendings.all().delete()
            one.delete()
        client = as_user(owner)
        for page in ("spaces:lists", "spaces:answers"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(page, args=[space.slug, made.code])).status_code == 200
            counted.append(len(asked))
    assert counted[:2] == counted[2:]
