"""Takes the pictures of the README and the guide from the demonstration: `python scripts/pictures.py`. By hand, after a change of look.

Names after the command take these only: `python scripts/pictures.py mur bureau`. The site is asked under a made-up name, as a town
would see it: the address of a hall then reads as it does on a projector.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = 8765
HOST = "tissage.ville.example"
SITE = f"http://{HOST}"
TOWN = "/territoires/val-des-tisserands"
HALL = f"{TOWN}/ateliers/15"  # the workshop under way
PLAN = f"{TOWN}/plans/1"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=fr-BE"]  # fmt: skip
NAMED = [f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{PORT}", f"--unsafely-treat-insecure-origin-as-secure={SITE}"]
PATIENCE = 30_000
LETTERS = "letters.txt"
# name, address, width, height (None: the whole page), who looks
PICTURES: list[tuple[str, str, int, int | None, str]] = [
    ("synthesis-1280", f"{TOWN}/syntheses/aujourdhui/", 1280, 1500, "coordination"),
    ("reading-1280", f"{TOWN}/syntheses/2/lecture/?mode=vingt", 1280, 900, "coordination"),
    ("territory-390", f"{TOWN}/", 390, 1100, "lecture"),
    ("a-faire", "/a-faire/", 1280, 800, "coordination"),
    ("territoire", f"{TOWN}/", 1280, 1000, "coordination"),
    ("import", f"{TOWN}/imports/nouveau/", 1280, 1000, "animation"),
    ("saisie", f"{TOWN}/saisie/", 1280, 1000, "animation"),
    ("groupes", f"{TOWN}/groupes/", 1280, 900, "coordination"),
    ("criteres", f"{TOWN}/criteres/", 1280, 1000, "animation"),
    ("coder", f"{TOWN}/criteres/1/coder/?dimension=A", 1280, 1100, "animation"),
    ("figer", f"{TOWN}/syntheses/figer/", 1280, 800, "animation"),
    ("version", f"{TOWN}/syntheses/1/", 1280, 1200, "coordination"),
    ("publier", f"{TOWN}/syntheses/2/publier/", 1280, 1100, "coordination"),
    ("public", f"{TOWN}/syntheses/1/", 1280, 1200, ""),
    ("personnes", f"{TOWN}/personnes/", 1280, 800, "coordination"),
    ("animer", f"{HALL}/salle/", 1280, 1100, "animation"),
    ("mur", f"{HALL}/mur/", 1280, 720, "animation"),
    ("papier", f"{HALL}/papier/", 1280, 1000, "animation"),
    ("rassembler", f"{HALL}/rassembler/", 1280, 1300, "animation"),
    ("relire", f"{TOWN}/ateliers/4/relire/", 1280, 1100, "animation"),
    ("arc-en-ciel", f"{TOWN}/arc-en-ciel/ateliers/1/?dimension=A#kA03", 1280, 1000, "coordination"),
    ("langues", f"{TOWN}/langues/", 1280, 1000, "coordination"),
    ("bureau", f"{TOWN}/codage/", 1280, 1100, "coordination"),
    ("accord", f"{TOWN}/accord/", 1280, 1000, "coordination"),
    ("qualite", f"{TOWN}/qualite/", 1280, 1100, "coordination"),
    ("tableau", f"{PLAN}/tableau/?annee=2026", 1280, 1400, "plan"),
    ("frise", f"{PLAN}/tableau/?vue=frise", 1280, 1100, "plan"),
    ("approuve", f"{PLAN}/actions/22/", 1280, 900, "plan"),
    ("compter-390", f"{PLAN}/compter/", 390, 900, "plan"),
    ("argent", f"{PLAN}/argent/?annee=2026", 1280, 1100, "finances"),
    ("convention", f"{PLAN}/conventions/4/", 1280, 1000, "finances"),
    ("echeances", f"{PLAN}/echeances/", 1280, 1400, "plan"),
    ("arreter", f"{TOWN}/documents/1/2026/arreter/", 1280, 900, "plan"),
    ("collectif", f"{TOWN}/reseau/collectifs/2/", 1280, 1000, "coordination"),
    ("a-l-arret", f"{TOWN}/engagements/a-l-arret/", 1280, 900, "coordination"),
    ("annuaire", f"{TOWN}/annuaire/recherche/", 1280, 1000, ""),
    ("campagne", f"{TOWN}/campagnes/2/", 1280, 1100, "coordination"),
    ("agenda-390", f"{TOWN}/agenda/", 390, 1000, ""),
    ("mon-annee", f"{TOWN}/campagnes/mon-annee/", 1280, 900, "association"),
    ("espace", "/espaces/droits-au-val/ensembles/demandes-2024/", 1280, 1000, "espace"),
    ("score", f"{TOWN}/demandes/demandes-2024/", 1280, 1100, ""),
]
Accounts = dict[str, tuple[str, str]]


@contextmanager
def demonstration(home: Path) -> Iterator[Accounts]:
    """The demonstration, served; gives e-mail and password by kind of account."""
    environment = {**os.environ, "TISSAGE_HOME": str(home), "TISSAGE_ALLOWED_HOSTS": f"{HOST},127.0.0.1", "PYTHONUNBUFFERED": "1"}
    letters = (home / LETTERS).open("w", encoding="utf-8")  # without a mail server, mails are written on the console
    served = subprocess.Popen([sys.executable, "-m", "tissage.config.cli", "demo", "--port", str(PORT)], env=environment, stdout=letters)
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}", timeout=2)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        lines = (home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
        yield {line.split("@")[0]: (line.split("\t")[0], line.split("\t")[1]) for line in lines}
    finally:
        served.terminate()
        served.wait(timeout=30)
        letters.close()


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto(f"{SITE}/compte/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


class Studio:
    """Opens pages for whoever looks, and takes their pictures. `wanted` empty: every picture."""

    def __init__(self, browser: Browser, accounts: Accounts, home: Path, wanted: set[str]) -> None:
        self.browser, self.accounts, self.home, self.wanted = browser, accounts, home, wanted

    def wants(self, *names: str) -> bool:
        return not self.wanted or bool(self.wanted & set(names))

    @contextmanager
    def seat(self, who: str, width: int, height: int) -> Iterator[Page]:
        context = self.browser.new_context(locale="fr-BE", viewport={"width": width, "height": height}, base_url=SITE)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if who:
            sign_in(page, *self.accounts[who])
        yield page
        context.close()

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        page.wait_for_load_state("networkidle" if name == "qualite" else "load")  # its slow lists come by themselves
        page.evaluate("document.fonts.ready")
        page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)
        print(name)

    def draw(self, pdf: Path, name: str, number: int = 1) -> None:
        """A page of a PDF, drawn by pdftoppm (Debian: poppler-utils)."""
        subprocess.run(
            ["pdftoppm", "-r", "80", "-png", "-f", str(number), "-l", str(number), "-singlefile", str(pdf), str(IMAGES / name)], check=True
        )
        print(name)


def standing_pages(studio: Studio) -> None:
    for name, address, width, height, who in PICTURES:
        if studio.wants(name):
            with studio.seat(who, width, height or 900) as page:
                if "#" in address:
                    page.emulate_media(reduced_motion="reduce")  # there at once
                page.goto(address)
                studio.take(page, name, whole=height is None)


def printed_synthesis(studio: Studio) -> None:
    if studio.wants("pdf-page"):
        pdf = studio.home / "synthese.pdf"
        environment = {**os.environ, "TISSAGE_HOME": str(studio.home)}
        subprocess.run(
            [sys.executable, "-m", "tissage.config.cli", "synthesis", "val-des-tisserands", "--pdf", str(pdf)], env=environment, check=True
        )
        studio.draw(pdf, "pdf-page", 10)


def handed_papers(studio: Studio) -> None:
    """The invitation to the hall, and the sheet that a coded group takes home."""
    if studio.wants("invitation", "feuille"):
        with studio.seat("animation", 1280, 900) as page:
            invitation = studio.home / "invitation.pdf"
            page.goto(f"{HALL}/papier/")
            bytes_of = "async address => [...new Uint8Array(await (await fetch(address)).arrayBuffer())]"
            invitation.write_bytes(bytes(page.evaluate(bytes_of, f"{HALL}/papier/invitation.pdf")))
            studio.draw(invitation, "invitation")
            page.goto(f"{TOWN}/ateliers/1/")
            with page.expect_download() as downloading:
                page.get_by_role("button", name="La feuille du groupe (PDF)").click()
            studio.draw(downloading.value.path(), "feuille")


def phones(studio: Studio) -> None:
    """A phone that answers, one in Arabic, and the first one once its network is gone."""
    names = ("telephone-390", "telephone-arabe-390", "telephone-sans-reseau-390")
    if not studio.wants(*names):
        return
    with studio.seat("animation", 1280, 900) as conductor:
        conductor.goto(f"{HALL}/salle/")
        code = conductor.locator(".c-code-signs").inner_text().replace("\u00a0", "")
    for name, language, said in (
        (names[0], "fr", ["attendre des mois un logement", "être loin de ma famille"]),
        (names[1], "ar", ["لا أفهم الرسائل"]),
    ):
        with studio.seat("", 390, 900) as phone:
            phone.goto(f"/a/{code}/?langue={language}")
            phone.locator("#join button").click()
            expect(phone.locator("#question")).not_to_be_empty(timeout=PATIENCE)
            for number, text in enumerate(said, 1):
                phone.locator("#text").fill(text)
                phone.locator("#write button[type=submit]").click()
                expect(phone.locator("#answers [data-state=sent]")).to_have_count(number, timeout=PATIENCE)
            calm(phone)
            studio.take(phone, name)
            if language == "fr":
                phone.set_viewport_size({"width": 390, "height": 1250})
                phone.context.set_offline(True)
                phone.locator("#text").fill("ne pas oser demander de l’aide")
                phone.locator("#write button[type=submit]").click()
                expect(phone.locator("#network")).to_be_visible(timeout=PATIENCE)
                calm(phone)
                studio.take(phone, names[2])


def calm(page: Page) -> None:
    """The page as it rests: nothing focused, from its top."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")


