"""The balance of a campaign and the year of an organisation; counts of sensitive dates leave as settled yearly numbers only; figures for the plan."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.agenda.happened import make_activity, make_campaign, make_date, make_organization, tell
from tissage.agenda.models import ActivityAction, Campaign, CampaignReport, SensitiveYear
from tissage.agenda.operations.activities import ActivityRefused, change_activity
from tissage.agenda.operations.balances import BalanceRefused, issue_campaign_report, settle_sensitive_years
from tissage.agenda.operations.feeding import propose_figures
from tissage.agenda.operations.reports import change_report
from tissage.agenda.queries.balances import balance, book_of
from tissage.core.balance import Heads
from tissage.people.models import Entry
from tissage.plan.models import Observation
from tissage.plan.operations.figures import approve_figure, return_figure
from tissage.plan.operations.indicators import create_indicator

FEBRUARY = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
CANARIES = (811, 823, 839)
"""Head counts of sensitive dates: they and every sum of two stand nowhere outside the organisation until the year is settled."""


@pytest.fixture
def campaign(territory, chantecler, now):
    return make_campaign(territory, chantecler, now, status="evaluating")


@pytest.fixture
def told(campaign, chantecler, petra, now):
    """Two ordinary dates, one counted, one estimated."""
    tell(make_date(make_activity(campaign, chantecler, now, title="Slam"), now, 12), 40, petra, now, what_worked="l’accueil")
    tell(make_date(make_activity(campaign, chantecler, now, title="Vox pop", type="street_action"), now, 9), 200, petra, now, "estimate")


@pytest.fixture
def sensitive(campaign, chantecler, petra, now):
    """Three sensitive dates of Chantecler, their counts being canaries."""
    group = make_activity(campaign, chantecler, now, title="Groupe migration", sensitivity="sensitive", neutral_title="Rencontre")
    for days, number in zip((30, 20, 10), CANARIES, strict=True):
        tell(make_date(group, now, days), number, petra, now, what_worked=f"nous étions {number}", what_to_change=f"{number} chaises")
    return group


def url(campaign, rest=""):
    return f"/territoires/sormont/campagnes/{campaign.pk}/bilan/{rest}"


def words_of_pdf(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def words_of_word(content):
    """The text of every part of a Word file, tags gone."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(re.sub("<[^>]*>", " ", archive.read(name).decode("utf-8", "ignore")) for name in archive.namelist())


def found_in(said):
    """Head counts of sensitive dates, and sums of two, that stand in a text as numbers, grouped or not."""
    wanted = {str(one) for one in CANARIES} | {str(one + two) for one in CANARIES for two in CANARIES if one < two}
    plain = re.sub("(?<=\\d)[\u202f\xa0](?=\\d)", "", said)
    return sorted(one for one in wanted if re.search(rf"(?<![\w-]){one}(?![\w-])", plain))


# --- The balance ------------------------------------------------------------------------------------------------------


def test_a_count_and_an_estimate_stand_on_two_lines_on_page_and_paper(campaign, told, erin, client, now):
    found = balance(campaign, now.date())
    assert found.heads == (Heads("count", 40, 1), Heads("estimate", 200, 1))
    issued = issue_campaign_report(campaign=campaign, narrative="Merci à chacune.", by=erin, now=now)
    client.force_login(erin)
    page = client.get(url(campaign)).content.decode()
    pdf = words_of_pdf(client.get(url(campaign, "1.pdf")).content)
    word = client.get(url(campaign, "1.docx")).content
    cells = [[cell.text for cell in row.cells] for table in Document(io.BytesIO(word)).tables for row in table.rows]
    assert ["Comptées une à une", "1 date", "40"] in cells
    assert ["Estimation", "1 date", "200"] in cells
    for said in (page, pdf, json.dumps(issued.indicators), *map(str, cells)):
        assert "240" not in said
    assert "Merci à chacune." in pdf
    assert "l’accueil" in pdf


