"""The hall: 300 phones, twenty answers each over five minutes with bursts, walls and conductor watching, the server killed in the middle.

Prints what was acknowledged beside what is stored, the time of an answer beside that of the door page in the same run, and how long the wall
takes to show what changed. Phones do as ours: they ask for the state every two seconds and a half, keep what was not acknowledged and send it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.base import SHARE
from bench.client import Answered, Connection, Unreachable
from tissage.config.supervision import server_command
from tissage.people.models import Membership, User
from tissage.voices.models import Expression, Hall, HomogeneousGroup, Phone, Question, Round
from tissage.voices.operations import open_territory
from tissage.voices.operations.halls import close_round, open_hall, open_round, show_round
from tissage.voices.operations.workshops import Wording, create_workshop

SMALL = SHARE > 1
PHONES, EACH = (60, 20) if SMALL else (300, 20)
SECONDS = 60 if SMALL else 300
BURSTS, BURST_ANSWERS, BURST_SECONDS = 8, 8, 3.0  # eight times everybody presses within three seconds
WALLS = 4
POLL, PHONE_POLL = 1.0, 2.5
KILL_AT, DOWN = 0.6, 4.0
SETTLING = 15.0
CSRF = "b" * 32


@dataclass
class Run:
    """What is known while the measure goes on. Times in seconds; `acknowledged` maps an answer to the last revision the server said it holds."""

    host: str
    port: int
    hall: Hall
    rounds: list[Round]
    cookies: str
    draw: random.Random
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    asking: int = 0
    sent: dict[str, tuple[int, str]] = field(default_factory=dict)
    acknowledged: dict[str, tuple[int, str]] = field(default_factory=dict)
    answers: list[float] = field(default_factory=list)
    coming_back: list[float] = field(default_factory=list)  # the same, within `SETTLING` seconds of a killed server's return
    back_at: float = 0.0
    waits: list[float] = field(default_factory=list)
    states: list[float] = field(default_factory=list)
    door: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    acts: list[float] = field(default_factory=list)
    changes: dict[str, float] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    shown_at: float = 0.0
    retries: int = 0
    processor: float = 0.0
    refused: dict[str, int] = field(default_factory=dict)
    over: bool = False

    def start_server(self) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tissage.config.settings"}
        self.process = subprocess.Popen(server_command(self.host, self.port), env=environment, start_new_session=True)
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://{self.host}:{self.port}/a/", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def kill_server(self) -> None:
        """SIGKILL to the server and its workers: nothing gets to say goodbye. Their processor time is added up first."""
        assert self.process is not None
        self.processor += processor_seconds(self.process.pid)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def connection(self, *, signed_in: bool = False) -> Connection:
        return Connection(self.host, self.port, {"Cookie": self.cookies} if signed_in else {})

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began


def processor_seconds(group: int) -> float:
    """What the processes of a group used so far, in seconds of processor (Linux)."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def prepare() -> Run:
    now = timezone.now()
    slug = f"salle-{uuid.uuid4().hex[:8]}"
    territory = open_territory(slug=slug, name="Salle", now=now)
    user = User.objects.create(email=f"{slug}@bench.example", name="Bench", password=make_password(None))
    Membership.objects.create(user=user, territory=territory, role="coordinator", since=now)
    group = HomogeneousGroup.objects.create(territory=territory, name="Tout le monde", language="fr")
    questions = list(Question.objects.filter(territory=territory, code__in=["WB", "IB"]).order_by("position"))
    wordings = [Wording(question, question.wording or question.title) for question in questions]
    workshop = create_workshop(group=group, held_on=now.date(), wordings=wordings, by=user, now=now)
    hall = open_hall(workshop=workshop, mode="both", languages=["fr"], consent_text="Essai", by=user, now=now)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rounds = list(Round.objects.filter(hall=hall).order_by("position"))
    return Run("127.0.0.1", port, hall, rounds, cookies, random.Random(7))


# --- What each device does --------------------------------------------------------------------------------------


async def phone(run: Run, number: int) -> None:
    token = f"{number:04}-{uuid.uuid4().hex}"
    line = run.connection()
    path = f"/a/{run.hall.code}"
    await asyncio.sleep(run.draw.uniform(0, 5))
    await until_answered(run, line, "POST", f"{path}/entrer/", json.dumps({"token": token, "language": "fr"}).encode())
    etag, asked_at = "", time.monotonic() - run.draw.uniform(0, PHONE_POLL)
    for at in moments(run):
        while (left := at - run.elapsed) > 0:
            await asyncio.sleep(min(left, max(0.05, asked_at + PHONE_POLL - time.monotonic())))
            if time.monotonic() - asked_at >= PHONE_POLL and run.elapsed < at:
                asked_at = time.monotonic()
                etag = await ask_state(run, line, path, etag)
        await write(run, line, path, token)
    line.close()


def moments(run: Run) -> list[float]:
    """When this phone answers: some spread over the run, some in the bursts that everybody makes."""
    spread = [run.draw.uniform(8, SECONDS - 5) for _ in range(EACH - BURST_ANSWERS)]
    starts = [SECONDS * (number + 1) / (BURSTS + 1) for number in range(BURSTS)]
    return sorted(spread + [start + run.draw.uniform(0, BURST_SECONDS) for start in starts[:BURST_ANSWERS]])


