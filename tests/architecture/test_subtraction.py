"""The attacker with a calculator: every number of every publication, added and subtracted, never gives a small group's own.

Each group says something a number of times that is a power of a thousand: a published number tells which groups it adds up.
"""

from __future__ import annotations

import itertools
import re

import pytest

from tests.architecture.public_world import read_as_they_are, text_of
from tests.conftest import NOW
from tests.synthesis.screens import at
from tests.synthesis.voices import group_of, say
from tissage.synthesis import operations

BASE = 1000
PAGES = (
    [[], ["statistiques"], ["statistiques", "questions.csv"], ["statistiques", "groupes.csv"], ["statistiques", "composantes.csv"]]
    + [[number, *rest] for number in range(1, 6) for rest in ([], ["partage"], ["dimension", "A"], ["composante", "A01"], ["sans-code"])]
    + [
        [number, "image", f"{picture}.csv"]
        for number in range(1, 6)
        for picture in ("dimensions", "groupes", "questions", "lettres", "entendus")
    ]
    + [[number, "telecharger", kind] for number in range(1, 6) for kind in ("csv", "json", "paroles")]
)


@pytest.fixture
def public(territory):
    territory.visibility = "public"
    territory.save()
    return territory


class Attacker:
    def __init__(self, participants: list[int]) -> None:
        self.participants = participants
        self.rows: set[tuple[int, ...]] = set()

    def read(self, text: str) -> None:
        """Numbers as they are written anywhere, thousands apart by a space or not."""
        joined = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text.replace("&nbsp;", "\u00a0"))
        for digits in re.findall(r"(?<![\d.])\d{4,}(?![\d.])", joined):
            row = tuple(int(digits) // BASE ** (place + 1) % BASE for place in range(len(self.participants)))
            if int(digits) % BASE == 0 and set(row) <= {0, 1}:
                self.rows.add(row)

    def isolated(self, threshold: int) -> set[tuple[int, ...]]:
        """Combinations of up to four published numbers that bear on fewer people than the threshold."""
        found = set()
        for size in range(1, 5):
            for rows in itertools.combinations(sorted(self.rows), size):
                for signs in itertools.product((1, -1), repeat=size - 1):
                    sums = [sum(sign * row[place] for sign, row in zip((1, *signs), rows, strict=True)) for place in range(len(rows[0]))]
                    members = [place for place, value in enumerate(sums) if value]
                    if members and sum(self.participants[place] for place in members) < threshold:
                        found.add(tuple(members))
        return found


def test_no_sum_or_difference_of_publications_gives_a_small_group(public, erin, as_user):
    sizes = [9, 12, 3, 3, 2, 4]
    groups = [group_of(public, f"groupe {place}", size, "statistics") for place, size in enumerate(sizes)]

    def speak(place: int, question: str) -> None:
        say(groups[place], f"parole {place}", "A01/P", question, count=BASE ** (place + 1))

    def publish(**selection: object) -> None:
        synthesis = operations.freeze_synthesis(territory=public, title="Version", by=erin, now=NOW, **selection)
        read_as_they_are(synthesis, erin)
        try:
            operations.publish_synthesis(synthesis=synthesis, by=erin, now=NOW)
        except operations.SynthesisRefused:
            return

    for place in (0, 1, 2, 3):
        speak(place, "WB")
    for place in (0, 2):
        speak(place, "IB")
    publish()
    speak(4, "WB")  # a newcomer too small to stand alone
    speak(3, "IB")
    publish()
    publish(groups=[groups[0].pk, groups[2].pk, groups[4].pk])
    groups[3].participants_count = 6  # a small group that grew would now stand alone
    groups[3].save()
    publish(questions=["WB"])
    groups[5].save()
    speak(5, "WB")
    publish()

    attacker, client = Attacker(sizes), as_user(None)
    for steps in PAGES:
        answer = client.get(at(public, *steps))
        if answer.status_code == 200:
            attacker.read(text_of(answer))
    assert {(1, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0), (0, 0, 1, 1, 0, 0)} <= attacker.rows
    assert attacker.isolated(5) == set()


def test_a_merged_group_that_takes_its_words_back_is_not_found_by_what_is_missing(public, erin, as_user):
    one, other = group_of(public, "Une", 3), group_of(public, "Autre", 4)
    say(one, "dit par la première", "A01")
    say(other, "dit par la deuxième", "A01")
    synthesis = operations.freeze_synthesis(territory=public, title="Version", by=erin, now=NOW)
    read_as_they_are(synthesis, erin)
    operations.publish_synthesis(synthesis=synthesis, by=erin, now=NOW)
    page = at(public, 1, "composante", "A01")
    assert "dit par la première" in as_user(None).get(page).content.decode()
    one.consent = "statistics"
    one.save()
    said = as_user(None).get(page).content.decode()
    assert [words for words in ("dit par la première", "dit par la deuxième") if words in said] == []


def test_what_would_go_out_is_looked_at_and_not_taken_away(public, erin, bob, as_user):
    """Statements leave by an act that the journal records: a version not published gives no file by a mere link."""
    group = group_of(public, "Une", 9)
    say(group, "dit par la première", "A01")
    synthesis = operations.freeze_synthesis(territory=public, title="Version", by=erin, now=NOW)
    read_as_they_are(synthesis, erin)
    client = as_user(bob)
    assert client.get(at(public, 1), {"vue": "public"}).status_code == 200
    answers = {kind: client.get(at(public, 1, "telecharger", kind), {"vue": "public"}).status_code for kind in ("pdf", "paroles", "json")}
    assert answers == {"pdf": 404, "paroles": 404, "json": 404}
