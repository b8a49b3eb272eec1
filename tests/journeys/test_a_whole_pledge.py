"""From an association's question to a score with its proofs, on screens: Olive asks every list, one answers by its link; then Erin and Paul
follow through the term what was promised, and everybody reads what is proven."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.agenda.campaigns import open_to_strangers
from tests.commitments.spaces import space_of
from tests.conftest import _person
from tests.journeys.plan_year import Journey, downloaded, press, told, words_of
from tissage.commitments.models import Answer, AskSet, Assessment, Commitment, Contestant, Election, Evidence, Scorecard, Sending
from tissage.people.cipher import ensure_key_ring

CODE, ANSWERS, SILENT = "droits-2030", "Ensemble Sormont", "Avant Sormont"
SAID = "Oui : ce plan sera écrit avec les associations avant la fin de la première année."
PROMISED, PROVEN = "Nous adopterons un plan d’action local, écrit avec les associations.", "Le conseil a voté le budget du plan"
REPLY = "Le plan est écrit ; le vote final vient en juin."
COPY = b"%PDF-1.7\n% une copie de la d\xc3\xa9lib\xc3\xa9ration\n%%EOF\n"
ADDRESS = "contact@ensemble.example"
DAY = dt.timedelta(days=1)


@pytest.fixture
def olive(territory, now):
    """She owns the space of an association; the municipality gave her nothing."""
    ensure_key_ring(Path(settings.TISSAGE_HOME))
    open_to_strangers(territory)
    return space_of(territory, owner=_person("Olive", None, "", now))[1]


def test_a_whole_pledge(page, phone, seat, live_server, sign_in, violations, olive, erin, paul, action, tmp_path):
    def journey_of(screen, path="territoires/sormont"):
        return Journey(screen, f"{live_server.url}/{path}", tmp_path, violations)

    sign_in(page, olive)
    space = journey_of(page, "espaces/maison-arc")
    write_the_asks(space)
    links = send_to_two_lists(space)
    answer_by_the_link(space, phone, links[ADDRESS])
    the_election_passes()
    publish_and_close(space, phone)
    file = hand_the_file_over(space)

    coordinator, manager = journey_of(seat(erin)), journey_of(seat(paul))
    receive_the_file(coordinator, file)
    promise_from_the_answer(coordinator, action)
    prove_it(coordinator, manager)
    assess_it(coordinator, manager, phone)
    freeze_the_score(coordinator)
    read_as_a_stranger(coordinator, phone)


def write_the_asks(space):
    page = space.go("")
    space.look()
    page.get_by_role("link", name="Noter une élection").click()
    page.get_by_label("Élection", exact=True).fill("Élections communales")
    page.get_by_label("Jour du scrutin").fill(f"{timezone.localdate() + 30 * DAY:%Y-%m-%d}")
    press(page, "Noter", exact=False)
    told(page, "Élections communales")
    page.get_by_role("link", name="Écrire des demandes").first.click()
    page.locator("[name=start][value=seed]").check()
    page.get_by_label("Code", exact=True).fill(CODE)
    page.get_by_label("Titre", exact=True).fill("Droits et égalité à Sormont")
    page.get_by_label("Comment demandes et destinataires ont été choisis").fill("Toutes les listes déposées, sans exception.")
    press(page, "Commencer")
    told(page, "Avant de figer le texte")
    assert "14 demandes" in words_of(page.locator("body"))
    space.look()
    page.get_by_role("link", name="Choisir l’élection et le délai").click()
    page.locator("[name=election]").select_option(str(Election.objects.get().pk))
    page.get_by_label("Réponses jusqu’au").fill(f"{timezone.localdate() + 10 * DAY:%Y-%m-%d}")
    press(page, "Enregistrer")
    page.get_by_role("link", name="Figer le texte").click()
    told(page, "Ce geste ne peut pas être annulé.")
    space.look()
    press(page, "Figer le texte")
    told(page, "Le texte est figé.")
    expect(page.get_by_role("link", name="Changer L4")).to_have_count(0)
    space.look()
    made = AskSet.objects.get()
    assert (made.status, len(made.text_sha256)) == ("frozen", 64)


def send_to_two_lists(space) -> dict[str, str]:
    """The path of each list's link, by the address it was sent to."""
    page = space.page
    page.get_by_role("link", name="2. Listes et envois").click()
    for name, number, email in ((ANSWERS, "2", ADDRESS), (SILENT, "1", "contact@avant.example")):
        page.get_by_role("link", name="Ajouter une liste").click()
        page.get_by_label("Nom de la liste ou de la personne").fill(name)
        page.get_by_label("Numéro de liste").fill(number)
        page.get_by_label("Adresse e-mail").fill(email)
        press(page, "Enregistrer")
        told(page, name)
    mail.outbox.clear()
    page.get_by_role("link", name="Envoyer à toutes").click()
    press(page, "Envoyer à 2 listes")
    told(page, "Envoyé à 2 listes.")
    space.look()
    assert Contestant.objects.exclude(contact="").count() == 2
    links = {one.to[0]: next(urlsplit(word).path for word in one.body.split() if "/repondre/" in word) for one in mail.outbox}
    assert set(links) == {ADDRESS, "contact@avant.example"}
    return links


