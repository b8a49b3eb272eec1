"""The pages of the team around figures: who sees what, reminders, reviewing, typing for a partner, counting a month."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.conftest import NOW
from tests.plan.counting import YEAR, count, make_counting, manager_of, partner_of
from tissage.network.models import Organization
from tissage.people.models import Entry
from tissage.plan.models import ActionPartner, Observation, PartnerLink
from tissage.plan.operations.figures import submit_figures, write_figure
from tissage.plan.operations.partner_links import open_partner_links
from tissage.plan.queries.partner_links import partners_of_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(territory):
    return make_counting(territory, NOW)


@pytest.fixture
def malika(territory):
    return manager_of(territory, NOW)


@pytest.fixture(autouse=True)
def at_time(monkeypatch):
    def move(**later: int) -> dt.datetime:
        moment = NOW + dt.timedelta(**later)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    move()
    return move


def at(counting, *rest: object) -> str:
    return "/" + "/".join(str(part) for part in ("territoires", "sormont", "plans", counting.plan.pk, *rest)) + "/"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " "))


def send_links(counting, by):
    return open_partner_links(
        plan=counting.plan, year=YEAR, deadline=dt.date(2026, 12, 15), partners=partners_of_year(counting.plan, YEAR), by=by, now=NOW
    )


ROLES = ["coordinator", "plan_manager", "facilitator", "reader", "finance", "partner", "commission", "councillor"]


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        (["chiffres"], {"coordinator", "plan_manager", "facilitator", "reader", "finance"}),
        (["chiffres", "partenaires"], {"coordinator", "plan_manager"}),
        (["chiffres", YEAR, "relire"], {"coordinator", "plan_manager"}),
        (["chiffres", YEAR, "equipe"], {"coordinator", "plan_manager", "facilitator"}),
        (["compter"], {"coordinator", "plan_manager", "facilitator"}),
    ],
)
def test_each_page_opens_for_those_whose_work_it_is(page, allowed, counting, territory, as_user):
    opened = {role for role in ROLES if as_user(manager_of(territory, NOW, role, role)).get(at(counting, *page)).status_code == 200}
    assert opened == allowed


def test_typing_for_a_partner_is_for_who_reviews_and_for_the_partner_itself(counting, territory, as_user):
    page = at(counting, "chiffres", YEAR, "partenaires", counting.ours.pk)
    opened = {role for role in ROLES if as_user(manager_of(territory, NOW, role, role)).get(page).status_code == 200}
    assert opened == {"coordinator", "plan_manager"}
    paula = as_user(partner_of(counting.ours, NOW))
    assert paula.get(page).status_code == 200
    assert paula.get(at(counting, "chiffres", YEAR, "partenaires", counting.theirs.pk)).status_code == 404
    assert paula.get(at(counting, "chiffres", YEAR, "equipe")).status_code == 404


def test_a_partner_with_an_account_meets_nothing_of_another(counting, malika, as_user):
    write_figure(indicator=counting.families, year=YEAR, value=987654, sentence="canari", by=malika, now=NOW)
    paula = as_user(partner_of(counting.ours, NOW))
    page = at(counting, "chiffres", YEAR, "partenaires", counting.ours.pk)
    said = paula.get(page).content.decode()
    assert "Enfants accueillis" in said
    assert [word for word in ("987", "canari", "Familles", "Picardie", "Nuitées") if word in said] == []
    paula.post(page + "enregistrer/", {f"valeur-{counting.pupils.pk}": "34", f"valeur-{counting.families.pk}": "1"})
    assert Observation.objects.get(indicator=counting.families).value == 987654
    assert Observation.objects.get(indicator=counting.pupils, year=YEAR).typed_by.name == "Paula"
    assert Entry.objects.filter(verb="plan.type_for_partner", actor__name="Paula").count() == 0


def test_the_page_says_who_has_not_answered_and_what_waits(counting, malika, as_user):
    send_links(counting, malika)
    write_figure(indicator=counting.pupils, year=YEAR, value=34, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    said = words(as_user(malika).get(at(counting, "chiffres")))
    assert "6 réponses demandées : 3 à relire, 3 à venir." in said
    assert "2 partenaires · 1 n’a pas tout remis" in said
    assert "Oxyjeune tout remis 3 sur 3 remises" in said
    assert "La Picardie 0 sur 2 remises" in said
    assert "à rendre pour le 15 décembre 2026" in said
    assert "Relire 3 réponses" in said


def test_one_click_reminds_those_who_owe_something_and_not_twice_a_day(
    counting, malika, as_user, at_time, mailoutbox, django_capture_on_commit_callbacks
):
    send_links(counting, malika)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    client = as_user(malika)
    remind = at(counting, "chiffres", YEAR, "rappeler")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(remind)
    assert mailoutbox == []
    at_time(days=1)
    client = as_user(malika)  # a session ends in the evening
    with django_capture_on_commit_callbacks(execute=True):
        assert client.get(remind).status_code == 405
        client.post(remind)
        client.post(remind)
        client.post(remind, {"organisation": counting.theirs.pk})
    assert [mail.to for mail in mailoutbox] == [["picardie@example.org"]]
    assert client.post(remind, {"organisation": counting.ours.pk}).status_code == 404
    assert "rappel du 23 novembre" in words(client.get(at(counting, "chiffres")))


def test_links_open_for_all_at_once_and_say_who_has_no_address(
    counting, territory, malika, as_user, mailoutbox, django_capture_on_commit_callbacks
):
    mute = Organization.objects.create(territory=territory, name="Les Muets")
    ActionPartner.objects.create(action=counting.shelter, organization=mute)
    client = as_user(malika)
    page = client.get(at(counting, "chiffres", "partenaires"))
    assert "1 partenaire sans adresse" in words(page)
    assert "Les Muets" in words(page)
    sent = {"deadline": "2026-12-15", "partners": [counting.ours.pk, counting.theirs.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(at(counting, "chiffres", "partenaires"), sent).status_code == 302
    assert sorted(mail.to[0] for mail in mailoutbox) == ["oxyjeune@example.org", "picardie@example.org"]
    past = client.post(at(counting, "chiffres", "partenaires"), {**sent, "deadline": "2020-01-01"})
    assert past.status_code == 200
    client.post(at(counting, "chiffres", YEAR, "delai"), {"tous-deadline": "2026-12-31"})
    assert {link.deadline for link in PartnerLink.objects.all()} == {dt.date(2026, 12, 31)}


def test_reviewing_goes_from_one_to_the_next(counting, malika, as_user):
    client = as_user(malika)
    write_figure(indicator=counting.pupils, year=YEAR, value=34, by=malika, now=NOW)
    write_figure(indicator=counting.hours, year=YEAR, value=900, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    here = at(counting, "chiffres", YEAR, "relire")
    first = words(client.get(here))
    assert "1 sur 3" in first
    assert "Enfants accueillis 34 enfants" in first
    assert "(+10 %)" in first
    refused = client.post(here, {"element": f"chiffre-{counting.pupils.pk}", "decision": "renvoyer", "comment": " "})
    assert refused.status_code == 422
    client.post(here, {"element": f"chiffre-{counting.pupils.pk}", "decision": "renvoyer", "comment": "Et l’été ?"})
    following = client.post(here, {"element": f"chiffre-{counting.hours.pk}", "decision": "approuver"}, follow=True)
    assert "Récit de 2026" in words(following)
    again = client.post(here, {"element": f"chiffre-{counting.hours.pk}", "decision": "renvoyer", "comment": "x"}, follow=True)
    assert "déjà relu" in words(again)
    states = {one.indicator_id: (one.state, one.comment) for one in Observation.objects.filter(year=YEAR)}
    assert states == {counting.pupils.pk: ("returned", "Et l’été ?"), counting.hours.pk: ("approved", "")}


def test_the_months_of_a_service_are_approved_together(counting, malika, as_user):
    for month in (1, 2, 3):
        write_figure(indicator=counting.nights, year=YEAR, month=month, value=100 * month, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=None, by=malika, now=NOW)
    here = at(counting, "chiffres", YEAR, "relire")
    assert "600 nuitées · 3 mois sur 12 connus" in words(as_user(malika).get(here))
    as_user(malika).post(here, {"element": f"chiffre-{counting.nights.pk}", "decision": "approuver"})
    assert {one.state for one in Observation.objects.filter(indicator=counting.nights)} == {"approved"}


def test_a_month_is_counted_handed_in_and_its_method_remembered(counting, malika, as_user):
    client = as_user(malika)
    page = client.get(at(counting, "compter"))
    assert 'value="2026-1" selected' in page.content.decode()  # the first month that is over and not counted
    sent = {
        "indicator": counting.nights.pk,
        "month": "2026-1",
        "value": "310",
        "how_counted": "registre de nuit",
        "sentence": "Grand froid.",
    }
    assert client.post(at(counting, "compter"), sent).status_code == 302
    kept = Observation.objects.get(indicator=counting.nights)
    assert (kept.value, kept.month, kept.state, kept.typed_by) == (310, 1, "submitted", malika)
    following = client.get(at(counting, "compter"))
    assert "registre de nuit" in following.content.decode()
    assert "310 nuitées, 1 mois sur 12 connu" in words(following)
    assert "Manquent : février, mars" in words(following)
    refused = client.post(at(counting, "compter"), {**sent, "value": "320"})
    assert "attend sa relecture" in words(refused)
    client.post(at(counting, "compter"), {**sent, "month": "2026-2", "puis": "brouillon"})
    assert Observation.objects.get(indicator=counting.nights, month=2).state == "draft"
    unread = client.post(at(counting, "compter"), {**sent, "month": "2026-3", "value": "beaucoup"})
    assert "« beaucoup » n’est pas un nombre" in words(unread)


def test_what_waits_is_on_the_page_of_things_to_do(counting, malika, alice, as_user, at_time):
    send_links(counting, malika)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    at_time(days=40)
    said = words(as_user(malika).get("/a-faire/"))
    assert "Relire 3 réponses de 2026" in said
    assert "Rappeler 1 partenaire dont le délai est passé (2026)" in said
    assert "Relire 3 réponses" not in words(as_user(alice).get("/a-faire/"))


def test_pages_cost_the_same_with_one_partner_and_with_three(counting, territory, malika, as_user):
    client = as_user(malika)
    pages = [at(counting, "chiffres"), at(counting, "chiffres", "partenaires"), at(counting, "chiffres", YEAR, "relire")]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    write_figure(indicator=counting.pupils, year=YEAR, value=3, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    before = cost()
    for number in range(3):
        other = Organization.objects.create(territory=territory, name=f"Autre {number}", email=f"autre{number}@example.org")
        ActionPartner.objects.create(action=counting.school, organization=other)
        count(counting.school, f"Indicateur {number}", "unités", organization=other)
        submit_figures(plan=counting.plan, year=YEAR, organization=other, by=malika, now=NOW)
    assert cost() == before


def test_the_sheet_of_an_action_leads_a_partner_to_its_figures_and_the_team_to_counting(counting, malika, as_user):
    paula = words(as_user(partner_of(counting.ours, NOW)).get(at(counting, "actions", counting.school.pk)))
    assert "Remplir les chiffres 2026 de Oxyjeune" in paula
    assert "chiffres 2026 de La Picardie" not in paula
    team = words(as_user(malika).get(at(counting, "actions", counting.shelter.pk)))
    assert "Compter un mois" in team
    assert "Remplir les chiffres" not in team


def test_a_partner_finds_what_it_owes_among_its_things_to_do_until_it_is_handed_in(counting, malika, as_user):
    paula = as_user(partner_of(counting.ours, NOW))
    page = at(counting, "chiffres", YEAR, "partenaires", counting.ours.pk)
    owed = paula.get("/a-faire/").content.decode()
    assert "Remplir les chiffres 2026 de Oxyjeune" in owed
    assert page in owed
    assert "Picardie" not in owed
    assert "Remplir les chiffres" not in words(as_user(malika).get("/a-faire/"))
    write_figure(indicator=counting.pupils, year=YEAR, value=34, by=malika, now=NOW)
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    assert "Remplir les chiffres" not in words(paula.get("/a-faire/"))


@pytest.mark.parametrize(
    ("role", "reads"),
    [("coordinator", True), ("plan_manager", True), ("reader", True), ("finance", True), ("partner", False), ("councillor", False)],
)
def test_the_page_of_a_territory_leads_to_its_plans_those_who_read_them(role, reads, counting, territory, as_user):
    said = as_user(manager_of(territory, NOW, role, role)).get(f"/territoires/{territory.slug}/").content.decode()
    assert (at(counting, "tableau") in said) is reads
    assert ("Plan de cohésion sociale" in said) is reads


def test_the_page_of_a_territory_leads_a_partner_to_its_own_actions(counting, territory, as_user):
    said = as_user(partner_of(counting.ours, NOW)).get(f"/territoires/{territory.slug}/")
    assert "Mes actions 1 action" in words(said)
    assert "Plan de cohésion sociale" not in said.content.decode()
