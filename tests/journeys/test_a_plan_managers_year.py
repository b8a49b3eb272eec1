"""A plan manager's year on screens: Paul brings in the town's published plan, edits it in a workbook, asks a partner for its figures, follows
the accounts, holds the commission, freezes the year, issues the council's dossier, and reopens it after a correction."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core import mail
from playwright.sync_api import expect

from tests.journeys.plan_year import (
    DEARER,
    LEAFLETS,
    POSTERS,
    RENT,
    SAVED_PAGE,
    YEAR,
    Journey,
    allocate,
    downloaded,
    extract,
    give,
    issue_the_dossier,
    money_of_the_page,
    press,
    review,
    share_out,
    splits,
    stats_of,
    told,
    words_of,
)
from tests.plan.books import Book
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Collective, Meeting, Organization
from tissage.plan.models import Booking, Observation, Plan
from tissage.reports.models import FrozenYear


def test_a_plan_managers_year(page, phone, live_server, sign_in, violations, territory, paul, tmp_path):
    journey = Journey(page, f"{live_server.url}/territoires/sormont", tmp_path, violations)
    sign_in(page, paul)
    import_the_published_plan(journey)
    edit_it_in_a_workbook(journey)
    ask_the_partner_for_its_figures(journey, phone)
    inscribe_the_money(journey)
    read_the_accounts_twice(journey)
    hold_the_commission(journey)
    freeze_and_issue(journey)
    reopen_and_freeze_again(journey)


def import_the_published_plan(journey):
    page, saved = journey.go("plans/"), journey.folder / "plan.html"
    saved.write_text(SAVED_PAGE, encoding="utf-8")
    journey.look()
    page.get_by_role("link", name="Importer un plan depuis une page publiée").click()
    page.locator("[name=file]").set_input_files(saved)
    page.locator("[name=framework]").select_option(str(plan_framework_version("pcs-2020").pk))
    journey.look()
    press(page, "Voir ce que la page apporte")
    shown = stats_of(page)
    assert (shown["actions nouvelles"], shown["axes"], shown["codes différents"]) == ("6", "4", "5")
    assert shown["avec un opérateur à qui l’argent est reversé"] == "3"
    assert "Le code 5.5.01 sert à 2 actions (4, 5)" in words_of(page)
    assert not Plan.objects.exists()
    journey.look()
    press(page, "Importer dans le plan")
    told(page, "Actions nouvelles : 6")
    journey.look()
    assert Organization.objects.count() == 3


def edit_it_in_a_workbook(journey):
    page = journey.of_plan("classeur/")
    journey.look()
    book = Book.load(downloaded(page, page.get_by_role("button", name="Télécharger le classeur (XLSX)")))
    assert [row[2] for row in book["Actions"][1:3]] == ["Initiatives des écoles de devoirs", "Respect des quartiers"]
    book.put("Actions", 3, "Titre", "Respect et propreté des quartiers")
    edited = journey.folder / "plan-edite.xlsx"
    book.save(edited)
    page.locator("[name=file]").set_input_files(edited)
    press(page, "Voir les différences")
    shown = stats_of(page)
    assert (shown["lignes nouvelles"], shown["lignes modifiées"], shown["conflits à trancher"]) == ("0", "1", "0")
    expect(page.locator("del")).to_have_text(["Respect des quartiers"])
    expect(page.locator("ins")).to_have_text(["Respect et propreté des quartiers"])
    assert journey.action(2).title == "Respect des quartiers"
    journey.look()
    press(page, "Importer")
    told(page, "Le classeur est importé.")
    journey.look()
    assert journey.action(2).title == "Respect et propreté des quartiers"


def ask_the_partner_for_its_figures(journey, phone):
    page, school, thread = journey.page, journey.action(1), Organization.objects.get(name="ASBL Le Fil")
    journey.of_plan(f"actions/{school.pk}/")
    journey.look()
    page.get_by_text("Écrire un commentaire, changer l’état ou la santé").click()
    page.get_by_label("Commentaire", exact=True).fill("Les quatre groupes ont repris.")
    page.get_by_label("État").select_option("ongoing")
    press(page, "Noter")
    for name, unit, target in (("Enfants accueillis", "enfants", "40"), ("Heures d’accueil", "heures", "")):
        journey.of_plan(f"actions/{school.pk}/indicateurs/nouveau/")
        page.get_by_label("Indicateur", exact=True).fill(name)
        page.get_by_label("Unité").fill(unit)
        page.get_by_label("Compté par").select_option("ASBL Le Fil")
        page.get_by_label(f"Cible {YEAR}").fill(target)
        journey.look()
        press(page, "Ajouter l’indicateur")
    journey.go(f"reseau/{thread.pk}/modifier/")
    page.locator("[name=email]").fill("fil@example.org")
    journey.look()
    press(page, "Enregistrer", exact=False)

    # One link for all that this partner counts, sent by mail.
    journey.of_plan(f"chiffres/?annee={YEAR}")
    journey.look()
    page.get_by_role("link", name="Envoyer les liens aux partenaires").click()
    assert "2 partenaires sans adresse" in words_of(page)
    journey.look()
    mail.outbox.clear()
    press(page, "Envoyer les liens")
    told(page, "1 lien est parti.")
    journey.look()
    (letter,) = mail.outbox
    assert letter.to == ["fil@example.org"]
    link = next(urlsplit(word).path for word in letter.body.split() if "/partenaire/" in word)

    # On a phone, without account: saved as typed, handed in by a button.
    phone.goto(link)
    assert "Activités de rencontre" not in words_of(phone)
    journey.look(phone)
    children = phone.get_by_role("group", name="Enfants accueillis")
    children.get_by_label(f"{YEAR}, enfants").fill("57")
    expect(children.locator("[id^=etat-]")).to_contain_text("Enregistré le")
    children.get_by_label("Comment compté").fill("registre des présences")
    phone.get_by_role("group", name="Heures d’accueil").get_by_label(f"{YEAR}, heures").fill("1 250,5")
    phone.get_by_label("Qu’avez-vous fait ?").fill("Quatre soirs par semaine, de septembre à juin.")
    press(phone, "Relire et remettre")
    told(phone, "Tout est rempli.")
    journey.look(phone)
    press(phone, "Remettre")
    told(phone, "Tout est remis, merci.")
    journey.look(phone)
    assert set(Observation.objects.values_list("state", flat=True)) == {"submitted"}

    # The manager reads: two answers are good, one comes back with a comment.
    review(journey, send_back={"Enfants accueillis": "Un enfant venu deux fois compte une fois."})
    states = dict(Observation.objects.values_list("indicator__name", "state"))
    assert states == {"Enfants accueillis": "returned", "Heures d’accueil": "approved"}
    phone.goto(link)
    told(phone, "Un enfant venu deux fois compte une fois.")
    expect(phone.get_by_label(f"{YEAR}, heures")).to_have_count(0)
    journey.look(phone)
    phone.get_by_label(f"{YEAR}, enfants").fill("42")
    press(phone, "Relire et remettre")
    press(phone, "Remettre")
    told(phone, "Tout est remis, merci.")
    review(journey)
    journey.of_plan(f"chiffres/?annee={YEAR}")
    told(page, "tout approuvé")
    journey.look()
    assert list(Observation.objects.order_by("value").values_list("state", flat=True)) == ["approved", "approved"]


def inscribe_the_money(journey):
    page = journey.go("reseau/nouvelle/")
    page.locator("[name=name]").fill("Région wallonne")
    page.locator("[name=kind]").first.select_option("funder")
    journey.look()
    page.locator("main form button[type=submit]").first.click()
    for basis, label, amount in (("subsidy", "Subvention du plan", "10 000"), ("own", "Part propre", "2.500,00")):
        journey.of_plan(f"argent/financements/nouveau/?annee={YEAR}")
        page.get_by_label("Qui donne").select_option("Région wallonne")
        page.locator(f"[name=basis][value={basis}]").check()
        page.get_by_label("Libellé").fill(label)
        page.get_by_label("Montant de l’année").fill(amount)
        journey.look()
        press(page, "Inscrire la ligne")
    journey.of_plan(f"argent/financements/?annee={YEAR}")
    assert "12 500,00 €" in words_of(page)
    journey.look()
    allocate(journey, "Subvention du plan, 1 · Initiatives des écoles de devoirs", "6 000,00")
    allocate(journey, "Subvention du plan, 2 · Respect et propreté des quartiers", "4 000,00")
    journey.of_plan(f"argent/controles/?annee={YEAR}")
    assert "25 %" in words_of(page)
    journey.look()


def read_the_accounts_twice(journey):
    page, school, streets = journey.page, journey.action(1), journey.action(2)
    give(journey, extract(journey.folder, "extrait-juin.csv", POSTERS, RENT))
    shown = stats_of(page)
    assert (shown["nouvelles"], shown["déjà là, inchangées"]) == ("2", "0")
    assert not Booking.objects.exists()
    journey.look()
    press(page, "Appliquer cet extrait")
    journey.look()
    journey.of_plan(f"argent/ecritures/{Booking.objects.get(number='11').pk}/")
    share_out(page, {school.pk: "60", streets.pk: "40"})
    page.get_by_label("Se souvenir pour les prochaines écritures qui ont").select_option("article,supplier")
    journey.look()
    press(page, "Répartir et passer à la suivante")
    told(page, "ASBL Le Fil")
    share_out(page, {school.pk: "100"})
    press(page, "Répartir")
    journey.look()
    assert splits("11") == {1: "60.01", 2: "40.00"}

    # The same extract, grown: one more booking, one corrected. Only what is new enters, and splits stay.
    give(journey, extract(journey.folder, "extrait-decembre.csv", DEARER, RENT, LEAFLETS))
    shown = stats_of(page)
    assert [shown[name] for name in ("nouvelles", "déjà là, inchangées", "changées", "disparues")] == ["1", "1", "1", "0"]
    assert "100,01 €" in words_of(page)
    assert "120,01 €" in words_of(page)
    journey.look()
    press(page, "Appliquer cet extrait")
    told(page, "Les règles ont réparti 1 écriture nouvelle.")
    journey.look()
    assert Booking.objects.count() == 3
    assert {number: splits(number) for number in ("11", "12", "13")} == {
        "11": {1: "72.01", 2: "48.00"},
        "12": {1: "1200.00"},
        "13": {1: "30.00", 2: "20.00"},
    }
    journey.of_plan(f"argent/?annee={YEAR}")
    assert stats_of(page)["dépensé"] == "1 370,01 €"
    journey.look()


def hold_the_commission(journey):
    page = journey.go("reseau/collectifs/nouveau/")
    journey.look()
    page.get_by_role("link", name="Commission d’accompagnement").first.click()
    press(page, "Créer le collectif")
    journey.look()
    page.get_by_role("link", name="Faire entrer une organisation").click()
    page.get_by_label("Organisation").select_option("ASBL Le Fil")
    page.get_by_label("Depuis le").fill(f"{YEAR}-01-01")
    journey.look()
    page.locator("main form button[type=submit]").first.click()
    commission = Collective.objects.get()
    journey.go(f"reseau/collectifs/{commission.pk}/reunions/nouvelle/")
    page.get_by_label("Jour", exact=True).fill(f"{YEAR}-11-14")
    page.get_by_label("Début").fill("14:00")
    page.get_by_label("Lieu").fill("Maison de quartier")
    page.get_by_label("Ordre du jour").fill("Les chiffres de l’année\nLa salle de l’école de devoirs")
    journey.look()
    page.locator("main form button[type=submit]").first.click()
    meeting = Meeting.objects.get()
    journey.go(f"reseau/reunions/{meeting.pk}/")
    assert "Pour la clore, il manque encore" in words_of(page)
    journey.look()
    page.get_by_role("link", name="Noter une décision").click()
    page.get_by_label("Texte").fill("La salle est louée une année de plus.")
    page.get_by_label("Vote").fill("à l’unanimité")
    page.get_by_label("À faire (facultatif)", exact=True).fill("Signer le bail")
    page.get_by_label("Qui s’en charge").select_option("ASBL Le Fil")
    page.get_by_label("Pour le").fill(f"{YEAR}-12-15")
    journey.look()
    press(page, "Noter la décision")
    told(page, "Signer le bail")
    page.get_by_role("link", name="Écrire le procès-verbal").click()
    page.get_by_label("Procès-verbal", exact=False).first.fill("Le bilan est présenté. La salle manque de place.")
    page.locator("main form button[type=submit]").first.click()
    journey.go(f"reseau/reunions/{meeting.pk}/presences/")
    page.get_by_role("group", name="ASBL Le Fil").get_by_label("présente", exact=True).check()
    page.get_by_label("Personnes présentes en tout").fill("9")
    journey.look()
    press(page, "Noter les présences")
    press(page, "Clore la réunion")
    told(page, "La réunion est close.")
    journey.look()
    assert Meeting.objects.get().status == "held"


def freeze_and_issue(journey):
    page = journey.go(f"documents/{journey.plan.pk}/{YEAR}/")
    journey.look()
    page.get_by_role("link", name="Arrêter l’année").click()
    assert "Ce qui manque" in words_of(page)
    assert "Dû par" in words_of(page)
    assert "Enfants accueillis" not in words_of(page)
    journey.look()
    press(page, f"Arrêter l’année {YEAR}")
    told(page, f"L’année {YEAR} est arrêtée : version 1.")
    journey.look()
    text, (budget, spent) = issue_the_dossier(journey, 1), money_of_the_page(journey)
    assert (budget, spent) == ("10 000,00 €", "1 370,01 €")
    assert f"Budget {budget}" in text
    assert f"Dépensé {spent}" in text
    for words in (
        "Respect et propreté des quartiers",
        "Enfants accueillis : 42",
        "Quatre soirs par semaine",
        "1 décision, dans un procès-verbal qui n’est pas public",
    ):
        assert words in text, words
    assert "La salle est louée" not in text
    assert "En 2025, 1 action sur 6 a été menée." in text
    assert "57 enfants" not in text
    assert "fil@example.org" not in text


def reopen_and_freeze_again(journey):
    page = journey.go(f"documents/{journey.plan.pk}/{YEAR}/")
    page.get_by_role("link", name="Rouvrir l’année").click()
    told(page, "1 document est déjà émis depuis cette version : il reste tel quel.")
    journey.look()
    press(page, "Rouvrir l’année")
    assert FrozenYear.objects.get().reopened_at is None
    page.get_by_label("Pourquoi rouvrir l’année").fill("Affectation corrigée après la commission")
    press(page, "Rouvrir l’année")
    told(page, f"L’année {YEAR} est rouverte.")
    journey.look()
    allocate(journey, "Subvention du plan, 2 · Respect et propreté des quartiers", "3 500,00")
    journey.go(f"documents/{journey.plan.pk}/{YEAR}/arreter/")
    press(page, f"Arrêter l’année {YEAR}")
    told(page, f"L’année {YEAR} est arrêtée : version 2.")
    versions = words_of(page.locator("section", has=page.get_by_role("heading", name="Versions des données")))
    assert "Affectation corrigée après la commission" in versions
    assert "Total du plan : budgété : 10 000,00 € → 9 500,00 €" in versions
    journey.look()
    text = issue_the_dossier(journey, 2)
    assert money_of_the_page(journey) == ("9 500,00 €", "1 370,01 €")
    assert "Budget 9 500,00 €" in text
    assert "Total du plan : budgété : 10 000,00 € → 9 500,00 €" in text
