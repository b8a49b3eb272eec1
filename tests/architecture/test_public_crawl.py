"""Everything a stranger can reach, read to the bottom of its files: only what was published is there."""

from __future__ import annotations

import pytest
from django.urls import resolve

from tests.architecture.conftest import is_public
from tests.architecture.public_world import World, crawl, make_world, texts_without_canary


@pytest.fixture
def secrets(db) -> World:
    return make_world()


def test_the_canary_stands_in_every_text_of_every_table(secrets):
    assert texts_without_canary() == []


def test_a_stranger_who_opens_every_address_meets_published_words_only(secrets, as_user):
    found = crawl(secrets, as_user(None))
    assert found.leaks == {}
    assert found.canaries == []
    assert {address: status for address, status in found.opened.items() if status >= 500} == {}
    assert {where for word, where in secrets.published.items() if word not in found.seen} == set()
    closed = {address for address in found.ok if not is_public(resolve(address.split("?")[0]).view_name)}
    assert closed == set()
    assert {address for address in found.ok if "/fermee/" in address or "/syntheses/2/" in address or "/syntheses/3/" in address} == set()