def answer_by_the_link(space, phone, link):
    phone.goto(link)
    space.look(phone)
    plan = phone.get_by_role("region", name="L4", exact=True)
    plan.get_by_label("oui", exact=True).check()
    plan.get_by_label("Réponse, mot pour mot").fill(SAID)
    phone.get_by_role("region", name="L6", exact=True).get_by_label("non", exact=True).check()
    press(phone, "Relire et remettre")
    assert "2 réponses à 14 demandes" in words_of(phone.locator("body"))
    space.look(phone)
    press(phone, "Remettre les réponses")
    told(phone, "Cette page ne fait plus que se lire.")
    assert SAID in words_of(phone)
    space.look(phone)
    assert set(Answer.objects.values_list("ask__code", "position")) == {("L4", "yes"), ("L6", "no")}


def the_election_passes():
    today = timezone.localdate()
    AskSet.objects.update(answer_deadline=today - 20 * DAY)
    Election.objects.update(held_on=today - 10 * DAY)
    Sending.objects.update(sent_on=today - 40 * DAY)
    Answer.objects.update(received_on=today - 25 * DAY)


def publish_and_close(space, phone):
    page = space.go(f"ensembles/{CODE}/reponses/")
    page.get_by_role("link", name="Publier les réponses").click()
    press(page, "Publier les réponses")
    told(page, "2 réponses publiées.")
    phone.goto(f"/espaces/maison-arc/publie/{CODE}/")
    plan = phone.locator("section#L4")
    said = {words_of(row.get_by_role("rowheader")): words_of(row) for row in plan.locator("tbody tr").all()}
    assert SAID in said[f"2. {ANSWERS}"]
    assert "pas de réponse" in said[f"1. {SILENT}"].casefold()
    assert list(said) == [f"1. {SILENT}", f"2. {ANSWERS}"]
    space.look(phone)

    # The council is installed: contacts and links go, what was said stays.
    page.get_by_role("link", name="Clore la phase").click()
    page.get_by_label("Conseil installé le").fill(f"{timezone.localdate() - DAY:%Y-%m-%d}")
    press(page, "Clore la phase")
    told(page, "La phase est close")
    space.look()
    assert not Contestant.objects.exclude(contact="").exists()
    assert not Sending.objects.exclude(token_hash=None).exists()


def hand_the_file_over(space) -> Path:
    page = space.go(f"ensembles/{CODE}/")
    path = space.folder / "demandes.json"
    path.write_bytes(downloaded(page, page.get_by_role("button", name="Emporter texte et réponses")).read_bytes())
    taken = path.read_text(encoding="utf-8")
    assert SAID in taken
    assert ADDRESS not in taken
    return path


