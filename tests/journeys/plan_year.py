"""What a plan manager holds in hand during a year: the town's page, the extracts of the accounts, a phone, the text of a document."""

from __future__ import annotations

import io
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tissage.plan.models import Action, Booking, Plan

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


class Journey:
    """Paul's browser, what he looks at, and where."""

    def __init__(self, page, base, folder, violations) -> None:
        self.page, self.base, self.folder, self._violations = page, base, folder, violations

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(territory__slug="sormont")

    def action(self, number) -> Action:
        return Action.objects.get(plan=self.plan, sequence=number)

    def go(self, part):
        self.page.goto(f"{self.base}/{part}")
        return self.page

    def of_plan(self, part=""):
        return self.go(f"plans/{self.plan.pk}/{part}")

    def look(self, screen=None) -> None:
        assert self._violations(screen or self.page) == []


def review(journey, send_back=None):
    """Reads all that waits; what is in `send_back` returns with its words, the rest is approved."""
    page, send_back = journey.of_plan(f"chiffres/{YEAR}/relire/"), send_back or {}
    while page.locator("#item-title").count():
        journey.look()
        title = page.locator("#item-title").inner_text()
        if title in send_back:
            page.get_by_text("Renvoyer avec un commentaire").click()
            page.get_by_label("Ce qu’il faut revoir").fill(send_back[title])
            press(page, "Renvoyer")
        else:
            press(page, "Approuver")
        expect(page.locator("#item-title", has_text=title)).to_have_count(0)
    told(page, "Tout est relu")
    journey.look()


def allocate(journey, cell, amount):
    page = journey.of_plan(f"argent/affectations/?annee={YEAR}")
    page.get_by_label(cell).fill(amount)
    journey.look()
    press(page, "Enregistrer «", exact=False)


def give(journey, file):
    """An extract given on screen, its columns as they were recognised, up to what it changes."""
    page = journey.of_plan(f"argent/extraits/nouveau/?annee={YEAR}")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_label("Exercice", exact=True).select_option(str(YEAR))
    journey.look()
    press(page, "Regarder cet extrait")
    if page.get_by_role("button", name="Regarder l’extrait ainsi").count():
        journey.look()
        press(page, "Regarder l’extrait ainsi")
    told(page, f"Ce que change « {file.name} »")


def splits(number) -> dict[int, str]:
    return {part.action.sequence: str(part.amount) for part in Booking.objects.get(number=number).splits.select_related("action")}


def money_of_the_page(journey) -> tuple[str, str]:
    """What the page of money says: budget and spent."""
    shown = stats_of(journey.of_plan(f"argent/?annee={YEAR}"))
    return next(shown[label] for label in ("budgété", "budgété au moins") if label in shown), shown["dépensé"]


def issue_the_dossier(journey, number) -> str:
    """Issues the council's dossier, takes its PDF away, and gives its text."""
    page = journey.go(f"documents/{journey.plan.pk}/{YEAR}/")
    form = page.locator("section", has=page.get_by_role("heading", name="Émettre un document"))
    form.get_by_label("Document").select_option("dossier")
    form.get_by_role("button", name="Émettre").click()
    told(page, f"Le document {number} est émis.")
    journey.look()
    return text_of_pdf(downloaded(page, page.get_by_role("button", name=f"PDF du document {number}")))
