"""Rainbow workshops: groups side by side, marks and common wordings; nothing said is changed, minorities stand as large as the rest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.voices.test_criterion_acts import picture
from tissage.core.codes import Code
from tissage.people.models import Entry
from tissage.voices.models import CommonWording, Criterion, HomogeneousGroup, RainbowGroup, RainbowMark, RainbowWorkshop
from tissage.voices.operations import rainbow as operations
from tissage.voices.operations.criteria import withdraw_criterion
from tissage.voices.operations.validation import validate_with_group
from tissage.voices.queries.rainbow import board_criteria, left_out


@pytest.fixture
def groups(group, territory):
    """Jeunes, Aînés, Parents."""
    return [group, *(HomogeneousGroup.objects.create(territory=territory, name=name) for name in ("Aînés", "Parents"))]


@pytest.fixture
def did(alice, now):
    return {"by": alice, "now": now}


@pytest.fixture
def rainbow(territory, groups, did) -> RainbowGroup:
    return operations.create_rainbow_group(territory=territory, name="Arc d’automne", groups=groups, **did)


@pytest.fixture
def workshop(rainbow, did, now) -> RainbowWorkshop:
    return operations.create_rainbow_workshop(rainbow=rainbow, held_on=now.date(), place="Salle du haut", **did)


@pytest.fixture
def said(enter, groups, did, now):
    """What the three groups said, validated but for the last: home by two groups, friendship by one, something uncoded."""
    young = enter(("un toit", 20, Code("A03")), ("un ami", 1, Code("D03")))
    old = enter(("une maison chaude", 2, Code("A03")), "sourire", group=groups[1])
    parents = enter(("un loyer juste", 3, Code("A03")), group=groups[2])
    for criteria in (young, old):
        validate_with_group(criteria=criteria, on=now.date(), coding=True, **did)
    return {criterion.text: criterion for criterion in [*young, *old, *parents]}


@pytest.fixture
def url(territory, workshop):
    return reverse("voices:rainbow_workshop", args=[territory.slug, workshop.pk])


def test_a_rainbow_group_represents_two_groups_at_least_under_a_name_of_its_own(territory, groups, rainbow, did):
    with pytest.raises(operations.TooFewGroups):
        operations.create_rainbow_group(territory=territory, name="Seul", groups=groups[:1], **did)
    with pytest.raises(operations.NameTaken):
        operations.create_rainbow_group(territory=territory, name="Arc d’automne", groups=groups, **did)
    assert list(RainbowGroup.objects.values_list("name", flat=True)) == ["Arc d’automne"]


def test_a_group_of_another_territory_is_not_represented(other_territory, territory, groups, did):
    stranger = HomogeneousGroup.objects.create(territory=other_territory, name="Ailleurs")
    with pytest.raises(operations.TooFewGroups):
        operations.create_rainbow_group(territory=territory, name="Arc", groups=[groups[0], stranger], **did)


def test_a_group_with_marks_stays_represented(rainbow, workshop, said, groups, did):
    operations.mark_criterion(workshop=workshop, criterion=said["un toit"], mark="shared", **did)
    with pytest.raises(operations.RainbowRefusal, match="reste représenté"):
        operations.change_rainbow_group(rainbow=rainbow, name="Arc", groups=groups[1:], **did)
    operations.change_rainbow_group(rainbow=rainbow, name="Arc", groups=groups[:2], **did)
    assert set(rainbow.groups.all()) == set(groups[:2])


def test_the_workshop_opens_on_what_groups_validated_and_says_how_many_are_left_out(workshop, said):
    assert {one.text for one in board_criteria(workshop, everything=False)} == {"un toit", "un ami", "une maison chaude", "sourire"}
    assert left_out(workshop) == 1
    assert {one.text for one in board_criteria(workshop, everything=True)} == set(said)


def test_what_was_marked_knowingly_stays_on_the_board(workshop, said, did):
    operations.mark_criterion(workshop=workshop, criterion=said["un loyer juste"], mark="proper", **did)
    assert said["un loyer juste"] in board_criteria(workshop, everything=False)
    assert left_out(workshop) == 0


def test_a_mark_is_given_changed_annotated_and_taken_away(workshop, said, did):
    one = {"workshop": workshop, "criterion": said["un toit"], **did}
    operations.mark_criterion(mark="shared", note=" oui ", **one)
    operations.mark_criterion(mark="contested", **one)
    assert list(RainbowMark.objects.values_list("mark", "note")) == [("contested", "oui")]
    operations.unmark_criterion(**one)
    operations.unmark_criterion(**one)
    assert RainbowMark.objects.count() == 0
    verbs = list(Entry.objects.filter(verb__contains="mark").order_by("pk").values_list("verb", "fields"))
    assert verbs == [("voices.mark_criterion", ["shared"]), ("voices.mark_criterion", ["contested"]), ("voices.unmark_criterion", [])]


def test_only_criteria_of_represented_groups_that_are_still_there_are_marked(workshop, said, territory, enter, did):
    [other] = enter("ailleurs", group=HomogeneousGroup.objects.create(territory=territory, name="Pas invité"))
    withdraw_criterion(criterion=said["un ami"], reason="", **did)
    for criterion in (other, said["un ami"]):
        with pytest.raises(operations.NotRepresented):
            operations.mark_criterion(workshop=workshop, criterion=criterion, mark="shared", **did)
    with pytest.raises(operations.RainbowRefusal):
        operations.mark_criterion(workshop=workshop, criterion=said["un toit"], mark="best", **did)
    assert RainbowMark.objects.count() == 0


def test_a_common_wording_stands_beside_the_originals_and_changes_none(workshop, said, did):
    before = picture()
    homes = [said["un toit"], said["une maison chaude"]]
    wording = operations.agree_wording(workshop=workshop, component="A03", text=" un toit chaud ", criteria=homes, **did)
    assert (wording.text, set(wording.criteria.all())) == ("un toit chaud", set(homes))
    operations.change_wording(wording=wording, text="un vrai toit", criteria=homes[:1], **did)
    assert (wording.text, list(wording.criteria.all())) == ("un vrai toit", homes[:1])
    operations.remove_wording(wording=wording, **did)
    assert CommonWording.objects.count() == 0
    assert picture() == before
    assert Entry.objects.get(verb="voices.agree_wording").numbers == {"criteria": 2}
    assert not Entry.objects.filter(object_label__contains="toit").exists()


@pytest.mark.parametrize(("text", "texts"), [("", ["un toit"]), ("mots", []), ("mots", ["un toit", "un ami"])])
def test_a_common_wording_says_something_of_one_component(text, texts, workshop, said, did):
    with pytest.raises(operations.RainbowRefusal):
        operations.agree_wording(workshop=workshop, component="A03", text=text, criteria=[said[one] for one in texts], **did)
    assert CommonWording.objects.count() == 0


def test_a_closed_workshop_refuses_changes_until_it_is_reopened(workshop, said, did):
    wording = operations.agree_wording(workshop=workshop, component="A03", text="un toit", criteria=[said["un toit"]], **did)
    operations.close_rainbow_workshop(workshop=workshop, **did)
    one = {"workshop": workshop, "criterion": said["un toit"]}
    acts = [
        lambda: operations.mark_criterion(**one, mark="shared", **did),
        lambda: operations.unmark_criterion(**one, **did),
        lambda: operations.agree_wording(workshop=workshop, component="A03", text="a", criteria=[said["un toit"]], **did),
        lambda: operations.change_wording(wording=wording, text="a", criteria=[said["un toit"]], **did),
        lambda: operations.remove_wording(wording=wording, **did),
        lambda: operations.change_rainbow_workshop(workshop=workshop, place="Ailleurs", **did),
        lambda: operations.close_rainbow_workshop(workshop=workshop, **did),
    ]
    for act in acts:
        with pytest.raises(operations.RainbowClosed):
            act()
    assert list(CommonWording.objects.values_list("text", flat=True)) == ["un toit"]
    operations.reopen_rainbow_workshop(workshop=workshop, **did)
    acts[0]()
    assert RainbowMark.objects.get().mark == "shared"


def test_what_is_validated_after_closing_is_not_added_to_what_was_said(workshop, said, did, now):
    Criterion.objects.filter(pk=said["un toit"].pk).update(group_validated_on=now.date() + dt.timedelta(days=1))
    operations.close_rainbow_workshop(workshop=workshop, **did)
    workshop.refresh_from_db()
    assert {one.text for one in board_criteria(workshop, everything=False)} == {"un ami", "une maison chaude", "sourire"}


# --- Pages ------------------------------------------------------------------------------------------------------


def shelves(answer):
    return {
        shelf.code: (
            {column.group.name: [placed.criterion.text for placed in column.placed] for column in shelf.columns},
            [group.name for group in shelf.silent],
        )
        for shelf in answer.context["shelves"]
    }


def test_groups_stand_side_by_side_by_component_with_those_that_say_nothing_and_the_uncoded_apart(url, said, bob, as_user):
    client = as_user(bob)
    assert shelves(client.get(url, {"dimension": "toutes"})) == {
        "A03": ({"Aînés": ["une maison chaude"], "Jeunes de la gare": ["un toit"]}, ["Parents"]),
        "D03": ({"Jeunes de la gare": ["un ami"]}, ["Aînés", "Parents"]),
        "": ({"Aînés": ["sourire"]}, ["Jeunes de la gare", "Parents"]),
    }
    assert list(shelves(client.get(url))) == ["A03"]
    assert list(shelves(client.get(url, {"dimension": "sans-code"}))) == [""]
    everything = shelves(client.get(url, {"tous": "1"}))
    assert everything["A03"][0]["Parents"] == ["un loyer juste"]


def test_counts_are_counts_of_groups_in_words(url, said, bob, as_user):
    body = " ".join(as_user(bob).get(url, {"dimension": "toutes"}).content.decode().split())
    assert "2 groupes sur 3 en parlent." in body
    assert "1 groupe sur 3 en parle." in body
    assert "1 critère n’est pas là" in body
    assert "%" not in body.partition("<main")[2].partition("</main>")[0].replace("%3A", "")


def test_one_click_marks_and_another_takes_the_mark_away(url, said, alice, as_user):
    client = as_user(alice)
    mark = f"{url}criteres/{said['un toit'].pk}/marquer/"
    answer = client.post(mark, {"mark": "shared", "next": f"{url}?dimension=A"})
    assert answer.url == f"{url}?dimension=A#c{said['un toit'].pk}"
    client.post(mark, {"mark": "contested", "note": "à rediscuter"})
    assert list(RainbowMark.objects.values_list("mark", "note")) == [("contested", "à rediscuter")]
    assert "à rediscuter" in client.get(url).content.decode()
    client.post(mark, {"mark": ""})
    assert RainbowMark.objects.count() == 0


def test_a_wording_is_agreed_on_the_screen_and_what_was_typed_is_kept_when_refused(url, said, alice, as_user):
    client = as_user(alice)
    page = f"{url}formulations/A03/"
    refused = client.post(page, {"text": "un toit chaud"})
    assert refused.status_code == 200
    assert "un toit chaud" in refused.content.decode()
    answer = client.post(page, {"text": "un toit chaud", "criteria": [said["un toit"].pk, said["une maison chaude"].pk]})
    assert answer.url == f"{url}?dimension=A#kA03"
    wording = CommonWording.objects.get()
    body = client.get(f"{url}resultat/").content.decode()
    assert "un toit chaud" in body
    removing = f"/territoires/sormont/arc-en-ciel/formulations/{wording.pk}/retirer/"
    assert client.get(removing).status_code == 200
    assert CommonWording.objects.count() == 1
    client.post(removing)
    assert CommonWording.objects.count() == 0
    assert client.get(f"{url}formulations/Z99/").status_code == 404


def test_the_result_shows_a_thing_said_once_as_one_said_twenty_times(url, said, workshop, bob, as_user, did):
    operations.mark_criterion(workshop=workshop, criterion=said["un ami"], mark="proper", note="très dit", **did)
    body = as_user(bob).get(f"{url}resultat/").content.decode()
    for text in ("un toit", "un ami", "une maison chaude", "sourire"):
        assert f"«\u00a0{text}\u00a0»" in body
    assert "un loyer juste" not in body
    assert "propre à un groupe" in body
    assert "très dit" in body


def test_only_the_coordination_reopens_and_readers_only_read(url, said, alice, bob, charlie, dora, erin, as_user):
    people = (alice, bob, charlie, dora, erin)

    def post(path):
        return [as_user(person).post(f"{url}{path}").status_code for person in people]

    assert [as_user(person).get(url).status_code for person in people] == [200, 200, 404, 404, 200]
    assert [as_user(person).get(f"{url}resultat/").status_code for person in people] == [200, 200, 404, 404, 200]
    assert post(f"criteres/{said['un toit'].pk}/marquer/") == [302, 404, 404, 404, 302]
    assert post("clore/") == [302, 404, 404, 404, 302]
    assert post("rouvrir/") == [404, 404, 404, 404, 302]
    assert as_user(None).get(url).status_code == 302


def test_a_group_and_its_workshop_are_made_on_the_screen(territory, groups, alice, as_user):
    client = as_user(alice)
    assert "Aucun groupe arc-en-ciel encore" in client.get("/territoires/sormont/arc-en-ciel/").content.decode()
    refused = client.post("/territoires/sormont/arc-en-ciel/nouveau/", {"name": "Arc", "groups": [groups[0].pk]})
    assert "au moins deux groupes" in refused.content.decode()
    answer = client.post("/territoires/sormont/arc-en-ciel/nouveau/", {"name": "Arc", "groups": [one.pk for one in groups]})
    answer = client.post(answer.url, {"held_on": "2026-11-22", "place": "Salle"})
    workshop = RainbowWorkshop.objects.get()
    assert answer.url == f"/territoires/sormont/arc-en-ciel/ateliers/{workshop.pk}/"
    assert "Aucun critère validé encore" in client.get(answer.url).content.decode()


def test_pages_take_the_same_queries_for_one_and_for_three(
    territory, url, said, rainbow, workshop, enter, groups, did, now, bob, as_user, django_assert_num_queries
):
    client = as_user(bob)
    pages = ["/territoires/sormont/arc-en-ciel/", f"{url}?dimension=toutes", f"{url}resultat/"]
    operations.agree_wording(workshop=workshop, component="A03", text="un", criteria=[said["un toit"]], **did)
    counted = []
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counted.append(len(queries))
    more = enter(("trois", 1, Code("B01")), ("quatre", 1, Code("B01")), ("cinq", 1, Code("C02")))
    validate_with_group(criteria=more, on=now.date(), coding=True, **did)
    for number in range(2):
        operations.create_rainbow_workshop(rainbow=rainbow, held_on=now.date(), **did)
        operations.create_rainbow_group(territory=territory, name=f"Arc {number}", groups=groups, **did)
        operations.agree_wording(workshop=workshop, component="B01", text="deux", criteria=more[:2], **did)
    for page, count in zip(pages, counted, strict=True):
        with django_assert_num_queries(count):
            client.get(page)
