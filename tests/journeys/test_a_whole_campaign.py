"""A whole campaign on screens: Erin copies last year's, a partner proposes by its link on a phone, everybody reads the agenda, the date is told
in a minute, and the campaign closes with its balance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.conf import settings
from django.core import mail
from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from tests.agenda.campaigns import activity_of, campaign_of, date_of, open_to_strangers
from tests.journeys.plan_year import Journey, downloaded, plain, press, text_of_pdf, told, words_of
from tissage.agenda.models import Activity, Campaign, Occurrence, OccurrenceReport
from tissage.agenda.operations.partners import add_partner
from tissage.network.models import Organization
from tissage.people.cipher import ensure_key_ring

TITLE, DRAFTED = "Philo au bord du canal", "Ciné-débat de l’an passé"
IN_TWO_WEEKS = dt.timedelta(days=14)


@pytest.fixture
def last_year(territory, erin, chantecler, now):
    """Closed: two activities of Chantecler, one of them with a date; two organisations took part. A year later it is in two weeks."""
    ensure_key_ring(Path(settings.TISSAGE_HOME))
    open_to_strangers(territory)
    hive = Organization.objects.create(territory=territory, name="La Ruche", kind="asbl")
    first = timezone.localdate() + IN_TWO_WEEKS - dt.timedelta(weeks=52)
    window = {"starts_on": first, "ends_on": first + IN_TWO_WEEKS, "edition_year": first.year}
    made = campaign_of(territory, chantecler, erin, now, **window, objectives=["Parler à tout le monde"])
    date_of(activity_of(territory, chantecler, erin, now, title=DRAFTED, campaign=made), erin, now, day=first)
    activity_of(territory, chantecler, erin, now, title="Fresque du quai", type="mural", is_dated=False, campaign=made)
    for one in (chantecler, hive):
        add_partner(campaign=made, organization=one, by=erin, now=now)
    Campaign.objects.filter(pk=made.pk).update(status="closed", closed_at=now)
    return Campaign.objects.get(pk=made.pk)


def test_a_whole_campaign(page, phone, live_server, sign_in, violations, erin, last_year, tmp_path):
    journey = Journey(page, f"{live_server.url}/territoires/sormont", tmp_path, violations)
    sign_in(page, erin)
    copy_last_year(journey, last_year)
    made = Campaign.objects.get(copied_from=last_year)
    link = invite_a_partner(journey, made)
    propose_on_a_phone(journey, phone, link)
    accept_and_publish(journey, made)
    read_as_a_stranger(journey, phone)
    the_day_comes()
    refuse_to_close(journey, made)
    tell_in_a_minute(journey, phone, link)
    close_and_issue(journey, made)


def copy_last_year(journey, last_year):
    page = journey.go("campagnes/")
    journey.look()
    page.get_by_role("link", name=f"Copier {last_year}").click()
    assert "La nouvelle édition reprend 2 activités, en brouillon" in words_of(page)
    journey.look()
    press(page, "Créer cette édition")
    told(page, "Rien n’a encore de date.")
    drafts = words_of(page.get_by_role("region", name="En brouillon"))
    assert DRAFTED in drafts
    assert "aucune date" in drafts
    assert "Parler à tout le monde" in words_of(page)
    journey.look()
    made = Campaign.objects.get(copied_from=last_year)
    assert set(made.activities.values_list("moderation", flat=True)) == {"draft"}
    assert not Occurrence.objects.filter(activity__campaign=made).exists()
    assert Occurrence.objects.filter(activity__campaign=last_year).exists()


def invite_a_partner(journey, made) -> str:
    page = journey.page
    press(page, "Ouvrir aux propositions")
    told(page, "La campagne est ouverte : les partenaires proposent.")
    page.get_by_role("link", name="Partenaires", exact=True).click()
    page.get_by_label("Organisation", exact=True).select_option("La Ruche")
    page.get_by_label("Adresse e-mail").fill("ruche@example.org")
    journey.look()
    mail.outbox.clear()
    press(page, "Inviter")
    told(page, "Le lien part à ruche@example.org.")
    journey.look()
    (letter,) = mail.outbox
    assert letter.to == ["ruche@example.org"]
    return next(urlsplit(word).path for word in letter.body.split() if "/proposer/" in word)


def propose_on_a_phone(journey, phone, link):
    phone.goto(link)
    assert DRAFTED not in words_of(phone)
    journey.look(phone)
    phone.get_by_role("link", name="Proposer une activité").click()
    phone.get_by_label("Titre", exact=True).fill(TITLE)
    phone.get_by_label("Genre d’activité").select_option("philo_workshop")
    phone.get_by_label("En une phrase").fill("Penser ensemble, les pieds dans l’herbe.")
    phone.locator("[name=audience][value=tous-publics]").check()
    journey.look(phone)
    press(phone, "Enregistrer le brouillon")
    told(phone, "Aucune date encore.")
    phone.get_by_role("link", name="Ajouter une date").click()
    phone.get_by_label("Jour", exact=True).fill(f"{the_day():%Y-%m-%d}")
    phone.get_by_label("Début").fill("18:30")
    phone.get_by_label("Fin", exact=True).fill("20:30")
    journey.look(phone)
    press(phone, "Ajouter")
    told(phone, "18:30 – 20:30")
    journey.look(phone)
    press(phone, "Envoyer à la coordination")
    told(phone, "La coordination la lit.")
    journey.look(phone)
    proposed = Activity.objects.get(title=TITLE)
    assert (proposed.moderation, proposed.via_link, proposed.lead.name) == ("proposed", True, "La Ruche")
    phone.goto("/territoires/sormont/agenda/")
    assert TITLE not in words_of(phone)


def accept_and_publish(journey, made):
    page = journey.go("campagnes/activites/a-moderer/")
    journey.look()
    page.get_by_role("link", name=TITLE).click()
    journey.look()
    press(page, "Accepter")
    expect(page.get_by_role("button", name="Accepter", exact=True)).to_have_count(0)
    journey.go(f"campagnes/{made.pk}/")
    journey.look()
    press(page, "Publier le programme")
    told(page, "Le programme est publié.")
    assert TITLE in words_of(page.get_by_role("region", name="Jour par jour"))
    journey.look()


def read_as_a_stranger(journey, phone):
    """No account, no cookie: the agenda on screen, its page, and the calendar that follows it."""
    phone.goto("/territoires/sormont/agenda/")
    shown = words_of(phone)
    assert TITLE in shown
    assert "18:30 – 20:30" in shown
    assert DRAFTED not in shown
    journey.look(phone)
    feed = phone.get_by_role("link", name="Suivre dans mon agenda (iCalendar)").get_attribute("href")
    phone.get_by_role("link", name=TITLE).click()
    told(phone, "Proposé par")
    assert "La Ruche" in words_of(phone)
    journey.look(phone)
    answer = phone.request.get(feed)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = {one.summary.value: one for one in vobject.readOne(answer.text()).vevent_list}
    assert TITLE in events
    date = Occurrence.objects.get(activity__title=TITLE)
    assert events[TITLE].uid.value.startswith(str(date.uuid))
    assert events[TITLE].dtstart.value == date.starts_at
    assert events[TITLE].dtstart.value.astimezone(ZoneInfo("Europe/Brussels")).strftime("%H:%M") == "18:30"
    assert events[TITLE].status.value == "CONFIRMED"
    assert "ruche@example.org" not in answer.text()


def the_day_comes():
    """Time passes: the date was yesterday, the campaign with it."""
    moved, date = (
        dt.timedelta(days=the_day().toordinal() - timezone.localdate().toordinal() + 1),
        Occurrence.objects.get(activity__title=TITLE),
    )
    Occurrence.objects.filter(pk=date.pk).update(starts_at=date.starts_at - moved, ends_at=date.ends_at - moved)
    made = Campaign.objects.exclude(status="closed").get()
    Campaign.objects.filter(pk=made.pk).update(starts_on=made.starts_on - moved, ends_on=timezone.localdate())


def refuse_to_close(journey, made):
    page = journey.go(f"campagnes/{made.pk}/comptes-rendus/")
    assert "1 à raconter" in words_of(page)
    journey.look()
    press(page, "Ouvrir l’évaluation")
    told(page, "L’évaluation est ouverte")
    page.get_by_role("link", name="Clore la campagne").click()
    assert TITLE in words_of(page)
    told(page, "Une date attend encore son compte rendu.")
    expect(page.get_by_role("button", name="Clore la campagne")).to_have_count(0)
    journey.look()
    # Pressed all the same, from a page that was open before: refused, and the date is named.
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    answer = page.request.post(page.url, headers={"X-CSRFToken": next(value for name, value in cookies.items() if "csrf" in name)})
    assert answer.status == 409
    assert TITLE in answer.text()
    assert Campaign.objects.get(pk=made.pk).status == "evaluating"


def tell_in_a_minute(journey, phone, link):
    phone.goto(link)
    journey.look(phone)
    phone.get_by_role("link", name=f"Raconter {TITLE}").click()
    phone.get_by_role("group", name="Cela a-t-il eu lieu").get_by_label("oui", exact=True).check()
    phone.get_by_label("Combien de personnes ?").fill("23")
    phone.get_by_role("group", name="Comment avez-vous compté").get_by_label("comptées une à une").check()
    phone.get_by_role("group", name="Venues pour la première fois").get_by_label("quelques-unes").check()
    phone.get_by_label("Ce qui a marché").fill("Le cercle au bord de l’eau.")
    journey.look(phone)
    press(phone, "C’est tout, remettre")
    told(phone, "C’est remis")
    journey.look(phone)
    report = OccurrenceReport.objects.get(activity__title=TITLE)
    assert (report.headcount, report.method, report.headcount_by_audience) == (23, "count", {"tous-publics": 23})


def close_and_issue(journey, made):
    page = journey.go(f"campagnes/{made.pk}/comptes-rendus/")
    assert "rien n’attend" in words_of(page)
    page.get_by_role("link", name="Clore la campagne").click()
    journey.look()
    press(page, "Clore la campagne")
    told(page, "La campagne est close.")
    journey.look()
    page.get_by_role("link", name="Émettre le bilan").click()
    page.get_by_label("Le mot de la coordination").fill("Une première, à refaire.")
    journey.look()
    press(page, "Émettre le bilan")
    told(page, "Le bilan n° 1 est émis")
    journey.look()
    read = (
        text_of_pdf(downloaded(page, page.get_by_role("link", name="PDF du bilan 1"))),
        text_of_word(downloaded(page, page.get_by_role("link", name="Word du bilan 1"))),
    )
    for text in read:
        for words in (
            "Une première, à refaire.",
            "1 activité. Dates et productions : 1 tenue.",
            "Comptées une à une 1 date 23",
            "La Ruche",
        ):
            assert words in text, (words, text)
        assert f"Le cercle au bord de l’eau. ({TITLE}" in text
        assert DRAFTED not in text
    assert Campaign.objects.get(pk=made.pk).status == "closed"


def the_day() -> dt.date:
    """The second day of the new edition."""
    return Campaign.objects.exclude(copied_from=None).get().starts_on + dt.timedelta(days=1)


def text_of_word(path) -> str:
    document = Document(str(path))
    rows = [" ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return plain(" ".join([*(each.text for each in document.paragraphs), *rows]))
