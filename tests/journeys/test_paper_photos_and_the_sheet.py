"""A facilitator photographs the sheets, types beside them, has a question read aloud, and hands the group its sheet before it leaves."""

from __future__ import annotations

import io
import wave

from PIL import Image
from pypdf import PdfReader

from tests.voices.halls import open_room
from tissage.voices.models import Expression, Recording, SheetPhoto


def photo(colour: str) -> dict[str, object]:
    stream = io.BytesIO()
    Image.new("RGB", (1600, 1100), colour).save(stream, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def voice() -> dict[str, object]:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)
    return {"name": "question.wav", "mimeType": "audio/wav", "buffer": stream.getvalue()}


def test_the_words_of_the_sheets_go_home_with_the_group(page, browser, live_server, sign_in, violations, territory, alice):
    room = open_room(territory, alice)
    workshop = room.hall.workshop
    here = f"{live_server.url}/territoires/{territory.slug}"
    sign_in(page, alice)

    # The sheets, from a phone.
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{here}/ateliers/{workshop.pk}/photos/")
    page.get_by_label("Choisir des photos").set_input_files([photo("orange"), photo("teal")])
    page.get_by_role("button", name="Garder les photos").click()
    page.get_by_text("2 photos sont gardées").wait_for()
    assert SheetPhoto.objects.filter(workshop=workshop).count() == 2
    assert violations(page) == []

    # Beside the fast entry, at the desk: they come with the workshop, are enlarged, and go with another choice.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{here}/saisie/")
    assert page.locator(".v-sheet").count() == 0
    page.get_by_label("Groupe", exact=True).select_option(str(workshop.group_id))
    page.get_by_label("Atelier", exact=False).select_option(str(workshop.pk))
    page.locator(".v-sheet").first.wait_for()
    assert violations(page) == []
    frame, text = page.locator(".v-sheet-frame").first, page.locator("#id_lines")
    assert frame.bounding_box()["x"] + frame.bounding_box()["width"] <= text.bounding_box()["x"]
    picture = frame.locator("img")
    before = picture.bounding_box()["width"]
    page.get_by_role("button", name="Agrandir").first.click()
    assert round(picture.bounding_box()["width"] / before, 1) == 2.0
    assert frame.evaluate("one => one.scrollLeft") > 0
    page.set_viewport_size({"width": 390, "height": 800})
    assert frame.bounding_box()["y"] + frame.bounding_box()["height"] <= text.bounding_box()["y"]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("Question", exact=True).select_option(label=str(room.first.question))
    page.get_by_label("Des post-its bruts").check()
    text.fill("un jardin où s’asseoir\nle facteur qui dit bonjour")
    page.get_by_role("button", name="Relire les lignes").click()
    assert page.locator(".v-sheet").count() == 2  # still there while reading again
    page.get_by_role("button", name="Enregistrer ces 2 lignes").click()
    page.get_by_text("c’est enregistré").wait_for()
    assert Expression.objects.filter(workshop=workshop).count() == 2

    # A question read aloud, from a file; and heard.
    page.goto(f"{here}/ateliers/{workshop.pk}/voix/")
    first = page.locator(".v-reading").first
    first.get_by_text("Choisir un fichier").click()
    first.get_by_label("Fichier son").set_input_files(voice())
    first.get_by_role("button", name="Garder ce fichier").click()
    page.get_by_text("La lecture est gardée").wait_for()
    assert Recording.objects.get().content_type == "audio/wav"
    heard = page.evaluate(
        "() => new Promise((ok, no) => { const one = document.querySelector('audio'); one.onloadedmetadata = () => ok(one.duration);"
        " one.onerror = () => no(one.error.message); one.preload = 'metadata'; one.load(); })"
    )
    assert round(heard) == 1
    assert violations(page) == []

    # The sheet, in one click; then a link, because the group accepts it.
    page.goto(f"{here}/ateliers/{workshop.pk}/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="La feuille du groupe (PDF)").click()
    said = "\n".join(one.extract_text() for one in PdfReader(taken.value.path()).pages)
    assert "un jardin où s’asseoir" in said
    assert "le facteur qui dit bonjour" in said
    page.get_by_role("link", name="Le groupe accepte un lien ?").click()
    page.get_by_label("Le groupe accepte un lien vers ses paroles").check()
    page.get_by_role("button", name="Ouvrir le lien").click()
    address = page.locator(".s-address").get_attribute("href")
    assert address is not None
    assert violations(page) == []

    # A participant, at home, without an account.
    at_home = browser.new_context(locale="fr-BE", viewport={"width": 390, "height": 800}).new_page()
    at_home.goto(address)
    at_home.get_by_text("le facteur qui dit bonjour").wait_for()
    assert "Jeunes de la gare" not in at_home.content()
    assert violations(at_home) == []
    assert at_home.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.get_by_role("button", name="Fermer le lien").click()
    answer = at_home.goto(address)
    assert answer is not None
    assert answer.status == 410
    assert violations(at_home) == []
