"""Small words for the tests of screens: addresses, and what a page says."""

from __future__ import annotations

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext


def at(territory, *steps: object) -> str:
    """`at(territory, 1, "lecture")` is « /territoires/sormont/syntheses/1/lecture/ »."""
    tail = "/".join(str(step) for step in steps)
    return f"/territoires/{territory.slug}/syntheses/{tail}" + ("/" if tail and "." not in tail.rsplit("/", 1)[-1] else "")


def words(response) -> str:
    """What a page says inside `main`, tags aside, spaces single."""
    body = response.content.decode()
    main = body[body.index("<main") : body.index("</main>")] if "<main" in body else body
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).strip()


def quotes(response) -> list[str]:
    """The statements that stand as quotes on a page, in order."""
    found = re.findall(r"<blockquote>\s*<p[^>]*>(.*?)</p>", response.content.decode(), flags=re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)).removeprefix("«").removesuffix("»").strip() for one in found]


def queries_of(client, address: str) -> int:
    """How many queries a page asks, once everything that is kept in memory is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
