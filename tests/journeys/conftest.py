"""A real browser: Debian's Chromium, French, strict about console errors; and axe-core for what a person cannot use."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a browser says by itself when there is no network, or no HTTPS: expected in the tests that use `laptop`, and only there.
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_FAILED", "Cross-Origin-Opener-Policy")
expect.set_options(timeout=15_000)  # a busy machine is not a failure


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        message = "Chromium is not installed: the journeys were NOT lived (Debian: apt install chromium)."
        if os.environ.get("TISSAGE_TESTS_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-BE", "viewport": {"width": 1280, "height": 900}, "accept_downloads": True}


@pytest.fixture
def page(page):
    """Every page of a journey: a console error or a page error fails it."""
    errors = []
    page.set_default_timeout(15_000)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def violations():
    """What axe-core finds on a page (WCAG 2.2 AA): a list of « rule: target »."""
    source = AXE.read_text(encoding="utf-8")

    def find(page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]

    return find


@pytest.fixture
def sign_in(live_server):
    """Signs in through the page, as a person does."""

    def through_the_page(page, user, password="une phrase de passe"):
        page.goto(f"{live_server.url}/compte/login/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_role("button", name="Se connecter", exact=True).click()

    return through_the_page


@pytest.fixture
def seat(browser, browser_context_args, live_server, sign_in):
    """A browser of their own for each person, signed in; what a console says fails the journey."""
    errors, contexts = [], []

    def sit(user):
        context = browser.new_context(**browser_context_args, base_url=f"{live_server.url}/territoires/sormont/")
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = context.new_page()
        sign_in(page, user)
        return page

    yield sit
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def phone(browser, live_server):
    """A phone of 390 px without account; what its console says fails the journey, but for a saving that a later one, or the next page, replaced."""
    said, replaced = [], ("htmx:sendAbort", "htmx:afterRequest")
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="fr-BE", base_url=live_server.url)
    context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert [text for text in said if not text.startswith(replaced)] == []


@pytest.fixture
def laptop(browser_type, browser_type_launch_args, browser_context_args, tmp_path):
    """A browser whose profile outlives it: `laptop()` opens it, `laptop.kill()` ends its process at once, as a dead battery does."""
    opened, errors = [], []
    profile = tmp_path / "profile"

    def start(*arguments):
        launch = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *arguments]}
        context = browser_type.launch_persistent_context(profile, **launch, **browser_context_args)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    def page(context):
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    def kill():
        mine = f"--user-data-dir={profile}".encode()
        found = [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and mine in (entry / "cmdline").read_bytes().split(b"\0")
        ]
        assert found
        for process in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(1)

    start.page, start.kill = page, kill
    yield start
    for context in opened:
        with contextlib.suppress(Error):  # killed already
            context.close()
    assert [error for error in errors if not any(known in error for known in NO_NETWORK)] == []