async def ask_state(run: Run, line: Connection, path: str, etag: str) -> str:
    start = time.monotonic()
    try:
        answer = await line.ask("GET", f"{path}/etat/", **({"If_None_Match": etag} if etag else {}))
    except Unreachable:
        return etag
    run.states.append(time.monotonic() - start)
    return answer.headers.get("etag", etag)


async def write(run: Run, line: Connection, path: str, token: str) -> None:
    """A new answer; one in six is corrected at once, as people do."""
    name = str(uuid.uuid4())
    question = run.rounds[run.asking].question_id
    for revision in (1, 2) if run.draw.random() < 1 / 6 else (1,):
        text = f"réponse {name[:13]} numéro {revision}"
        run.sent[name] = (revision, text)
        one = {"uuid": name, "question": question, "text": text, "language": "fr", "revision": revision, "withdrawn": False}
        body = json.dumps({"token": token, "answers": [one]}).encode()
        began = time.monotonic()
        answer = await until_answered(run, line, "POST", f"{path}/envoyer/", body, keep=run.answers)
        receipt = json.loads(answer.body)["receipts"][0]
        run.waits.append(time.monotonic() - began)
        if receipt["kept"]:
            run.acknowledged[name] = (receipt["revision"], text)
        else:
            run.refused[receipt["status"]] = run.refused.get(receipt["status"], 0) + 1


async def until_answered(run: Run, line: Connection, method: str, path: str, body: bytes, keep: list[float] | None = None) -> Answered:
    """Sends the very same thing again until an answer comes, a second apart. `keep` gets the time of the one that was answered."""
    while True:
        start = time.monotonic()
        try:
            answer = await line.ask(method, path, body, Content_Type="application/json")
        except Unreachable:
            answer = None
        if answer is not None and answer.status == 200:
            if keep is not None:
                settling = run.back_at and start - run.back_at < SETTLING
                (run.coming_back if settling else keep).append(time.monotonic() - start)
            return answer
        if answer is not None and answer.status < 500:
            raise SystemExit(f"{path}: {answer.status} {answer.body[:200]!r}")
        run.retries += 1
        await asyncio.sleep(1 + run.draw.random() / 2)


async def wall(run: Run) -> None:
    """A screen that asks for its cards every second and notes what it sees for the first time."""
    line, etag, seen = run.connection(signed_in=True), "", set[str]()
    lit = False
    await asyncio.sleep(run.draw.uniform(0, POLL))
    slug, workshop = run.hall.workshop.territory.slug, run.hall.workshop_id
    while not run.over:
        start = time.monotonic()
        try:
            answer = await line.ask(
                "GET", f"/territoires/{slug}/ateliers/{workshop}/mur/cartes/", **({"If_None_Match": etag} if etag else {})
            )
        except Unreachable:
            await asyncio.sleep(1)
            continue
        run.walls.append(time.monotonic() - start)
        if answer.status == 200:
            etag, body = answer.headers.get("etag", ""), answer.body.decode()
            if run.shown_at and not lit and "numéro" in body:
                lit = True
                run.shown.append(time.monotonic() - run.shown_at)
            for text, at in run.changes.items():
                if text not in seen and text in body:
                    seen.add(text)
                    run.seen.append(time.monotonic() - at)
        await asyncio.sleep(max(0.0, POLL - (time.monotonic() - start)))
    line.close()


async def conductor(run: Run) -> None:
    """The conductor's screen, and the door page that stands for the cheapest page of the site."""
    line, door, etag = run.connection(signed_in=True), run.connection(), ""
    slug, workshop = run.hall.workshop.territory.slug, run.hall.workshop_id
    while not run.over:
        start = time.monotonic()
        try:
            path = f"/territoires/{slug}/ateliers/{workshop}/salle/etat/"
            answer = await line.ask("GET", path, **({"If_None_Match": etag} if etag else {}))
            run.acts.append(time.monotonic() - start)
            etag = answer.headers.get("etag", etag)
            between = time.monotonic()
            await door.ask("GET", "/a/")
            run.door.append(time.monotonic() - between)
        except Unreachable:
            pass
        await asyncio.sleep(1)


async def corrections(run: Run) -> None:
    """A phone that corrects its answer to the question on the wall, again and again: how long until every screen shows it."""
    token, line, path = f"fix-{uuid.uuid4().hex}", run.connection(), f"/a/{run.hall.code}"
    await until_answered(run, line, "POST", f"{path}/entrer/", json.dumps({"token": token, "language": "fr"}).encode())
    name, revision = str(uuid.uuid4()), 0
    while not run.over:
        if run.shown_at:
            revision += 1
            text = f"corrigé {revision} fois exactement"
            one = {
                "uuid": name,
                "question": run.rounds[0].question_id,
                "text": text,
                "language": "fr",
                "revision": revision,
                "withdrawn": False,
            }
            body = json.dumps({"token": token, "answers": [one]}).encode()
            answer = await until_answered(run, line, "POST", f"{path}/envoyer/", body)
            if json.loads(answer.body)["receipts"][0]["kept"]:
                run.sent[name] = run.acknowledged[name] = (revision, text)
                run.changes[text] = time.monotonic()
        await asyncio.sleep(4 + run.draw.random() * 2)


