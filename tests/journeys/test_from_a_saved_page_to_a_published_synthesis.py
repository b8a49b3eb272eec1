"""The main job, lived by Erin: she signs in, brings in the town's saved page, corrects a coding, freezes, reads, publishes, and takes the PDF home."""

from __future__ import annotations

import io

from playwright.sync_api import expect
from pypdf import PdfReader

from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis
from tissage.voices.models import Coding, Criterion

ROWS = [
    ("WB", "avoir un logement chauffé", "A03", "O21"),
    ("WB", "des amis à qui parler", "D03", "Q26"),
    ("WB", "un parc où s'asseoir à l'ombre", "B04", ""),
    ("IB", "le loyer trop cher, appelez-moi au 0470 12 34 56", "A03", "P15"),
    ("IB", "être seul le soir", "D00", "P--"),
    ("ACT", "dire bonjour à ses voisins", "D03", "Q34"),
]


def saved_page() -> str:
    rows = "\n".join(
        f"{9000 + number} | Sormont | Sormont : Jeunes du quartier | {question} | 1 | {text} | {component} | {sense} | | 2014-02-26 08:49 | 2014-02-26 08:49 |"
        for number, (question, text, component, sense) in enumerate(ROWS)
    )
    return f"""Belgique - Sormont
Une ville inventée pour les essais. |
Liste des groupes homogènes
Nom du groupe | Plate-forme | Langue | Créé le |
---|---|---|---|
Sormont : Jeunes du quartier | Sormont | 2012-07-05 16:04 | |
Sormont : Aînés | Sormont | 2012-07-05 16:04 | |
Accès à la base de données des critères
Crit ID | Plate-forme | Nom du groupe homogène | Questions | NB express | Post-it | Composante | Sens | Proposition | Créé le | dernière modif. |
---|---|---|---|---|---|---|---|---|---|---|
{rows}
"""


def test_from_a_saved_page_to_a_published_synthesis(page, live_server, sign_in, violations, territory, erin, tmp_path):
    Territory.objects.filter(pk=territory.pk).update(visibility="public")
    file = tmp_path / "sormont.txt"
    file.write_text(saved_page(), encoding="utf-8")

    def look() -> None:
        assert violations(page) == []

    # In through the door, to what waits for her.
    sign_in(page, erin)
    expect(page.get_by_role("heading", level=1)).to_have_text("À faire")
    look()

    # The saved page, looked at before anything is written.
    page.goto(f"{live_server.url}/territoires/sormont/imports/nouveau/")
    look()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Regarder ce fichier").click()
    expect(page.get_by_role("button", name="Importer 6 critères")).to_be_visible()
    assert Criterion.objects.count() == 0
    look()
    page.get_by_role("button", name="Importer 6 critères").click()
    page.wait_for_load_state()
    look()
    assert Criterion.objects.live().count() == 6

    # « dire bonjour à ses voisins » was coded as friendship: it is about neighbours.
    page.goto(f"{live_server.url}/territoires/sormont/criteres/?q=bonjour")
    page.get_by_role("link", name="dire bonjour à ses voisins").click()
    look()
    page.get_by_role("link", name="Changer le code").click()
    look()
    page.get_by_label("Chercher dans la nomenclature").fill("D04")
    page.get_by_role("radio", name="D04").first.check()
    page.get_by_role("button", name="Enregistrer").first.click()
    page.wait_for_url(lambda address: "/codage/" not in address)  # back where she came from
    criterion = Criterion.objects.get(text__startswith="dire bonjour")
    assert criterion.component == "D04"
    codings = Coding.objects.filter(criterion=criterion).order_by("pk")
    assert [(coding.component, coding.superseded_at is None) for coding in codings] == [("D03", False), ("D04", True)]

    # The group says how many it was, and agrees to its words being published.
    page.goto(f"{live_server.url}/territoires/sormont/groupes/")
    look()
    page.get_by_role("link", name="Jeunes du quartier").first.click()
    page.get_by_role("link", name="Modifier").first.click()
    look()
    page.get_by_label("Nombre de participant·e·s").fill("9")
    page.get_by_label("Nom public").fill("Jeunes")
    page.locator("input[name=consent][value=statements], select[name=consent]").first.evaluate(
        "element => { if (element.tagName === 'SELECT') { element.value = 'statements' } else { element.checked = true } }"
    )
    page.locator("main form button[type=submit].t-button").first.click()
    page.wait_for_load_state()

    # The synthesis, live; then version 1, frozen.
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/aujourdhui/")
    expect(page.locator("main")).to_contain_text("6 critères")
    look()
    page.get_by_role("link", name="Figer une version").click()
    look()
    page.get_by_label("Titre").fill("Ce que disent les jeunes")
    page.get_by_role("button", name="Figer cette version").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce que disent les jeunes")
    look()

    # Nothing goes out unread: the line with a phone number is pointed out and blacked out.
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/1/lecture/")
    look()
    page.get_by_role("link", name="Vingt à la fois").click()
    look()
    expect(page.locator("mark")).to_have_text("0470 12 34 56")
    phone = page.locator("article", has_text="0470 12 34 56")
    phone.get_by_text("Caviarder").click()
    phone.get_by_role("textbox").fill("le loyer trop cher")
    phone.get_by_role("button", name="Publier ce texte").click()
    expect(page.locator("article", has_text="caviardée").first).to_be_visible()
    page.get_by_role("button", name="J’ai lu").click()
    expect(page.locator("main")).to_contain_text("6 lues sur 6")

    page.goto(f"{live_server.url}/territoires/sormont/syntheses/1/publier/")
    look()
    page.get_by_role("button", name="Publier la synthèse").click()
    page.wait_for_load_state()
    assert Synthesis.objects.get().published_at is not None

    # The team's PDF holds every word; the public's, taken without an account, holds only what was read.
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/1/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDF").first.click()
    words = pdf_words(taken.value.path())
    assert [text for _question, text, *_rest in ROWS if text not in words] == []
    assert "Friendship" not in words

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/1/")
    look()
    expect(page.locator("main")).not_to_contain_text("0470")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").first.click()
    public = pdf_words(taken.value.path())
    assert "le loyer trop cher" in public
    assert "0470" not in public


def pdf_words(path) -> str:
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
