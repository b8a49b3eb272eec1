"""Everything a stranger can reach, read to the bottom of its files: only what was published is there."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse

from tests.architecture.conftest import is_public
from tests.architecture.public_world import BEHIND_THE_DOOR, FILES, HELD_DOOR, World, crawl, make_world, texts_without_canary


@pytest.fixture
def secrets(db) -> World:
    return make_world()


def test_the_canary_stands_in_every_text_of_every_table(secrets):
    assert texts_without_canary() == []


def test_a_stranger_who_opens_every_address_meets_published_words_only(secrets, as_user, dora):
    found = crawl(secrets, as_user(None))
    assert found.leaks == {}
    assert found.canaries == []
    assert {address: status for address, status in found.opened.items() if status >= 500} == {}
    assert {where for word, where in secrets.published.items() if word not in found.seen} == set()
    assert {address for address in found.ok if not is_public(resolve(address.split("?")[0]).view_name)} == set()
    assert {address for address in found.ok if "/fermee/" in address or "/syntheses/2/" in address or "/syntheses/3/" in address} == set()

    # Who works in another territory meets no more, by the search box either; reference data is for anyone signed in.
    files = {"paroles", "json"}
    starts = ["/a-faire/", "/recherche/?q=zq", "/recherche/?q=qz", "/recherche/?q=canari", "/territoires/"]
    elsewhere = crawl(secrets, as_user(dora), start=starts, kinds=files, but=("/referentiels/", "/compte/"))
    assert elsewhere.leaks == {}
    assert elsewhere.canaries == []
    aside = tuple(f"/{kind}/" for kind in FILES - files)
    assert of_the_territories(elsewhere.ok) == {address for address in of_the_territories(found.ok) if not address.endswith(aside)}
    assert len(of_the_territories(elsewhere.ok)) > 20


def test_who_holds_the_code_of_a_hall_meets_what_it_asks_and_nothing_of_anybody(secrets, as_user):
    """Of a territory closed to strangers: its name, the group's public name, the open question, the consent. No answer, no team's word."""
    pages = [reverse(f"phones:{name}", args=[HELD_DOOR]) for name in ("welcome", "answer", "state")]
    found = crawl(secrets, as_user(None), start=pages, only="/a/")
    assert {page for page in pages if page not in found.ok} == set()
    met = {where.rsplit(" (", 1)[0] for leaks in found.leaks.values() for where in leaks}
    assert met == BEHIND_THE_DOOR
    assert found.canaries == []


def of_the_territories(addresses: set[str]) -> set[str]:
    return {one for one in addresses if one.startswith(("/territoires/ouverte/", "/territoires/fermee/"))}