async def script(run: Run) -> None:
    """The conductor's acts: the first question closes at a third and is shown; the second one opens; the server is killed and started again."""
    user = User.objects.get
    by = await asyncio.to_thread(lambda: user(email=f"{run.hall.workshop.territory.slug}@bench.example"))
    await asyncio.sleep(max(0, SECONDS / 3 - run.elapsed))
    await asyncio.to_thread(lambda: open_round(round=run.rounds[1], by=by, now=timezone.now()))
    run.asking = 1
    await asyncio.sleep(1)
    await asyncio.to_thread(lambda: show_round(round=run.rounds[0], by=by, now=timezone.now()))
    run.shown_at = time.monotonic()
    await asyncio.sleep(max(0, SECONDS * KILL_AT - run.elapsed))
    run.kill_server()
    killed = time.monotonic()
    await asyncio.sleep(DOWN)
    await asyncio.to_thread(run.start_server)
    run.back_at = time.monotonic()
    print(f"server killed (SIGKILL) at {SECONDS * KILL_AT:.0f} s, back after {time.monotonic() - killed:.1f} s", flush=True)


async def play(run: Run) -> None:
    run.began = time.monotonic()
    watching = [asyncio.create_task(one) for one in (*(wall(run) for _ in range(WALLS)), conductor(run), corrections(run))]
    acts = asyncio.create_task(script(run))
    await asyncio.gather(*(phone(run, number) for number in range(PHONES)))
    await acts
    await asyncio.sleep(2 * POLL)
    run.over = True
    await asyncio.gather(*watching)


# --- What is found ----------------------------------------------------------------------------------------------


def share(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)] * 1000


def line(what: str, times: list[float], baseline: list[float] | None = None) -> None:
    if not times:
        print(f"{what:<46} nothing measured", flush=True)
        return
    said = f"{what:<46} n {len(times):>6}   p50 {share(times, 50):>7.1f}   p95 {share(times, 95):>7.1f}   p99 {share(times, 99):>7.1f}   max {max(times) * 1000:>7.1f} ms"
    if baseline:
        said += f"   p95 {share(times, 95) / share(baseline, 95):.1f} × the door page"
    print(said, flush=True)


def verdict(run: Run) -> bool:
    stored = {
        str(name): (revision, text)
        for name, revision, text in Expression.objects.filter(workshop=run.hall.workshop_id).values_list("uuid", "revision", "text")
    }
    lost = [name for name, (revision, _) in run.acknowledged.items() if name not in stored or stored[name][0] < revision]
    wrong = [
        name
        for name, (_, text) in run.acknowledged.items()
        if name in stored and stored[name] == run.sent[name] and stored[name][1] != text
    ]
    texts = Expression.objects.filter(workshop=run.hall.workshop_id).values_list("text", flat=True)
    twice = len(texts) - len(set(texts))
    strange = set(stored) - set(run.sent)
    print(
        f"acknowledged {len(run.acknowledged)} of {len(run.sent)} sent, stored {len(stored)}; lost {len(lost)}, twice {twice}, other words {len(wrong)}, unknown {len(strange)}; sent again {run.retries} times; refused {run.refused or 0}"
    )
    return not (lost or twice or wrong or strange or len(run.acknowledged) != len(run.sent) or len(stored) != len(run.sent))


def main() -> None:
    run = prepare()
    by = User.objects.get(email=f"{run.hall.workshop.territory.slug}@bench.example")
    open_round(round=run.rounds[0], by=by, now=timezone.now())
    run.start_server()
    print(
        f"{PHONES} phones, {EACH} answers each in {SECONDS} s, {BURSTS} bursts of {PHONES} answers in {BURST_SECONDS:.0f} s, {WALLS} walls, load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    try:
        asyncio.run(play(run))
    finally:
        run.kill_server()
    connection.close()
    whole = verdict(run)
    line("an answer, from sending to acknowledged", run.answers, run.door)
    line("… while the server comes back", run.coming_back)
    line("the state asked by a phone", run.states, run.door)
    line("the wall asked by a screen", run.walls, run.door)
    line("the conductor's screen", run.acts, run.door)
    line("the door page (baseline)", run.door)
    line("a question shown, until a screen has it", run.shown)
    line("a corrected card, until a screen has it", run.seen)
    line("longest wait of an answer, the kill included", run.waits)
    requests = len(run.answers) + len(run.states) + len(run.walls) + len(run.acts) + len(run.door)
    print(
        f"server: {run.processor:.1f} s of processor for {requests} requests in {SECONDS} s, its two starts included; load average {os.getloadavg()[0]:.1f}"
    )
    assert Phone.objects.filter(hall=run.hall).count() == PHONES + 1
    close_round(round=run.rounds[1], by=by, now=timezone.now())
    if not whole:
        raise SystemExit("Something acknowledged was lost, or written twice.")


if __name__ == "__main__":
    main()
