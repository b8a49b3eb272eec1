"""Obligations of a year: counted from the sitting, noted, met, switched off; their pages, their todo lines, their calendar."""

import datetime as dt

import pytest
from icalendar import Calendar

from tissage.frameworks.models import Obligation
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Collective
from tissage.people.models import Entry, Membership, User
from tissage.people.operations import end_role
from tissage.plan.models import ObligationYear, Plan
from tissage.plan.operations import obligations as operations
from tissage.plan.operations.calendar_feeds import draw_feed, revoke_feed
from tissage.plan.operations.plans import create_plan
from tissage.plan.queries.calendar_feeds import events_of
from tissage.plan.queries.deadlines import deadlines_of, steps_of

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2026, 11, 22)


@pytest.fixture
def plan(territory, erin, now) -> Plan:
    framework = plan_framework_version("pcs-2020")
    return create_plan(
        territory=territory,
        framework=framework,
        name="Notre plan",
        starts_on=D(2020, 1, 1),
        ends_on=D(2026, 12, 31),
        competent_council="conseil communal",
        by=erin,
        now=now,
    )


def obligation_of(plan, code="reports", year=2026) -> Obligation:
    return next(one.obligation for one in deadlines_of(plan, year, TODAY) if one.obligation.code == code)


@pytest.fixture
def reports(plan) -> Obligation:
    return obligation_of(plan)


@pytest.fixture
def do(plan, reports, erin, now):
    def act(name, **more):
        asked = {"plan": plan, "obligation": reports, "year": 2026, "by": erin, "now": now, **more}
        return getattr(operations, name)(**asked)

    return act


def found(plan, code="reports", year=2026, today=TODAY):
    return next(one for one in deadlines_of(plan, year, today) if one.obligation.code == code)


def dates(steps):
    return {step.code: step.on for step in steps}


def test_without_a_sitting_the_steps_are_counted_from_the_last_possible_one(plan):
    deadline = found(plan)
    assert (deadline.due_on, deadline.is_provisional, deadline.state) == (D(2027, 3, 31), True, "open")
    assert dates(deadline.steps)["sitting"] == D(2027, 3, 31)
    assert dates(deadline.steps)["convocation"] == D(2027, 3, 23)


def test_a_chosen_sitting_moves_every_step_and_the_due_date_stays(plan, do):
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    deadline = found(plan)
    assert not deadline.is_provisional
    assert dates(deadline.steps) == {
        "figures": D(2027, 2, 5),
        "freeze": D(2027, 2, 19),
        "director": D(2027, 2, 26),
        "college": D(2027, 3, 12),
        "convocation": D(2027, 3, 15),
        "drafts_online": D(2027, 3, 17),
        "sitting": D(2027, 3, 23),
        "due": D(2027, 3, 31),
    }
    assert [step.on for step in deadline.steps] == sorted(step.on for step in deadline.steps)


def test_a_commission_takes_its_week_once_the_territory_has_one(plan, do, territory):
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    Collective.objects.create(territory=territory, kind="commission", name="La commission")
    assert dates(found(plan).steps)["commission"] == D(2027, 2, 19)
    assert dates(found(plan).steps)["freeze"] == D(2027, 2, 12)
    Collective.objects.update(ended_on=D(2026, 1, 1))
    assert "commission" not in dates(found(plan).steps)


def test_a_welfare_centre_follows_its_own_convocation(plan, do):
    Plan.objects.filter(pk=plan.pk).update(carrier_kind="cpas")
    plan.refresh_from_db()
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    steps = dates(found(plan).steps)
    assert steps["convocation_cpas"] == D(2027, 3, 17)
    assert "convocation" not in steps
    assert "college" not in steps


def test_an_unsaved_row_says_what_another_sitting_would_lead_to(plan, reports):
    tried = steps_of(ObligationYear(plan=plan, obligation=reports, year=2026, sitting_on=D(2027, 2, 23)))
    assert dates(tried)["convocation"] == D(2027, 2, 15)
    assert not ObligationYear.objects.exists()


def test_what_the_sitting_votes_is_due_at_that_sitting(plan, do):
    assert found(plan, "council").due_on is None
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    assert found(plan, "council").due_on == D(2027, 3, 23)