def test_at_22_days_the_balance_says_not_evaluated_apart_from_zero(campaign, chantecler, petra, erin, client, now):
    silent = make_date(make_activity(campaign, chantecler, now, title="Muette"), now, 10)
    tell(make_date(make_activity(campaign, chantecler, now, title="Vide"), now, 12), 0, petra, now)
    day = silent.ends_at.date()
    assert balance(campaign, day + dt.timedelta(days=21)).not_evaluated == ()
    found = balance(campaign, day + dt.timedelta(days=22))
    assert [one.title for one in found.not_evaluated] == ["Muette"]
    assert found.heads == (Heads("count", 0, 1),)
    issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now + dt.timedelta(days=30))
    client.force_login(erin)
    assert "Non évalué" in words_of_pdf(client.get(url(campaign, "1.pdf")).content)


def test_an_issued_balance_stays_as_it_was_and_a_correction_is_a_new_number(campaign, told, petra, erin, client, now):
    issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now)
    report = campaign.activities.get(title="Slam").reports.get()
    change_report(report=report, by=petra, now=now, headcount=41)
    issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now)
    kept = {one.number: one.indicators["balance"]["heads"][0]["persons"] for one in CampaignReport.objects.all()}
    assert kept == {1: 40, 2: 41}
    client.force_login(erin)
    assert client.get(url(campaign, "1.pdf")).content == client.get(url(campaign, "1.pdf")).content
    assert client.get(url(campaign, "3.pdf")).status_code == 404


def test_a_balance_is_issued_by_the_coordination_once_the_campaign_is_evaluated(campaign, told, erin, bob, petra, client, now):
    Campaign.objects.update(status="running")
    with pytest.raises(BalanceRefused):
        issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now)
    Campaign.objects.update(status="evaluating")
    found = {}
    for user in (bob, petra, erin):
        client.force_login(user)
        found[user.name] = client.post(url(campaign, "emettre/"), {"narrative": "x"}).status_code
    assert found == {"Bob": 404, "Petra": 404, "Erin": 302}


def test_the_words_of_reports_are_read_by_the_team_until_the_balance_is_issued(campaign, told, bob, fiona, carl, petra, erin, client, now):
    def reads(user):
        client.force_login(user)
        return "l’accueil" in client.get(url(campaign)).content.decode()

    assert {user.name: reads(user) for user in (bob, fiona, carl, petra)} == {"Bob": True, "Fiona": False, "Carl": False, "Petra": False}
    issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now)
    client.force_login(carl)
    assert "l’accueil" in words_of_pdf(client.get(url(campaign, "1.pdf")).content)


# --- What sensitive activities let out --------------------------------------------------------------------------------


def test_nobody_outside_meets_a_date_with_its_count(
    campaign, told, sensitive, territory, petra, erin, paul, alice, bob, fiona, carl, mona, plan, chantecler, client, now
):
    """Pages, PDF, Word, the frozen JSON and the journal, for every role, before and after the year is settled."""
    campaigns = "/territoires/sormont/campagnes/"
    pages = [url(campaign), f"{campaigns}{campaign.pk}/comptes-rendus/", f"{campaigns}{campaign.pk}/clore/", f"{campaigns}mon-annee/"]
    pages += [f"{campaigns}dates/{one.uuid}/compte-rendu/" for one in sensitive.occurrences.all()]
    papers = [url(campaign, f"{number}.{kind}") for number in (1, 2) for kind in ("pdf", "docx")]
    issue_campaign_report(campaign=campaign, narrative="", by=erin, now=now)
    for settled in (False, True):
        if settled:
            assert settle_sensitive_years(now=FEBRUARY) == 1
            issue_campaign_report(campaign=campaign, narrative="", by=erin, now=FEBRUARY)
        for user in (paul, alice, bob, fiona, carl, mona, erin):
            client.force_login(user)
            for page in pages:
                assert found_in(client.get(page).content.decode()) == [], (user, page)
        for paper in papers[: 2 + 2 * settled]:
            content = client.get(paper).content
            assert found_in(words_of_pdf(content) if paper.endswith("pdf") else words_of_word(content)) == [], paper
        frozen = json.dumps([one.indicators for one in CampaignReport.objects.all()])
        journal = str(list(Entry.objects.values_list("object_label", "fields", "numbers")))
        assert found_in(frozen) == []
        assert found_in(journal) == []
    client.force_login(petra)
    assert found_in(client.get(f"{campaigns}dates/{sensitive.occurrences.first().uuid}/compte-rendu/").content.decode())
    client.force_login(erin)
    total = str(sum(CANARIES))
    assert total in words_of_pdf(client.get(url(campaign, "2.pdf")).content)
    assert total not in words_of_pdf(client.get(url(campaign, "1.pdf")).content)