def receive_the_file(coordinator, file):
    page = coordinator.go("engagements/ensembles/")
    page.get_by_role("link", name="Recevoir un fichier").first.click()
    altered = coordinator.folder / "altere.json"
    altered.write_text(file.read_text(encoding="utf-8").replace("avant la fin de la première année", "un jour"), encoding="utf-8")
    answer = page.request.post(
        page.url,
        headers={"X-CSRFToken": next(one["value"] for one in page.context.cookies() if "csrf" in one["name"])},
        multipart={"file": {"name": "altere.json", "mimeType": "application/json", "buffer": altered.read_bytes()}},
    )
    assert answer.status == 422
    assert "Ce fichier n’est pas pris" in answer.text()
    page.locator("[name=file]").set_input_files(file)
    press(page, "Lire", exact=False)
    told(page, "Comparez l’empreinte du texte")
    assert not AskSet.objects.filter(space=None).exists()
    coordinator.look()
    press(page, "Garder cet ensemble")
    told(page, "est reçu, son texte figé tel quel.")
    coordinator.look()
    ours, theirs = AskSet.objects.get(space=None), AskSet.objects.exclude(space=None).get()
    assert ours.text_sha256 == theirs.text_sha256
    assert Answer.objects.filter(ask__ask_set=ours).count() == 2


def promise_from_the_answer(coordinator, action):
    page = coordinator.go(f"engagements/scores/{CODE}/")
    coordinator.look()
    page.get_by_role("link", name="L4", exact=True).click()
    told(page, SAID)
    page.get_by_role("link", name=f"En faire un engagement : {ANSWERS}").click()
    page.get_by_label("L’engagement, mot pour mot").fill(PROMISED)
    page.get_by_label("D’où il vient").select_option("answer")
    page.get_by_label("Pris par").fill("La majorité")
    page.get_by_label("Organisation engagée").select_option("Chantecler")
    page.get_by_label("Pris le").fill(f"{timezone.localdate() - 5 * DAY:%Y-%m-%d}")
    page.get_by_role("group", name="Actions du plan qui le servent").get_by_label(str(action)).check()
    expect(page.get_by_label("Réponse publiée d’une liste")).not_to_have_value("")
    coordinator.look()
    page.locator("main form button[type=submit]").last.click()
    told(page, "L’engagement est noté.")
    press(page, "Publier")
    told(page, "L’engagement est publié")
    shown = words_of(page)
    assert PROMISED in shown
    assert f"réponse de {ANSWERS} à L4" in shown
    assert action.title in shown
    made = Commitment.objects.get()
    assert (made.answer.contestant.name, made.asks.get().ask.code, made.actions.get().action) == (ANSWERS, "L4", action)


def prove_it(coordinator, manager):
    page, copy = coordinator.page, coordinator.folder / "deliberation.pdf"
    copy.write_bytes(COPY)
    page.get_by_role("link", name="Ajouter une preuve").click()
    page.get_by_label("Ce que cela montre").fill(PROVEN)
    page.get_by_label("Genre de pièce").select_option("council_decision")
    page.get_by_label("Date du fait").fill(f"{timezone.localdate() - 2 * DAY:%Y-%m-%d}")
    page.get_by_role("group", name="Force").get_by_label("officielle", exact=True).check()
    page.locator("[name=upload]").set_input_files(copy)
    page.get_by_label("La montrer au public").check()
    coordinator.look()
    page.locator("main form button[type=submit]").last.click()
    told(page, "elle ne compte pas encore")
    assert Evidence.objects.get().state == "proposed"

    other = manager.go("engagements/preuves/")
    manager.look()
    other.get_by_role("link", name=PROVEN).click()
    manager.look()
    press(other, "Valider")
    told(other, "La preuve est validée")
    kept = Evidence.objects.get()
    assert (kept.state, kept.added_by.name, kept.validated_by.name) == ("validated", "Erin", "Paul")
    address = other.get_by_role("link", name="deliberation.pdf").get_attribute("href")
    assert other.request.get(address).body() == COPY


