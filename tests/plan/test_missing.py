"""What a year misses and who owes it: counts, organisations and functions, each with the place where it is mended."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.plans import invented_framework, node
from tissage.frameworks.models import Node, Obligation
from tissage.network.models import Agreement, Collective, Meeting, Organization
from tissage.plan.models import ActionYear, AgreementAction, Booking, FundingAmount, FundingLine, Indicator, Observation, PartnerLink, Proof
from tissage.plan.operations.actions import create_action
from tissage.plan.operations.indicators import create_indicator
from tissage.plan.operations.obligations import choose_sitting
from tissage.plan.operations.plans import create_plan
from tissage.plan.queries.missing import missing_of

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def plan(territory, erin, now):
    framework = invented_framework(now)
    Node.objects.create(version=framework, kind="delay", code="call", labels={"fr": "Convocation"}, extra={"days": 7, "counting": "clear"})
    due = {"month": 3, "day": 31, "years_after": 1}
    Obligation.objects.create(
        version=framework, code="reports", labels={"fr": "Les rapports"}, due=due, steps=["call"], documents=["activity"]
    )
    made = create_plan(
        territory=territory,
        framework=framework,
        name="Plan",
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        by=erin,
        now=now,
    )
    type(made).objects.filter(pk=made.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    made.refresh_from_db()
    return made


@pytest.fixture
def partner(territory):
    return Organization.objects.create(territory=territory, name="Le Fil")


@pytest.fixture
def action(plan, erin, now):
    return create_action(plan=plan, title="Soutien", node=node(plan.framework, "action", "1.1.06"), by=erin, now=now)


def said(plan):
    return {(line.kind, line.owed_by, line.what) for line in missing_of(plan, YEAR)}


def kinds(plan):
    return [line.kind for line in missing_of(plan, YEAR)]


def test_figures_are_owed_by_who_counts_them_then_by_the_team_that_reads_them(plan, action, partner, erin, now):
    indicator = create_indicator(action=action, name="Enfants", unit="enfants", organization=partner, by=erin, now=now)
    assert ("figures", "Le Fil", "1 chiffre pas encore remis") in said(plan)
    row = Observation.objects.create(indicator=indicator, year=YEAR, value=Decimal(3), state="submitted", changed_at=now)
    assert ("figures", "l’équipe du plan", "1 chiffre remis à relire") in said(plan)
    Observation.objects.filter(pk=row.pk).update(state="returned")
    assert ("figures", "Le Fil", "1 chiffre renvoyé à corriger") in said(plan)
    Observation.objects.filter(pk=row.pk).update(state="approved")
    assert "figures" not in kinds(plan)


def test_a_partner_who_did_not_answer_its_link_is_named_once(plan, action, partner, now):
    link = PartnerLink.objects.create(
        plan=plan, organization=partner, year=YEAR, email="fil@example.org", token_hash="x", deadline=dt.date(2026, 1, 31), made_at=now
    )
    assert ("figures", "Le Fil", "Pas de réponse au lien envoyé") in said(plan)
    PartnerLink.objects.filter(pk=link.pk).update(submitted_at=now)
    assert "figures" not in kinds(plan)


def test_an_action_without_an_approved_account_is_missing(plan, action, now):
    assert ("accounts", "l’équipe du plan", "1 action sans bilan approuvé") in said(plan)
    ActionYear.objects.create(action=action, year=YEAR, state="approved", changed_at=now)
    assert "accounts" not in kinds(plan)


def test_money_unknown_or_not_split_is_owed_by_finance(plan, action, partner):
    finance = "la direction financière"
    assert ("money", finance, "Aucune ligne de financement") in said(plan)
    assert ("money", finance, "Aucune écriture comptable lue pour 2025") in said(plan)
    line = FundingLine.objects.create(plan=plan, year=YEAR, funder=partner, basis="subsidy", label="Subvention")
    stage = plan.stages.create(year=YEAR, number=0, label="Initial")
    amount = FundingAmount.objects.create(line=line, stage=stage, amount=None)
    assert ("money", finance, "1 ligne de financement au montant inconnu") in said(plan)
    line.allocations.create(stage=stage, action=action, amount=None)
    assert ("money", finance, "1 affectation au montant inconnu") in said(plan)
    FundingAmount.objects.filter(pk=amount.pk).update(amount=Decimal(0))  # zero is known
    line.allocations.update(amount=Decimal(0))
    booking = Booking.objects.create(plan=plan, key="k", year=YEAR, booked_on=dt.date(2025, 2, 3), amount=Decimal(12))
    assert [what for kind, _who, what in said(plan) if kind == "money"] == ["1 écriture à répartir"]
    Booking.objects.filter(pk=booking.pk).update(is_split=True)
    assert "money" not in kinds(plan)


def test_a_proof_nobody_judged_leads_to_its_agreement(plan, action, territory, partner):
    agreement = Agreement.objects.create(territory=territory, title="Convention du Fil", starts_on=dt.date(2025, 1, 1))
    AgreementAction.objects.create(agreement=agreement, action=action)
    proof = Proof.objects.create(agreement=agreement, title="Factures", submitted=Decimal(10), submitted_on=dt.date(2026, 1, 2))
    (line,) = [one for one in missing_of(plan, YEAR) if one.kind == "proofs"]
    assert (line.what, line.items) == ("1 justificatif à juger", ("Convention du Fil",))
    assert line.url == f"/territoires/sormont/plans/{plan.pk}/conventions/{agreement.pk}/"
    Proof.objects.filter(pk=proof.pk).update(state="accepted", accepted=Decimal(10))
    assert "proofs" not in kinds(plan)


def test_a_meeting_of_the_commission_without_minutes_is_owed_by_the_commission(plan, territory):
    commission = Collective.objects.create(territory=territory, kind="commission", name="La commission")
    other = Collective.objects.create(territory=territory, kind="collective", name="Un réseau")
    held = dt.datetime(2025, 5, 6, 10, tzinfo=dt.UTC)
    meeting = Meeting.objects.create(collective=commission, starts_at=held)
    Meeting.objects.create(collective=other, starts_at=held)
    assert [(line.owed_by, line.what) for line in missing_of(plan, YEAR) if line.kind == "commission"] == [
        ("La commission", "Procès-verbal manquant\N{NO-BREAK SPACE}: réunion du 06/05/2025")
    ]
    Meeting.objects.filter(pk=meeting.pk).update(minutes="Tout fut dit.")
    assert "commission" not in kinds(plan)


def test_a_sitting_nobody_chose_is_missing_until_it_is_chosen(plan, erin, now):
    assert ("obligations", "l’équipe du plan", "Séance à choisir\N{NO-BREAK SPACE}: Les rapports") in said(plan)
    obligation = Obligation.objects.get(version=plan.framework)
    choose_sitting(plan=plan, obligation=obligation, year=YEAR, sitting_on=dt.date(2026, 3, 24), by=erin, now=now)
    assert "obligations" not in kinds(plan)


def test_the_list_asks_the_same_queries_for_one_action_and_for_twelve(plan, action, erin, now, django_assert_max_num_queries):
    create_indicator(action=action, name="Un", unit="u", by=erin, now=now)
    missing_of(plan, YEAR)  # the framework is read once and kept
    with django_assert_max_num_queries(30) as first:
        missing_of(plan, YEAR)
    for number in range(11):
        other = create_action(plan=plan, title=f"Action {number}", by=erin, now=now)
        Indicator.objects.create(action=other, name="Un", unit="u")
    with django_assert_max_num_queries(30) as second:
        lines = missing_of(plan, YEAR)
    assert len(first) == len(second)
    accounts = next(line for line in lines if line.kind == "accounts")
    assert (accounts.what, len(accounts.items), accounts.more) == ("12 actions sans bilan approuvé", 6, 6)


def test_the_page_groups_by_who_owes_and_says_when_nothing_is_missing(as_user, erin, plan, action, monkeypatch):
    address = f"/territoires/sormont/plans/{plan.pk}/ce-qui-manque/?annee={YEAR}"
    page = as_user(erin).get(address).content.decode()
    assert "1 action sans bilan approuvé" in page
    assert "La direction financière" in page
    monkeypatch.setattr("tissage.plan.views.obligations.missing_of", lambda plan, year: [])
    assert "Rien ne manque" in as_user(erin).get(address).content.decode()


def test_a_proof_of_another_year_is_not_owed_this_year(plan, action, erin, now):
    from decimal import Decimal

    from tissage.network.models import Agreement
    from tissage.plan.models import AgreementAction, Proof

    for year in (2025, 2026):
        one = Agreement.objects.create(
            territory=plan.territory, title=f"Convention {year}", starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31)
        )
        AgreementAction.objects.create(agreement=one, action=action)
        Proof.objects.create(agreement=one, title="Factures", submitted=Decimal(10), submitted_on=now.date())
    assert [missing.items for missing in missing_of(plan, 2025) if missing.kind == "proofs"] == [("Convention 2025",)]