def test_a_late_step_is_late_until_it_or_a_later_one_is_noted(plan, do):
    do("choose_sitting", sitting_on=D(2026, 11, 30), now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    late = [step.code for step in found(plan).steps if step.is_late(TODAY)]
    assert late == ["figures", "freeze", "director", "college"]
    assert found(plan).state == "late"
    do("note_step", step="director", done_on=D(2026, 11, 20))
    assert [step.code for step in found(plan).steps if step.is_late(TODAY)] == ["college"]
    assert found(plan).next_step().code == "college"
    do("note_step", step="director", done_on=None)
    assert len([step for step in found(plan).steps if step.is_late(TODAY)]) == 4


def test_a_met_obligation_asks_for_nothing_and_may_be_taken_back(plan, do):
    do("meet_obligation", met_on=D(2026, 11, 20))
    assert (found(plan).state, found(plan).next_step()) == ("met", None)
    do("meet_obligation", met_on=None)
    assert found(plan).state == "open"


def test_switching_off_needs_a_reason_and_leaves_other_years_untouched(plan, do):
    do("meet_obligation", obligation=obligation_of(plan, year=2025), year=2025, met_on=D(2026, 3, 20))
    with pytest.raises(operations.ObligationRefused):
        do("switch_off", reason="  ")
    do("switch_off", reason="Supprimée par le décret")
    assert found(plan).state == "off"
    assert found(plan, year=2025).state == "met"
    with pytest.raises(operations.ObligationRefused, match="écartée"):
        do("choose_sitting", sitting_on=D(2027, 3, 23))
    do("resume_obligation")
    assert found(plan).state == "open"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("choose_sitting", {"sitting_on": D(2025, 3, 1)}),
        ("choose_sitting", {"sitting_on": D(2031, 3, 1)}),
        ("note_step", {"step": "inconnue", "done_on": D(2026, 11, 1)}),
        ("note_step", {"step": "freeze", "done_on": D(2027, 1, 1)}),
        ("meet_obligation", {"met_on": D(2027, 1, 1)}),
        ("meet_obligation", {"met_on": D(2026, 1, 1), "year": 2024}),
        ("meet_obligation", {"met_on": D(2026, 1, 1), "year": 2031}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(do, name, more):
    with pytest.raises(operations.ObligationRefused):
        do(name, **more)
    assert not ObligationYear.objects.exists()


def test_an_obligation_without_steps_has_no_sitting(plan, do):
    with pytest.raises(operations.ObligationRefused):
        do("choose_sitting", obligation=obligation_of(plan, "art20_renewal"), sitting_on=D(2026, 11, 30))


def test_every_act_is_in_the_journal_without_its_reason(do):
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    do("note_step", step="freeze", done_on=D(2026, 11, 1))
    do("switch_off", reason="canari secret")
    do("resume_obligation")
    do("meet_obligation", met_on=D(2026, 11, 1))
    verbs = list(
        Entry.objects.filter(verb__startswith="plan.").exclude(verb="plan.create_plan").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == [
        "plan.choose_sitting",
        "plan.note_step",
        "plan.switch_off_obligation",
        "plan.resume_obligation",
        "plan.meet_obligation",
    ]
    assert "canari" not in str(list(Entry.objects.values()))


def test_the_same_again_writes_no_second_line(do):
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    before = Entry.objects.count()
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    assert Entry.objects.count() == before


def test_what_was_due_before_the_plan_was_kept_here_is_not_called_late(plan):
    assert found(plan, year=2023).state == "before"
    assert found(plan, year=2023).next_step() is None


def test_the_second_framework_counts_by_its_own_delays(territory, erin, now):
    framework = plan_framework_version("projet-social")
    project = create_plan(
        territory=territory,
        framework=framework,
        name="Projet social",
        starts_on=D(2024, 1, 1),
        ends_on=D(2027, 12, 31),
        carrier_kind="other",
        by=erin,
        now=now,
    )
    deadlines = {one.obligation.code: one for one in deadlines_of(project, 2026, TODAY)}
    assert deadlines["yearly_review"].due_on == D(2027, 6, 30)
    assert dates(deadlines["yearly_review"].steps)["convocation"] == D(2027, 6, 22)
    assert deadlines["renewal_start"].due_on == D(2026, 10, 31)
    assert "renewal" not in deadlines
    assert [one.label for one in deadlines["yearly_review"].steps if one.code == "sitting"] == [
        "Séance\N{NO-BREAK SPACE}: conseil d’administration"
    ]


def calendar_page(client, plan, year=2026):
    return client.get(f"/territoires/sormont/plans/{plan.pk}/echeances/", {"annee": year})


def page_of(plan, obligation, year=2026):
    return f"/territoires/sormont/plans/{plan.pk}/echeances/{obligation.pk}/{year}/"


def test_the_calendar_says_the_next_step_and_asks_for_the_sitting(as_user, erin, plan):
    page = calendar_page(as_user(erin), plan).content.decode()
    assert "La prochaine étape" in page
    assert "Choisissez la séance" in page
    assert "Tenir une commission d’accompagnement" in page
    assert "Convocation du conseil communal" in page


def test_the_calendar_asks_the_same_queries_whatever_was_noted(as_user, erin, plan, do, django_assert_max_num_queries):
    client = as_user(erin)
    calendar_page(client, plan)
    with django_assert_max_num_queries(40) as first:
        calendar_page(client, plan)
    for code in ("council", "commission", "cofinancing", "evaluation"):
        do("meet_obligation", obligation=obligation_of(plan, code), met_on=D(2026, 11, 1))
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    with django_assert_max_num_queries(40) as second:
        calendar_page(client, plan)
    assert len(first) == len(second)


def test_the_page_of_an_obligation_tries_a_sitting_before_choosing_it(as_user, erin, plan, reports):
    client, address = as_user(erin), page_of(plan, reports)
    tried = client.get(address, {"sitting_on": "2027-02-23"})
    assert "Rien n’est encore choisi" in tried.content.decode()
    assert dates(tried.context["steps"])["convocation"] == D(2027, 2, 15)
    assert client.get(address, {"sitting_on": "pas une date"}).status_code == 200
    assert client.get(address, {"sitting_on": "2027-02-31"}).status_code == 200
    assert not ObligationYear.objects.exists()
    client.post(address, {"act": "sitting", "sitting_on": "2027-02-23"})
    assert ObligationYear.objects.get().sitting_on == D(2027, 2, 23)
    client.post(address, {"act": "step", "step": "freeze"})
    client.post(address, {"act": "off", "reason": "Plus due"})
    row = ObligationYear.objects.get()
    assert (list(row.steps_done), row.reason) == (["freeze"], "Plus due")
    client.post(address, {"act": "on"})
    client.post(address, {"act": "meet", "done_on": "2026-11-01"})
    assert ObligationYear.objects.get().met_on == D(2026, 11, 1)
    assert client.post(address, {"act": "autre"}).status_code == 404


def test_an_act_that_cannot_be_says_why_beside_what_was_typed(as_user, erin, plan, reports):
    answer = as_user(erin).post(page_of(plan, reports), {"act": "sitting", "sitting_on": "2024-02-23"})
    assert "se tient entre 2026 et 2028" in answer.content.decode()
    answer = as_user(erin).post(page_of(plan, reports), {"act": "off", "reason": ""})
    assert answer.status_code == 200
    assert not ObligationYear.objects.exists()


def test_a_year_where_the_obligation_is_not_valid_has_no_page(as_user, erin, plan, reports):
    for year in (2019, 2024, 2030):
        assert as_user(erin).get(page_of(plan, reports, year)).status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("coordinator", True, True),
        ("plan_manager", True, True),
        ("facilitator", True, False),
        ("reader", True, False),
        ("finance", True, False),
        ("partner", False, False),
        ("commission", False, False),
        ("councillor", False, False),
    ],
)
def test_who_reads_and_who_decides(as_user, territory, plan, reports, now, role, reads, writes):
    user = User.objects.create_user(email="x@example.org", name="X", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role=role, since=now)
    client = as_user(user)
    for address in (
        page_of(plan, reports),
        f"/territoires/sormont/plans/{plan.pk}/echeances/",
        f"/territoires/sormont/plans/{plan.pk}/ce-qui-manque/",
    ):
        assert client.get(address).status_code == (200 if reads else 404)
    assert (client.post(page_of(plan, reports), {"act": "meet", "done_on": "2026-11-01"}).status_code == 302) is writes
    assert ObligationYear.objects.exists() is writes


def todo(client):
    return [
        (line["line"].text, line["line"].due_on)
        for line in client.get("/a-faire/").context["lines"]
        if line["line"].kind.startswith("Échéance")
    ]


def test_what_is_late_or_soon_is_on_the_list_of_those_who_keep_the_plan(as_user, erin, alice, plan, do, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC))
    do("choose_sitting", sitting_on=D(2026, 12, 15))
    lines = todo(as_user(erin))
    reports = "Rapports d’activité et financier, avec les délibérations".join(("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"))
    assert (f"Chiffres des partenaires rendus, pour {reports}", D(2026, 10, 30)) in lines
    assert todo(as_user(alice)) == []
    do("meet_obligation", met_on=D(2026, 11, 1))
    assert not any("Chiffres des partenaires" in text for text, _on in todo(as_user(erin)))


