"""What a plan manager holds in hand during a year: the town's page, the extracts of the accounts, a phone, the text of a document."""

from __future__ import annotations

import io
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

YEAR = 2025
SAVED_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Notre plan</title></head><body>
<nav><a href="/">Accueil</a></nav>
<h1>Le plan de cohésion sociale de Sormont</h1>
<p>Le plan s’organise en 4 axes :</p>
<ul>
<li>Le droit au travail ;</li>
<li>Le droit au logement ;</li>
<li>Le droit à la santé ;</li>
<li>Le droit à l’épanouissement.</li>
</ul>
<h2>Actions</h2>
<p>01 1.1.06 Initiatives des écoles de devoirs ART 20 ASBL Le Fil</p>
<p>02 2.8.03Respect des quartiers</p>
<p>03 3.1.07 Assuétudes ART 20 ASBL Rambour</p>
<p>04 5.5.01 Activités de rencontre</p>
<p>05 5.5.01 Activités de rencontre ART 20 Maison Rouge</p>
<p>06 5.5.02 Table d’hôtes du mardi (autour d’un « en-cas »)</p>
</body></html>
"""
HEADER = "Numéro;Date;Article budgétaire;Fournisseur;Libellé;Montant;Genre"
POSTERS = f"11;3/2/{YEAR};84010/124-02;Imprimerie Delvaux;Affiches;100,01;D"
DEARER = POSTERS.replace("100,01", "120,01")
RENT = f"12;4/3/{YEAR};84010/125-48;ASBL Le Fil;Salle de l’école de devoirs;1.200,00;D"
LEAFLETS = f"13;9/9/{YEAR};84010/124-02;Imprimerie Delvaux;Dépliants;50,00;D"


def extract(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\r\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def plain(text: str | None) -> str:
    """As a person reads it: one ordinary space between words."""
    return re.sub(r"\s+", " ", text or "").strip()


def words_of(place: Page | Locator) -> str:
    return plain((place.locator("main") if isinstance(place, Page) else place).inner_text())


def stats_of(page: Page) -> dict[str, str]:
    """The large figures on top of a page, by their label."""
    shown = page.locator(".t-stat")
    return {
        plain(one.locator(".t-stat-label").inner_text()).casefold(): plain(one.locator(".t-stat-figure").inner_text())
        for one in shown.all()
    }


def downloaded(page: Page, button: Locator) -> Path:
    with page.expect_download() as coming:
        button.click()
    return Path(coming.value.path())


def text_of_pdf(path: Path) -> str:
    return plain("\n".join(each.extract_text() for each in PdfReader(io.BytesIO(path.read_bytes())).pages))


def told(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def press(page: Page, name: str, *, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).first.click()
    page.wait_for_load_state()


def share_out(page: Page, shares: dict[int, str]) -> None:
    """Types the shares of actions, by their key, in the rows of the form."""
    for place, (action, percent) in enumerate(shares.items()):
        page.locator(f"[name=action_{place}]").select_option(str(action))
        page.locator(f"[name=percent_{place}]").fill(percent)
