"""Twenty coders at once on the real server: how long a coding takes until the next criterion is there; nothing acknowledged is lost.

Each coder reads the criterion the desk gives, takes one of the five components, and sends it with what a browser sends: at the ordinary
pace (ten codings a minute each), then three times as fast. Beside it, in the same run: the same twenty, at the ordinary pace, asking
for the cheapest page of the site.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.base import SHARE, size, territory_of
from tissage.config.supervision import server_command
from tissage.people.models import Membership, Territory, User
from tissage.voices.models import Coding, Criterion

CODERS = 20
ORDINARY, HURRIED = 6.0, 2.0  # seconds from one coding to the next
SECONDS = 60 // min(SHARE, 3)
AIM = 0.100
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SAVE = re.compile(r'hx-post="([^"]*/codage/(\d+)/enregistrer/[^"]*)"')
_SKIP = re.compile(r'hx-post="([^"]*/codage/\d+/passer/[^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(seen|shown)"(?: value="([^"]*)")?')
_OFFERED = re.compile(r'name="component" value="([A-Z]\d\d)" id="offer-')
_DONE = re.compile(r"Codé [A-Z]\d\d")


@dataclass(slots=True)
class Coder:
    """One browser: a kept connection, a session, what was measured."""

    port: int
    cookies: dict[str, str]
    waits: list[float] = field(default_factory=list)
    given: list[int] = field(default_factory=list)
    refused: int = 0
    token: str = ""

    def ask(self, connection: http.client.HTTPConnection, method: str, path: str, data: dict[str, str] | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "X-CSRFToken": self.token}
        connection.request(method, path, urlencode(data) if data is not None else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        assert answer.status == 200, (method, path, answer.status, body[:300])
        return body

    def code(self, desk: str, pause: float, until: float, draw: random.Random) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = self.ask(connection, "GET", desk)
        found = _TOKEN.search(body)
        assert found
        self.token = found[1]
        time.sleep(draw.random() * pause)
        while time.monotonic() < until:
            save = _SAVE.search(body)
            if save is None:
                return
            hidden = dict(_HIDDEN.findall(body))
            offered = _OFFERED.findall(body) or ["A03"]
            data = {"csrfmiddlewaretoken": self.token, "component": draw.choice(offered), "letter": draw.choice("POQS"), **hidden}
            start = time.perf_counter()
            body = self.ask(connection, "POST", save[1], data)
            self.waits.append(time.perf_counter() - start)
            if _DONE.search(body):
                self.given.append(int(save[2]))
            else:  # another coder was first: their code stays
                self.refused += 1
                skip = _SKIP.search(body)
                assert skip
                body = self.ask(connection, "POST", skip[1], {"csrfmiddlewaretoken": self.token})
            time.sleep(max(0.0, pause - (time.perf_counter() - start)))
        connection.close()

    def read(self, path: str, pause: float, until: float, draw: random.Random) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(draw.random() * pause)
        while time.monotonic() < until:
            start = time.perf_counter()
            self.ask(connection, "GET", path)
            self.waits.append(time.perf_counter() - start)
            time.sleep(max(0.0, pause - (time.perf_counter() - start)))
        connection.close()


def main() -> None:
    territory = half_coded(territory_of(size(10_000)))
    people = [coder_of(territory, number) for number in range(CODERS)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(server_command("127.0.0.1", port), env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        desk = reverse("voices:desk", args=[territory.slug])
        first = warm_up(port, people[0], desk)
        print(f"first page of the desk, the model and {size(10_000)} statements read: {first:.1f} s", flush=True)
        cheap = together([Coder(port, cookies) for _user, cookies in people], "read", reverse("people:search"), ORDINARY)
        baseline = percentile(cheap)
        for words, pause in (("ten a minute each", ORDINARY), ("thirty a minute each", HURRIED)):
            before = processor_seconds(server.pid)
            done = together([Coder(port, cookies) for _user, cookies in people], "code", desk, pause)
            report(words, done, baseline, processor_seconds(server.pid) - before)
    finally:
        server.terminate()
        server.wait(timeout=20)


def processor_seconds(server: int) -> float:
    """What the server and its workers took of the processors so far (Linux): it does not depend on who else is at work on the machine."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            rest = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == server or int(rest[1]) == server:
            ticks += int(rest[11]) + int(rest[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(coders: list[Coder], of_twenty: int = 19) -> float:
    """The 95th percentile of every wait, in seconds."""
    return statistics.quantiles([wait for one in coders for wait in one.waits], n=20)[of_twenty - 1]


def report(words: str, coders: list[Coder], baseline: float, processor: float) -> None:
    """One line of figures; then what was acknowledged is looked for in the base, one by one."""
    waits = [wait for one in coders for wait in one.waits]
    given = [pk for one in coders for pk in one.given]
    p95 = percentile(coders)
    print(
        f"{CODERS} coders, {words}, {len(waits)} codings in {SECONDS} s, {size(10_000)} criteria: p50 {statistics.median(waits) * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms, worst {max(waits) * 1000:.0f} ms; p95 of the empty search page {baseline * 1000:.0f} ms "
        f"({p95 / baseline:.1f} ×); {processor / len(waits) * 1000:.0f} ms of processor a coding; {sum(one.refused for one in coders)} refused because another coder was first; "
        f"aim p95 < {AIM * 1000:.0f} ms: {'met' if p95 < AIM else 'MISSED'}",
        flush=True,
    )
    kept = Coding.objects.filter(criterion__in=given, coder__email__endswith="@bench.example", superseded_at=None).count()
    assert kept == len(set(given)) == len(given), f"{len(given)} acknowledged on {len(set(given))} criteria, {kept} in the base"
    assert not Criterion.objects.filter(pk__in=given, component="").exists()
    print(f"  {len(given)} acknowledged, {kept} in the base: nothing lost, nothing twice", flush=True)


def half_coded(territory: Territory) -> Territory:
    """Half of the criteria lose their code, so that there is enough to do."""
    every = list(Criterion.objects.live().filter(territory=territory).order_by("pk").values_list("pk", flat=True))
    bare = every[::2]
    Coding.objects.filter(criterion__in=bare).delete()
    empty = {"dimension": "", "component": "", "sub_component": "", "letter": "", "sense": "", "beneficiary": ""}
    Criterion.objects.filter(territory=territory, pk__in=bare).update(**empty)
    return territory


def coder_of(territory: Territory, number: int) -> tuple[User, dict[str, str]]:
    """Somebody who codes, signed in."""
    user, _made = User.objects.get_or_create(
        email=f"coder{number}@bench.example", defaults={"name": f"Coder {number}", "password": make_password(None)}
    )
    Membership.objects.get_or_create(user=user, territory=territory, role="facilitator", ended_at=None, defaults={"since": timezone.now()})
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return user, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def warm_up(port: int, person: tuple[User, dict[str, str]], desk: str) -> float:
    """Waits for the server, then asks until both of its processes have read the model. Gives the seconds of the first answer."""
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    first = 0.0
    for _again in range(24):  # each its own connection: the kernel deals them out to the two processes
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        start = time.perf_counter()
        Coder(port, dict(person[1])).ask(connection, "GET", desk)
        first = first or time.perf_counter() - start
        connection.close()
    return first


def together(coders: list[Coder], act: str, path: str, pause: float) -> list[Coder]:
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=getattr(coder, act), args=(path, pause, until, random.Random(number)), daemon=True)
        for number, coder in enumerate(coders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return coders


if __name__ == "__main__":
    main()
