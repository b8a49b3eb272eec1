"""A whole evening in the hall, lived on screens: Erin conducts, three phones answer (one loses its network, one is in Arabic, one goes from
hand to hand), the wall shows, cards become criteria, the group hears them again, and goes home with its sheet, uncoded then coded."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tissage.voices.models import Criterion, Expression, Hall, HomogeneousGroup, Phone, Question, Workshop

ABSENT = "net::ERR_"  # what Chromium writes when a request does not leave: expected while a phone has no network
PATIENCE = 20_000


@pytest.fixture
def phone(browser, live_server):
    """Makes phones of 390 px; what their console says, but for the absent network, fails the journey."""
    said, contexts = [], []

    def make():
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="fr-BE", base_url=live_server.url)
        contexts.append(context)
        context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts:
        context.close()
    assert [text for text in said if ABSENT not in text and "410 (Gone)" not in text] == []


def come_in(page, code, language="fr"):
    """By hand: the code as it stands on the wall, the language, the one button."""
    page.goto("/a/")
    page.locator("input[name=code]").fill(f"{code[:4]} {code[4:]}".lower())
    page.locator("main button[type=submit]").first.click()
    if language != "fr":
        page.locator(f"a[hreflang={language}], a[lang={language}]").first.click()
    page.locator("#join button").click()
    page.wait_for_url("**/repondre/**")
    expect(page.locator("#question")).not_to_be_empty(timeout=PATIENCE)


def write(page, text):
    page.locator("#text").fill(text)
    page.locator("#write button[type=submit]").click()
    expect(page.locator("#answers .p-words").last).to_have_text(text, timeout=PATIENCE)


def sent(page, count):
    expect(page.locator("#answers [data-state=sent]")).to_have_count(count, timeout=PATIENCE)


def sheet(page) -> str:
    """The sheet of the group, read as a person reads it: one space between words."""
    with page.expect_download() as downloading:
        page.get_by_role("button", name="La feuille du groupe (PDF)").click()
    with open(downloading.value.path(), "rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    return " ".join("\n".join(each.extract_text() for each in reader.pages).split())


def test_a_whole_workshop(page, phone, live_server, sign_in, violations, territory, erin):
    group = HomogeneousGroup.objects.create(territory=territory, name="Femmes du cours de français", public_name="Cours de français")
    base = f"{live_server.url}/territoires/sormont"

    def look(screen=page) -> None:
        assert violations(screen) == []

    # Erin notes the workshop, its questions in two languages, and opens the hall.
    sign_in(page, erin)
    page.goto(f"{base}/groupes/{group.pk}/ateliers/nouveau/")
    page.get_by_label("Date de la rencontre").fill("2026-11-22")
    page.get_by_label("Lieu").fill("École du Centre")
    page.get_by_role("button", name="Noter l’atelier").click()
    expect(page.get_by_role("link", name="Animer en direct")).to_be_visible()
    workshop = Workshop.objects.get()
    first, second = Question.objects.filter(territory=territory).order_by("position")[:2]
    page.get_by_role("link", name="Les formuler dans une autre langue").click()
    look()
    page.locator("#langue").select_option("ar")
    page.get_by_role("button", name="Choisir").click()
    page.locator(f"[name=wording_{first.pk}]").fill("ما الذي يجعلني بخير؟")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_load_state()
    page.goto(f"{base}/ateliers/{workshop.pk}/")
    page.get_by_role("link", name="Animer en direct").click()
    page.get_by_label("العربية").check()
    look()
    page.get_by_role("button", name="Ouvrir la salle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Animer l’atelier")
    look()
    code = Hall.objects.get().code

    # Three phones come in by the code; the first question opens; people answer, each for themselves.
    page.locator(".c-question").nth(0).get_by_role("button", name="Ouvrir la question").click()
    expect(page.locator(".c-question").nth(0).get_by_role("button", name="Fermer la question")).to_be_visible()
    plain, arabic, shared = phone(), phone(), phone()
    come_in(plain, code)
    come_in(arabic, code, "ar")
    come_in(shared, code)
    assert arabic.locator("html").get_attribute("dir") == "rtl"
    look(plain)
    look(arabic)
    write(plain, "sourire")
    sent(plain, 1)
    write(arabic, "أن أجد عملاً")
    sent(arabic, 1)
    write(shared, "sourire plus souvent")
    write(shared, "une faute à retirer")
    shared.get_by_role("button", name="Retirer : une faute à retirer").click()
    shared.get_by_role("button", name="Oui, retirer").click()
    shared.get_by_role("button", name="Personne suivante").click()
    shared.get_by_role("button", name="Oui, personne suivante").click()
    write(shared, "bien dormir")
    sent(shared, 1)

    # The network of one phone falls; it keeps what is written and sends it once when the network is back.
    plain.context.set_offline(True)
    write(plain, "mal dormir")
    expect(plain.get_by_text("Pas de réseau. Vos réponses restent sur ce téléphone.")).to_be_visible(timeout=PATIENCE)

    # The conductor sees how many answered, never what; the wall stays dark.
    expect(page.locator(".c-question").nth(0).locator(".c-count")).to_contain_text("4 personnes ont répondu", timeout=PATIENCE)
    assert "sourire" not in page.content()
    wall = page.context.new_page()
    wall.goto(f"{base}/ateliers/{workshop.pk}/mur/")
    assert "sourire" not in wall.content()
    look(wall)
    page.locator(".c-question").nth(0).get_by_role("button", name="Fermer la question").click()
    expect(plain.get_by_text("Pas de réseau. Vos réponses restent sur ce téléphone.")).to_be_visible()
    plain.context.set_offline(False)
    page.locator(".c-question").nth(0).get_by_role("button", name="Montrer au mur").click()
    for words in ("sourire", "sourire plus souvent", "bien dormir", "mal dormir", "أن أجد عملاً"):
        expect(wall.get_by_text(words).first).to_be_visible(timeout=PATIENCE)
    look(wall)
    look()
    assert Expression.objects.filter(text="mal dormir").count() == 1
    assert not Expression.objects.live().filter(text__startswith="une faute").exists()

    # Cards become criteria: « sourire » twice, the opposite sleeps never together.
    page.goto(f"{base}/ateliers/{workshop.pk}/rassembler/")
    look()
    pile = page.locator("form.g-pile", has_text="sourire plus souvent").first
    expect(pile.locator(".g-cards li")).to_have_count(2)
    assert "dormir" not in (pile.text_content() or "")
    pile.get_by_role("button", name="En faire un critère").click()
    expect(page.locator(".g-made")).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("button", name="devient un critère").or_(page.get_by_role("button", name="Chacune de ces")).first.click()
    expect(page.locator(".g-made")).to_have_count(4, timeout=PATIENCE)
    look()
    assert sorted(Criterion.objects.live().values_list("text", "expression_count")) == sorted(
        [("sourire", 2), ("bien dormir", 1), ("mal dormir", 1), ("أن أجد عملاً", 1)]
    )
    made = page.locator(".g-made", has=page.locator("figure", has_text="أن أجد عملاً"))
    made.locator("details").evaluate_all("each => each.forEach((one) => (one.open = true))")
    made.get_by_label("En français").first.fill("trouver un travail")
    made.get_by_role("button", name="Garder ces mots", exact=True).first.click()
    expect(made.get_by_text("trouver un travail").first).to_be_attached(timeout=PATIENCE)

    # The group hears each criterion again and accepts.
    page.goto(f"{base}/ateliers/{workshop.pk}/relire/")
    look()
    page.get_by_role("button", name="Accepté : sourire").click()
    expect(page.get_by_text("1 critère relu sur 4").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Tout est accepté").click()
    look()
    page.get_by_role("button", name="Noter que tout est accepté").click()
    expect(page.get_by_text("Tout est relu")).to_be_visible(timeout=PATIENCE)
    assert not Criterion.objects.live().filter(group_validated_on__isnull=True).exists()

    # The second question, then the end: the phones forget, and the group takes its sheet home, uncoded.
    page.goto(f"{base}/ateliers/{workshop.pk}/salle/")
    page.locator(".c-question").nth(1).get_by_role("button", name="Ouvrir la question").click()
    expect(plain.locator("#question")).to_have_text(second.wording, timeout=PATIENCE)
    write(plain, "attendre sans savoir")
    sent(plain, 1)
    page.get_by_role("link", name="Clore l’atelier").click()
    look()
    page.get_by_role("button", name="Clore l’atelier").click()
    expect(plain.get_by_role("heading", name="L’atelier est fini")).to_be_visible(timeout=PATIENCE)
    expect(arabic.locator("h1").first).not_to_be_empty()
    assert Phone.objects.count() == 0
    page.goto(f"{base}/ateliers/{workshop.pk}/")
    look()
    uncoded = sheet(page)
    for words in ("sourire", "sourire plus souvent", "bien dormir", "mal dormir", "trouver un travail", "attendre sans savoir"):
        assert words in uncoded, words
    assert first.wording.split()[0] in uncoded
    assert "H03" not in uncoded

    # The same evening at the desk: codes are given; the sheet now goes by dimension too.
    for criterion, component in zip(Criterion.objects.live().order_by("pk"), ("H03", "F01", "F01", "A06"), strict=True):
        page.goto(f"{base}/codage/?criterion={criterion.pk}")
        page.get_by_label("Chercher dans la nomenclature").fill(component)
        page.get_by_role("radio", name=component).first.check()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name="Enregistrer").first.click()
    assert Criterion.objects.live().filter(component="").count() == 0
    page.goto(f"{base}/ateliers/{workshop.pk}/")
    coded = sheet(page)
    for words in ("H03", "F01", "A06", "sourire", "trouver un travail", "attendre sans savoir"):
        assert words in coded, words