def test_a_year_is_settled_once_when_it_is_over_and_all_is_told(campaign, sensitive, chantecler, petra, now):
    silent = make_date(sensitive, now, 5)
    assert settle_sensitive_years(now=dt.datetime(2027, 1, 31, 9, tzinfo=dt.UTC)) == 0
    assert settle_sensitive_years(now=FEBRUARY) == 0
    tell(silent, 1, petra, now)
    assert settle_sensitive_years(now=FEBRUARY) == 1
    kept = SensitiveYear.objects.get()
    assert (kept.organization, kept.year, kept.how, kept.persons, kept.dates) == (chantecler, 2026, "counted", sum(CANARIES) + 1, 4)
    change_report(report=silent.report, by=petra, now=FEBRUARY, headcount=77)
    assert settle_sensitive_years(now=FEBRUARY + dt.timedelta(days=40)) == 0
    assert SensitiveYear.objects.get().persons == sum(CANARIES) + 1


def test_a_single_date_of_a_year_is_settled_without_its_number(campaign, territory, petra, now):
    lone = make_organization(territory, "Le Refuge")
    tell(make_date(make_activity(campaign, lone, now, sensitivity="sensitive"), now, 9), 811, petra, now)
    settle_sensitive_years(now=FEBRUARY)
    assert list(SensitiveYear.objects.values_list("persons", "dates")) == [(None, 1)]
    book = book_of(campaign, FEBRUARY.date())
    assert [(one.organization, one.persons) for one in book.settled] == [("Le Refuge", None)]
    assert "811" not in json.dumps(book.as_json())


def test_the_coordination_cannot_open_what_a_sensitive_activity_told(sensitive, territory, erin, now):
    for change in ({"sensitivity": "normal"}, {"lead": make_organization(territory, "Ville")}):
        with pytest.raises(ActivityRefused, match="déjà racontées"):
            change_activity(activity=sensitive, by=erin, now=now, **change)


# --- The year of an organisation --------------------------------------------------------------------------------------