def feed(client, token):
    return client.get(f"/calendrier/{token}.ics")


def test_a_calendar_is_followed_by_its_secret_address_alone(as_user, erin, plan, now, do):
    stranger = as_user(None)
    token = draw_feed(plan=plan, user=erin, now=now)
    answer = feed(stranger, token)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert feed(stranger, "inconnue").status_code == 404
    again = draw_feed(plan=plan, user=erin, now=now)
    assert [feed(stranger, one).status_code for one in (token, again)] == [404, 200]
    assert revoke_feed(plan=plan, user=erin, now=now)
    assert feed(stranger, again).status_code == 404
    assert not revoke_feed(plan=plan, user=erin, now=now)


def test_the_calendar_closes_with_the_role_of_its_owner(as_user, erin, dora, plan, now, territory):
    Membership.objects.create(user=dora, territory=territory, role="coordinator", since=now)
    token = draw_feed(plan=plan, user=erin, now=now)
    end_role(membership=Membership.objects.get(user=erin, territory=territory), by=dora, now=now)
    assert feed(as_user(None), token).status_code == 404


def test_the_calendar_holds_whole_days_and_no_name_of_a_person(plan, erin, now, do, as_user):
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    plan.manager = erin
    plan.save()
    body = feed(as_user(None), draw_feed(plan=plan, user=erin, now=now)).content
    events = {str(one["uid"]): one for one in Calendar.from_ical(body).walk("VEVENT")}
    call = events[f"plan-{plan.pk}-reports-2026-convocation@tissage"]
    assert (call["dtstart"].dt, call["dtend"].dt) == (D(2027, 3, 15), D(2027, 3, 16))
    assert str(call["summary"]) == "Convocation du conseil communal"
    assert b"Erin" not in body
    assert b"erin@example.org" not in body