def assess_it(coordinator, manager, phone):
    page = coordinator.go(f"engagements/{Commitment.objects.get().pk}/")
    page.get_by_role("link", name="Proposer une évaluation").click()
    page.get_by_role("radio", name="avancé : l’essentiel est fait").check()
    page.get_by_role("group", name="Preuves validées qui le montrent").get_by_label(PROVEN).check()
    page.get_by_label("Sur quoi cela repose").fill("Le budget est voté, le plan est en consultation.")
    coordinator.look()
    mail.outbox.clear()
    page.locator("main form button[type=submit]").last.click()
    told(page, "L’organisation évaluée est prévenue par e-mail")
    told(page, "une autre personne la validera")
    expect(page.get_by_role("button", name="Valider", exact=True)).to_have_count(0)
    coordinator.look()
    (letter,) = mail.outbox
    assert letter.to == ["contact@chantecler.example"]
    link = next(urlsplit(word).path for word in letter.body.split() if "/repondre/evaluation/" in word)

    other = manager.go("engagements/evaluations/")
    other.get_by_role("link", name=PROMISED).click()
    expect(other.get_by_role("button", name="Valider", exact=True)).to_have_count(0)  # the party may still reply

    phone.goto(link)
    coordinator.look(phone)
    phone.get_by_role("textbox", name="Votre réponse").fill(REPLY)
    press(phone, "Envoyer la réponse")
    told(phone, "Ce lien est maintenant fermé.")
    coordinator.look(phone)

    other.reload()
    told(other, REPLY)
    manager.look()
    press(other, "Valider")
    told(other, "L’évaluation est validée.")
    manager.look()
    kept = Assessment.objects.get()
    assert (kept.completion, kept.proposed_by.name, kept.validated_by.name, kept.reply) == ("substantial", "Erin", "Paul", REPLY)


def freeze_the_score(coordinator):
    page = coordinator.go(f"engagements/scores/{CODE}/")
    press(page, "Figer le score d’aujourd’hui")
    told(page, "La version 1 est figée.")
    coordinator.look()
    assert Scorecard.objects.get().version == 1


def read_as_a_stranger(coordinator, phone):
    """Nine of the fourteen asks are scored, in four categories of one weight: L4 is one of three in its own, and worth three quarters."""
    address = f"/territoires/sormont/demandes/{CODE}/"
    phone.goto(address)
    shown = words_of(phone)
    assert "Sur 9 demandes vérifiables, 0 tenue avec preuve, 1 en chemin ou pas commencée, 8 sans information." in shown
    assert "6 % prouvé (8 % documenté, jusqu’à 98 %)" in shown
    phone.get_by_text("Ce qui a été promis et ce qui se prouve : L4").click()
    told(phone, REPLY)
    judged = words_of(phone.locator("#demande-L4"))
    for words in (PROMISED, "avancé", PROVEN, REPLY):
        assert words in judged, words
    coordinator.look(phone)

    answer = io.StringIO()
    call_command("scorecard", "sormont", "--ask-set", CODE, "--json", stdout=answer)
    figures = json.loads(answer.getvalue())
    assert {name: figures[name] for name in ("headline", "coverage", "ceiling")} == {"headline": 6.3, "coverage": 8.3, "ceiling": 97.9}
    total = words_of(phone.locator("table").first)
    for name in ("headline", "coverage", "ceiling"):
        assert f"{figures[name]:.1f} %".replace(".", ",") in total

    picture = Image.open(io.BytesIO(phone.request.get(f"{address}image.png").body()))
    picture.load()
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    piece = Evidence.objects.get()
    assert phone.request.get(f"{address}preuves/{piece.uuid}/copie/").body() == COPY

    phone.get_by_role("link", name="Comparer les réponses des listes").click()
    told(phone, "pas de réponse")
    compared = words_of(phone)
    assert SAID in compared
    assert SILENT in compared
    coordinator.look(phone)