def test_an_organisation_takes_its_own_year_sensitive_counts_included(campaign, told, sensitive, chantecler, petra, client):
    client.force_login(petra)
    base = "/territoires/sormont/campagnes/mon-annee/"
    page = client.get(base + "?annee=2026").content.decode()
    asked = {"organization": chantecler.pk, "year": 2026}
    word = client.post(base + "fichier/", {**asked, "format": "docx"})
    cells = {cell.text for table in Document(io.BytesIO(word.content)).tables for row in table.rows for cell in row.cells}
    sheet = client.post(base + "fichier/", {**asked, "format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert {row[-1] for row in rows[1:]} == {40.0, 200.0, *map(float, CANARIES)}
    for number in CANARIES:
        assert str(number) in page
        assert str(number) in cells
    lines = Entry.objects.filter(verb="agenda.download_year")
    assert [(one.numbers, one.object_label) for one in lines] == [({"year": 2026}, "Chantecler")] * 2


def test_nobody_takes_the_year_of_another(campaign, sensitive, chantecler, territory, petra, erin, fiona, carl, client):
    other = make_organization(territory, "La Ruche")
    base = "/territoires/sormont/campagnes/mon-annee/"
    client.force_login(petra)
    assert client.post(base + "fichier/", {"organization": other.pk, "year": 2026, "format": "docx"}).status_code == 404
    assert client.get(base + "fichier/").status_code == 405
    for user in (erin, fiona, carl):
        client.force_login(user)
        assert client.get(base).status_code == 404
        assert client.post(base + "fichier/", {"organization": chantecler.pk, "year": 2026, "format": "xlsx"}).status_code == 404
    assert not Entry.objects.filter(verb="agenda.download_year").exists()


# --- Figures of the plan ----------------------------------------------------------------------------------------------


@pytest.fixture
def indicator(action, erin, now):
    return create_indicator(action=action, name="Personnes touchées", unit="personnes", by=erin, now=now)


def feed(campaign, indicator, kind="headcount"):
    for activity in campaign.activities.all():
        ActivityAction.objects.create(activity=activity, action=indicator.action, indicator=indicator, feeds=kind)


def test_reports_propose_a_figure_that_the_plan_manager_approves(campaign, told, plan, indicator, erin, paul, client):
    feed(campaign, indicator)
    client.force_login(erin)
    answer = client.post(f"/territoires/sormont/campagnes/chiffres/{plan.pk}/", {"annee": "2026"})
    assert "1 chiffre proposé au plan" in answer.content.decode()
    figure = Observation.objects.get()
    assert (figure.value, figure.year, figure.state) == (Decimal(240), 2026, "submitted")
    assert "comptées : 40" in figure.how_counted
    assert "estimées : 200" in figure.how_counted
    client.force_login(paul)
    assert "Personnes touchées" in client.get(f"/territoires/sormont/plans/{plan.pk}/actions/{indicator.action_id}/").content.decode()


def test_neither_an_approved_nor_a_typed_figure_is_overwritten(campaign, told, plan, indicator, erin, paul, petra, now):
    feed(campaign, indicator)
    typed = Observation.objects.create(indicator=indicator, year=2026, value=7, how_counted="au cahier", changed_at=now)

    def proposed():
        (outcome,) = propose_figures(plan=plan, year=2026, by=erin, now=now)
        typed.refresh_from_db()
        return outcome.is_proposed, outcome.words, typed.value

    assert proposed() == (False, "Quelqu’un a déjà écrit ce chiffre à la main : il reste tel quel.", 7)
    Observation.objects.all().delete()
    propose_figures(plan=plan, year=2026, by=erin, now=now)
    typed = Observation.objects.get()
    approve_figure(figure=typed, by=paul, now=now)
    report = campaign.activities.get(title="Slam").reports.get()
    change_report(report=report, by=petra, now=now, headcount=50)
    assert proposed()[::2] == (False, 240)
    return_figure(figure=typed, comment="Revoir", by=paul, now=now)
    assert proposed()[::2] == (True, 250)


def test_dates_held_are_counted_and_what_did_not_happen_is_not(campaign, told, plan, indicator, chantecler, erin, now):
    make_date(make_activity(campaign, chantecler, now, title="Muette"), now, 6)
    feed(campaign, indicator, "dates")
    (outcome,) = propose_figures(plan=plan, year=2026, by=erin, now=now)
    assert (outcome.is_proposed, Observation.objects.get().value) == (True, 2)
    (outcome,) = propose_figures(plan=plan, year=2025, by=erin, now=now)
    assert not outcome.is_proposed


def test_sensitive_activities_feed_their_whole_settled_year_or_nothing(
    campaign, told, sensitive, plan, indicator, chantecler, petra, erin, now
):
    feed(campaign, indicator)

    def value():
        Observation.objects.all().delete()
        (outcome,) = propose_figures(plan=plan, year=2026, by=erin, now=now)
        return Observation.objects.get().value, len(outcome.fed.left_out)

    assert value() == (240, 1)
    settle_sensitive_years(now=FEBRUARY)
    assert value() == (240 + sum(CANARIES), 0)
    # Another sensitive activity of the same year that serves nothing: a part beside the whole would give the rest by difference.
    beside = make_activity(campaign, chantecler, now, title="Dépistage", sensitivity="sensitive")
    tell(make_date(beside, now, 8), 6, petra, now)
    assert value() == (240, 1)


def test_an_action_names_the_activities_that_serve_it_by_the_title_anybody_may_read(
    campaign, told, sensitive, plan, indicator, bob, client
):
    feed(campaign, indicator)
    client.force_login(bob)
    page = client.get(f"/territoires/sormont/plans/{plan.pk}/actions/{indicator.action_id}/").content.decode()
    assert "Slam" in page
    assert "Rencontre" in page
    assert "Groupe migration" not in page
