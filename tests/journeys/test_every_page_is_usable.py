"""Every page, as the coordinator who may open all: axe-core finds nothing, nothing scrolls sideways, on a phone and on a desk."""

from __future__ import annotations

from tests.architecture.conftest import ROUTES, address, world

__all__ = ["address", "world"]

# Answers that are files, partials or moves to another page: nothing to look at.
# A telephone that holds nothing is led from the answering page to the welcome by its script; `test_phone.py` looks at that page.
NOT_PAGES = (
    "phones:answer",
    "picture",
    "export",
    "download",
    "set_language",
    "account_",
    "mfa_",
    "progress",
    "conduct_state",
    "wall_cards",
    "quality_part",
    "check_lines",
    "entry_photos",
    "agenda:beside",
)


def test_every_page_is_usable(page, live_server, sign_in, violations, world, address, erin):
    sign_in(page, erin)
    wrong, seen = {}, 0
    for route in ROUTES:
        if any(part in route.name for part in NOT_PAGES):
            continue
        answer = page.request.head(live_server.url + address(route, world), max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(live_server.url + address(route, world))
        seen += 1
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            sideways = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if found := [*violations(page), *([f"{sideways} px too wide"] if sideways > 0 else [])]:
                wrong[f"{route.name} at {width}"] = found
    assert wrong == {}
    assert seen > 40


def test_the_pages_of_signing_in_are_usable(page, live_server, violations, territory):
    wrong = {}
    for path in ("/", "/compte/login/", "/compte/password/reset/"):
        answer = page.goto(live_server.url + path)
        if answer is not None and answer.status == 200 and (found := violations(page)):
            wrong[path] = found
    assert wrong == {}