def without_network(studio: Studio) -> None:
    """« La salle sans réseau », prepared; two cards written after the network went away."""
    if studio.wants("hors-ligne"):
        with studio.seat("animation", 1280, 1100) as page:
            page.goto(f"{HALL}/hors-ligne/")
            page.get_by_role("button", name="Préparer pour la salle").click()
            expect(page.locator("[data-ready]")).to_contain_text("est prêt", timeout=PATIENCE)
            page.context.set_offline(True)
            page.goto(f"{HALL}/hors-ligne/")
            for text in ("un endroit où on se retrouve", "que mes enfants parlent les deux langues"):
                page.locator("#card-text").fill(text)
                page.keyboard.press("Enter")
                expect(page.locator("[data-cards]")).to_contain_text(text, timeout=PATIENCE)
            calm(page)
            studio.take(page, "hors-ligne")
            page.context.set_offline(False)


def desk(studio: Studio) -> None:
    """The keys of the desk; settling a disagreement."""
    if studio.wants("touches", "trancher"):
        with studio.seat("coordination", 1280, 900) as page:
            page.goto(f"{TOWN}/codage/")
            page.get_by_role("button", name="Les touches").click()
            studio.take(page, "touches")
            page.set_viewport_size({"width": 1280, "height": 1100})
            page.goto(f"{TOWN}/desaccords/")
            page.get_by_role("link", name="Trancher").first.click()
            studio.take(page, "trancher")