def test_a_date_that_moves_keeps_its_identity_and_what_is_done_leaves_the_calendar(plan, do):
    before = {event.uid: event.on for event in events_of(plan, TODAY)}
    do("choose_sitting", sitting_on=D(2027, 3, 23))
    after = {event.uid: event.on for event in events_of(plan, TODAY)}
    moved = {uid for uid in before.keys() & after.keys() if before[uid] != after[uid]}
    assert f"plan-{plan.pk}-reports-2026-freeze@tissage" in moved
    do("note_step", step="freeze", done_on=D(2026, 11, 1))
    assert f"plan-{plan.pk}-reports-2026-freeze@tissage" not in {event.uid for event in events_of(plan, TODAY)}


def test_the_page_of_the_calendar_shows_the_address_once(as_user, bob, plan):
    client, address = as_user(bob), f"/territoires/sormont/plans/{plan.pk}/echeances/agenda/"
    drawn = client.post(address, {"draw": "1"})
    shown = drawn.context["address"]
    assert feed(as_user(None), shown.rsplit("/", 1)[-1].removesuffix(".ics")).status_code == 200
    assert shown in drawn.content.decode()
    assert shown not in client.get(address).content.decode()
    client.post(address, {"revoke": "1"})
    assert feed(as_user(None), shown.rsplit("/", 1)[-1].removesuffix(".ics")).status_code == 404
