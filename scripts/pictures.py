"""Takes the pictures of the README and the guide from the demonstration: `python scripts/pictures.py`. By hand, after a change of look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
TOWN = "/territoires/val-des-tisserands"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=fr-BE"]  # fmt: skip
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
]


@contextmanager
def demonstration(home: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """The demonstration, served; gives e-mail and password by kind of account."""
    environment = {**os.environ, "TISSAGE_HOME": str(home)}
    served = subprocess.Popen([sys.executable, "-m", "tissage.config.cli", "demo", "--port", str(PORT)], env=environment)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(SITE, timeout=2)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        lines = (home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
        yield {line.split("@")[0]: (line.split("\t")[0], line.split("\t")[1]) for line in lines}
    finally:
        served.terminate()
        served.wait(timeout=30)


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto(f"{SITE}/compte/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def printed_page(home: Path) -> None:
    """A page of the printed synthesis, drawn from its PDF by pdftoppm (Debian: poppler-utils)."""
    pdf = home / "synthese.pdf"
    environment = {**os.environ, "TISSAGE_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "tissage.config.cli", "synthesis", "val-des-tisserands", "--pdf", str(pdf)], env=environment, check=True
    )
    subprocess.run(["pdftoppm", "-r", "80", "-png", "-f", "10", "-l", "10", "-singlefile", str(pdf), str(IMAGES / "pdf-page")], check=True)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="tissage-pictures-"))
    with demonstration(home) as accounts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for name, address, width, height, who in PICTURES:
            context = browser.new_context(locale="fr-BE", viewport={"width": width, "height": height or 900})
            page = context.new_page()
            if who:
                sign_in(page, *accounts[who])
            page.goto(SITE + address)
            page.wait_for_load_state()
            page.screenshot(path=IMAGES / f"{name}.png", full_page=height is None)
            context.close()
            print(name)
        printed_page(home)
        browser.close()
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