def money_to_split(studio: Studio) -> None:
    """A booking that no rule knows, while somebody splits it."""
    if studio.wants("repartir"):
        with studio.seat("finances", 1280, 900) as page:
            page.goto(f"{PLAN}/argent/ecritures/?state=unsplit&kind=expense")
            page.locator("main table tbody a[href*='/argent/ecritures/']").first.click()
            studio.take(page, "repartir")


def partner_on_a_phone(studio: Studio) -> None:
    """The plan manager sends the links; a partner opens its own, from the mail."""
    if studio.wants("partenaire-390"):
        with studio.seat("plan", 1280, 900) as page:
            page.goto(f"{PLAN}/chiffres/partenaires/?annee=2026")
            page.get_by_role("button", name="Envoyer les liens").click()
            expect(page.locator("body")).to_contain_text("liens sont partis", timeout=PATIENCE)
        with studio.seat("", 390, 1000) as phone:
            phone.goto(partner_address(studio.home / LETTERS))
            calm(phone)
            studio.take(phone, "partenaire-390")


def partner_address(letters: Path) -> str:
    """The page of the second partner that was written to: it has not answered yet."""
    for _ in range(40):
        found = list(dict.fromkeys(re.findall(r"/partenaire/[\w-]{20,}/", letters.read_text(encoding="utf-8"))))
        if len(found) > 1:
            return found[1]
        time.sleep(0.25)
    raise SystemExit("No mail to a partner was found.")


def told_and_kept(studio: Studio) -> None:
    """The sheet of a service, as its own association keeps it; the date that waits for its report, on a phone."""
    if studio.wants("fiche"):
        with studio.seat("association", 1280, 1000) as page:
            page.goto(f"{TOWN}/reseau/mon-organisation/")
            page.locator("main").get_by_role("link", name="Aide juridique").first.click()
            studio.take(page, "fiche")
    if studio.wants("compte-rendu-390"):
        with studio.seat("coordination", 390, 1100) as phone:
            phone.goto(f"{TOWN}/campagnes/2/comptes-rendus/")
            phone.locator("main a[href$='/compte-rendu/']", has_text="Raconter").first.click()
            calm(phone)
            studio.take(phone, "compte-rendu-390")


def printed_dossier(studio: Studio) -> None:
    """The councillor's first page, from the frozen year."""
    if studio.wants("dossier"):
        pdf = studio.home / "dossier.pdf"
        environment = {**os.environ, "TISSAGE_HOME": str(studio.home)}
        asked = ["report", "val-des-tisserands", "--year", "2025", "--kind", "dossier", "--format", "pdf", str(pdf)]
        subprocess.run([sys.executable, "-m", "tissage.config.cli", *asked], env=environment, check=True)
        studio.draw(pdf, "dossier")


ALL: list[Callable[[Studio], None]] = [
    standing_pages, printed_synthesis, handed_papers, phones, without_network, desk, money_to_split, partner_on_a_phone, told_and_kept,
    printed_dossier,
]  # fmt: skip


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="tissage-pictures-"))
    with demonstration(home) as accounts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=QUIET + NAMED, env={**os.environ, "LANGUAGE": "fr", "LANG": "fr_BE.UTF-8"}
        )
        studio = Studio(browser, accounts, home, set(sys.argv[1:]))
        for part in ALL:
            part(studio)
        browser.close()
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
