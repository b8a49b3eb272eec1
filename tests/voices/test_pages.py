"""Every page of voices: who opens it, what it says, how many queries it takes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tissage.core.codes import Code
from tissage.voices.models import Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question, Workshop
from tissage.voices.operations.entry import enter_expressions

CANARY = "<script>CANARI</script>"


@pytest.fixture
def workshop(group, question, territory, now) -> Workshop:
    workshop = Workshop.objects.create(territory=territory, group=group, held_on=now.date(), place="Maison des jeunes")
    workshop.questions.create(question=question, wording="Et pour vous, le bien-être ?")
    return workshop


@pytest.fixture
def place(enter, group, question, workshop, territory, alice, now):
    """One of everything, and the address arguments that open it."""
    [criterion] = enter((f"un toit {CANARY}", 2, Code("A03")), workshop=workshop)
    enter_expressions(group=group, question=question, texts=[f"note {CANARY}"], by=alice, now=now)
    criterion.proposition = Proposition.objects.create(territory=territory, component="A03", text="Je n’ai pas de toit.")
    criterion.save()
    return {"group": group.pk, "workshop": workshop.pk, "question": question.pk, "criterion": criterion.pk, "batch": criterion.batch.uuid}


READ = [
    ("groups", ()),
    ("group", ("group",)),
    ("workshop", ("workshop",)),
    ("questions", ()),
    ("expressions", ()),
    ("criteria", ()),
    ("criterion", ("criterion",)),
]
WRITE = [
    ("create_group", ()),
    ("edit_group", ("group",)),
    ("create_workshop", ("group",)),
    ("edit_workshop", ("workshop",)),
    ("entry", ()),
    ("entry_done", ("batch",)),
    ("edit_criterion", ("criterion",)),
    ("split_criterion", ("criterion",)),
    ("withdraw_criterion", ("criterion",)),
    ("correct_proposition", ("criterion",)),
    ("code", ("criterion",)),
]
COORDINATE = [("add_question", ()), ("edit_question", ("question",))]


@pytest.mark.parametrize(
    ("pages", "reader", "facilitator", "coordinator"),
    [(READ, 200, 200, 200), (WRITE, 404, 200, 200), (COORDINATE, 404, 404, 200)],
    ids=["read", "write", "coordinate"],
)
def test_who_opens_which_page(pages, reader, facilitator, coordinator, place, territory, alice, bob, charlie, dora, erin, as_user):
    for name, keys in pages:
        url = reverse(f"voices:{name}", args=[territory.slug, *(place[key] for key in keys)])
        answers = {person.name: as_user(person).get(url).status_code for person in (alice, bob, charlie, dora, erin)}
        assert (name, answers) == (
            name,
            {"Alice": facilitator, "Bob": reader, "Charlie": 404, "Dora": 404, "Erin": coordinator},
        )
        assert as_user(None).get(url).status_code == 302
        body = as_user(erin).get(url).content.decode()
        assert "<script>CANARI" not in body


POSTS = [
    ("close_workshop", ("workshop",), True),
    ("reopen_workshop", ("workshop",), False),
    ("remove_question", ("question",), False),
    ("check_lines", (), True),
    ("undo", ("batch",), True),
    ("validate_coding", ("criterion",), True),
    ("remove_code", ("criterion",), True),
]


@pytest.mark.parametrize(("name", "keys", "facilitator_may"), POSTS, ids=[post[0] for post in POSTS])
def test_who_may_act(name, keys, facilitator_may, place, territory, alice, bob, charlie, dora, erin, as_user):
    url = reverse(f"voices:{name}", args=[territory.slug, *(place[key] for key in keys)])
    assert [as_user(person).post(url).status_code for person in (bob, charlie, dora)] == [404, 404, 404]
    assert as_user(None).post(url).status_code == 302
    assert (as_user(alice).post(url).status_code != 404) == facilitator_may
    assert as_user(erin).get(url).status_code == 405


def test_a_question_stands_once_on_the_page_of_its_workshop_with_its_other_wordings_beneath(workshop, question, territory, alice, as_user):
    other = Question.objects.exclude(pk=question.pk).filter(territory=territory).order_by("pk").first()
    workshop.questions.create(question=other, wording="Et le mal-être ?", position=1)
    workshop.questions.create(question=question, wording="What is well-being?", language="en", position=2)
    body = as_user(alice).get(reverse("voices:workshop", args=[territory.slug, workshop.pk])).content.decode()
    asked = body[body.index('id="asked-title"') : body.index('id="said-title"')]
    assert asked.count(f"<dt>{question.code} · ") == 1
    places = [asked.index(words) for words in ("Et pour vous, le bien-être", "What is well-being?", "Et le mal-être")]
    assert places == sorted(places)


def test_the_menu_of_a_territory_has_its_parts_only_for_whoever_has_their_pages(place, territory, bob, erin, as_user):
    parts = ("meeting", "coding", "files", "care")
    url = reverse("voices:groups", args=[territory.slug])
    shown = {
        person.name: [part for part in parts if f'id="more-{part}"' in as_user(person).get(url).content.decode()] for person in (bob, erin)
    }
    assert shown == {"Bob": ["meeting", "files", "care"], "Erin": list(parts)}


def test_a_reader_is_not_told_to_tick_what_cannot_be_ticked(place, territory, alice, bob, as_user):
    url = reverse("voices:expressions", args=[territory.slug])
    for person, told in ((alice, True), (bob, False)):
        body = as_user(person).get(url).content.decode()
        assert ("Cochez ceux" in body, 'type="checkbox"' in body) == (told, told)
        assert "Tout montrer" not in body  # nothing is hidden


def test_objects_of_another_territory_do_not_exist_under_my_address(place, other_territory, dora, as_user):
    for name, keys in READ[1:3] + READ[6:] + WRITE[1:4:2]:
        if keys:
            url = reverse(f"voices:{name}", args=[other_territory.slug, *(place[key] for key in keys)])
            assert as_user(dora).get(url).status_code == 404


def test_the_territory_page_is_public_by_choice_and_never_shows_groups_to_the_public(place, territory, group, bob, charlie, as_user):
    url = reverse("voices:territory", args=[territory.slug])
    assert [as_user(person).get(url).status_code for person in (None, charlie, bob)] == [404, 404, 200]
    territory.visibility = "public"
    territory.description = "Une ville au bord de l’eau."
    territory.save()
    for person in (None, charlie):
        answer = as_user(person).get(url)
        body = answer.content.decode()
        assert (answer.status_code, "bord de l’eau" in body, answer["X-Robots-Tag"]) == (200, True, "noindex, nofollow")
        assert [word for word in (group.name, "CANARI", "expression") if word in body] == []
    assert "1 groupe, dont 1 a parlé" in as_user(bob).get(url).content.decode()


def test_only_an_administrator_opens_a_territory(charlie, erin, now, as_user):
    url = reverse("opening:open_territory")
    data = {"name": "Hauterive", "slug": "hauterive", "visibility": "members", "suppression_threshold": 5, "description": ""}
    assert as_user(erin).get(url).status_code == 404
    assert as_user(erin).post(url, data).status_code == 404
    charlie.administrator_since = now
    charlie.save()
    client = as_user(charlie)
    assert "ouvrir" in str(client.post(url, data | {"slug": "ouvrir"}).context["form"]["slug"].value())
    assert client.post(url, data).status_code == 302
    assert list(Question.objects.filter(territory__slug="hauterive").values_list("code", flat=True)) == ["WB", "IB", "ACT"]
    assert client.get(reverse("voices:groups", args=["hauterive"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("groups", 11), ("criteria", 13), ("expressions", 11), ("questions", 10), ("territory", 20)])
def test_lists_take_the_same_queries_for_one_and_for_three(
    name, queries, count, territory, enter, question, alice, bob, now, as_user, django_assert_num_queries
):
    for number in range(count):
        group = HomogeneousGroup.objects.create(territory=territory, name=f"Groupe {number}")
        enter((f"dire {number}", 1, Code("A03")), group=group)
        enter_expressions(group=group, question=question, texts=[f"note {number}"], by=alice, now=now)
    client = as_user(bob)
    url = reverse(f"voices:{name}", args=[territory.slug])
    client.get(url)  # the nomenclature is read once and kept in memory
    with django_assert_num_queries(queries):
        client.get(url)


def test_a_group_not_heard_is_not_called_silent(group, alice, as_user):
    body = as_user(alice).get(reverse("voices:group", args=[group.territory.slug, group.pk])).content.decode()
    assert "Pas encore entendu" in body
    assert "inconnu" in body


def test_a_number_of_participants_is_signed_by_the_coordinator_who_states_it(group, alice, erin, as_user):
    url = reverse("voices:edit_group", args=[group.territory.slug, group.pk])
    data = {"name": group.name, "public_name": "Jeunes", "audience": "", "language": "fr", "created_on": "3/2/2026"}
    stated = data | {"participants_count": "9", "consent": "statistics", "participants_stated_on": "", "consent_recorded_on": "1/2/2026"}
    as_user(alice).post(url, stated)
    group.refresh_from_db()
    assert (group.participants_count, group.consent, str(group.created_on)) == (None, "none", "2026-02-03")
    assert as_user(erin).post(url, stated).status_code == 302
    group.refresh_from_db()
    assert (group.participants_count, group.participants_stated_by, group.consent, str(group.consent_recorded_on)) == (
        9,
        erin,
        "statistics",
        "2026-02-01",
    )
    assert group.participants_stated_on is not None


def test_a_wrong_form_keeps_what_was_typed(group, erin, as_user):
    url = reverse("voices:edit_group", args=[group.territory.slug, group.pk])
    answer = as_user(erin).post(url, {"name": "Nouveau nom", "created_on": "31/02/2026", "consent": "none"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Nouveau nom"' in body
    assert "31/02/2026" in body


def test_a_workshop_keeps_the_exact_words_of_its_questions(group, territory, erin, as_user):
    questions = {question.code: question for question in Question.objects.filter(territory=territory)}
    url = reverse("voices:create_workshop", args=[territory.slug, group.pk])
    form = as_user(erin).get(url).context["form"]
    assert form.initial[f"wording_{questions['WB'].pk}"] == questions["WB"].wording
    data = {
        "held_on": "18/3/2026",
        "cycle": "2",
        "phase": "2",
        "language": "nl",
        f"asked_{questions['WB'].pk}": "on",
        f"wording_{questions['WB'].pk}": "Wat is welzijn voor mij?",
        f"wording_{questions['IB'].pk}": "non posée",
    }
    assert as_user(erin).post(url, data).status_code == 302
    workshop = Workshop.objects.get()
    assert list(workshop.questions.values_list("question__code", "wording", "language")) == [("WB", "Wat is welzijn voor mij?", "nl")]
    as_user(erin).post(reverse("voices:close_workshop", args=[territory.slug, workshop.pk]))
    edit = reverse("voices:edit_workshop", args=[territory.slug, workshop.pk])
    assert as_user(erin).post(edit, data).status_code == 302
    workshop.refresh_from_db()
    assert workshop.closed_at is not None
    as_user(erin).post(reverse("voices:reopen_workshop", args=[territory.slug, workshop.pk]))
    workshop.refresh_from_db()
    assert workshop.closed_at is None


def test_protected_questions_stay_and_others_may_go_while_unused(territory, erin, as_user):
    client = as_user(erin)
    client.post(
        reverse("voices:add_question", args=[territory.slug]), {"code": "q4", "title": "Et demain ?", "wording": "", "side": "none"}
    )
    added = Question.objects.get(territory=territory, code="Q4")
    protected = Question.objects.get(territory=territory, code="WB")
    data = {"code": "XX", "title": "Bien vivre", "wording": "", "side": "negative"}
    client.post(reverse("voices:edit_question", args=[territory.slug, protected.pk]), data)
    client.post(reverse("voices:remove_question", args=[territory.slug, protected.pk]))
    protected.refresh_from_db()
    assert (protected.code, protected.side, protected.title) == ("WB", "positive", "Bien vivre")
    client.post(reverse("voices:remove_question", args=[territory.slug, added.pk]))
    assert Question.objects.filter(territory=territory).count() == 3


def test_a_proposition_is_shown_as_a_survey_item_never_as_what_was_said(place, territory, alice, as_user):
    url = reverse("voices:criterion", args=[territory.slug, place["criterion"]])
    body = as_user(alice).get(url).content.decode()
    assert "Formulation d’enquête" in body
    assert "Ce n’est pas ce que la personne a dit." in body
    assert "«\u00a0Je n’ai pas de toit." not in body
    correct = reverse("voices:correct_proposition", args=[territory.slug, place["criterion"]])
    as_user(alice).post(correct, {"corrected_text": "Je n’ai pas de logement."})
    proposition = Proposition.objects.get()
    assert (proposition.text, proposition.corrected_text) == ("Je n’ai pas de toit.", "Je n’ai pas de logement.")
    body = as_user(alice).get(url).content.decode()
    assert "Je n’ai pas de toit." in body
    assert "Je n’ai pas de logement." in body


def test_a_merged_criterion_keeps_its_page_and_a_withdrawn_one_has_none(enter, territory, alice, as_user):
    first, second = enter("un toit", "un toit à soi")
    client = as_user(alice)
    merge = reverse("voices:merge_criteria", args=[territory.slug])
    assert "2 expressions" in client.get(merge, {"id": [first.pk, second.pk]}).content.decode()
    answer = client.post(merge, {"id": [first.pk, second.pk], "target": first.pk})
    assert "Annuler ce geste" in client.get(answer["Location"]).content.decode()
    merged_page = reverse("voices:criterion", args=[territory.slug, second.pk])
    assert f"Voir le critère {first.pk}" in client.get(merged_page).content.decode()
    withdraw = reverse("voices:withdraw_criterion", args=[territory.slug, first.pk])
    assert "2 expressions" in client.get(withdraw).content.decode()
    assert client.post(withdraw, {"reason": ""}).status_code == 200
    client.post(withdraw, {"reason": "demandé par le groupe le 3 mai"})
    assert [client.get(reverse("voices:criterion", args=[territory.slug, c.pk])).status_code for c in (first, second)] == [404, 404]


def test_splitting_on_the_screen_asks_for_counts_that_add_up(enter, territory, alice, as_user):
    [criterion] = enter(("un toit et du travail", 5))
    url = reverse("voices:split_criterion", args=[territory.slug, criterion.pk])
    wrong = as_user(alice).post(url, {"text_1": "un toit", "count_1": "2", "text_2": "du travail", "count_2": "2"})
    assert "il en faut 5" in wrong.content.decode()
    as_user(alice).post(url, {"text_1": "un toit", "count_1": "2", "text_2": "du travail", "count_2": "3"})
    assert sorted(Criterion.objects.live().values_list("text", "expression_count")) == [("du travail", 3), ("un toit", 2)]


def test_a_code_is_given_in_parts_or_whole_and_an_error_says_which_part(enter, territory, alice, as_user):
    [criterion, following] = enter("un toit", "du travail")
    url = reverse("voices:code", args=[territory.slug, criterion.pk])
    client = as_user(alice)
    offered = client.get(url, {"dimension": "A"}).context["components"]
    assert (offered[0][0].code, offered[-1][0].code) == ("A01", "A00")
    answer = client.post(url, {"dimension": "A", "component": "A03", "letter": "P", "facet": "money", "then_next": "1"})
    assert answer["Location"] == reverse("voices:code", args=[territory.slug, following.pk])
    criterion.refresh_from_db()
    assert (criterion.code, Coding.objects.get().facet) == ("A03/P", "money")
    assert "la lettre s’écrit en capitale" in client.post(url, {"whole": "a03"}).content.decode().lower()
    client.post(url, {"whole": "A01-11/P15/k", "facet": "help"})
    criterion.refresh_from_db()
    assert (criterion.code, Coding.objects.get(superseded_at=None).facet) == ("A01-11/P15/k", "help")
    mismatch = client.post(url, {"dimension": "A", "component": "A03", "letter": "O", "sense": "P15"})
    assert "pas sous la lettre O" in mismatch.content.decode()


def test_a_resident_s_words_lead_to_a_component(enter, territory, alice, as_user):
    [criterion] = enter("un logement chauffé")
    body = as_user(alice).get(reverse("voices:code", args=[territory.slug, criterion.pk]), {"mots": "logement"}).content.decode()
    assert "component=A03" in body


def test_loose_expressions_become_a_criterion_on_the_screen(group, question, territory, alice, now, as_user):
    enter_expressions(group=group, question=question, texts=["mes potes", "les amis"], by=alice, now=now)
    ids = list(Expression.objects.values_list("pk", flat=True))
    client = as_user(alice)
    url = reverse("voices:gather_expressions", args=[territory.slug])
    assert client.get(url, {"id": ids}).context["form"].initial["text"] == "mes potes"
    client.post(url, {"id": ids[:1], "text": "avoir des amis"})
    criterion = Criterion.objects.get()
    assert (criterion.text, criterion.expression_count) == ("avoir des amis", 1)
    client.post(url, {"id": ids[1:], "criterion": criterion.pk})
    criterion.refresh_from_db()
    assert criterion.expression_count == 2
    client.post(reverse("voices:detach_expression", args=[territory.slug, criterion.pk, ids[0]]))
    criterion.refresh_from_db()
    assert (criterion.expression_count, Expression.objects.loose().count()) == (1, 1)
