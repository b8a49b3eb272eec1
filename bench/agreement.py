"""Agreement of two coders on 100,000 codings: figures and intervals from codes in memory, and the whole report from the base."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from bench.base import seconds, show, size, territory_of

COMPONENTS = [f"{letter}{number:02}" for letter in "ABCDEFGHI" for number in range(8)]
ALIKE = 0.7
FEW = 5


def two_coders(units: int, *, anywhere: bool, seed: int = 1) -> tuple[list[str], list[str]]:
    """Codes of two people over 72 components, 70 % alike. Where they differ, the second says anything, or (as people do) a neighbour."""
    draw = random.Random(seed)
    first = [draw.choice(COMPONENTS) for _ in range(units)]
    second = []
    for code in first:
        other = code if draw.random() < ALIKE else draw.choice(COMPONENTS) if anywhere else f"{code[0]}{draw.randrange(8):02}"
        second.append(other)
    return first, second


def plain_bootstrap(first: list[str], second: list[str], draws: int) -> None:
    """The same by drawing statements one by one."""
    from tissage.core.agreement import agreement_of, count_pairs

    draw = random.Random(1)
    pairs = list(zip(first, second, strict=True))
    for _ in range(draws):
        agreement_of(count_pairs(draw.choices(pairs, k=len(pairs))))


def timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def coded_twice(rows: int) -> Any:
    """A territory whose criteria all have a second code."""
    from django.utils import timezone

    from tissage.people.models import User
    from tissage.voices.models import BlindCoding, Coding, DoubleCoding

    territory = territory_of(rows)
    if DoubleCoding.objects.filter(territory=territory).exists():
        return territory
    now, draw = timezone.now(), random.Random(2)
    coder, _ = User.objects.get_or_create(email="seconde@bench.example", defaults={"name": "Seconde"})
    sample = DoubleCoding.objects.create(territory=territory, label="banc", coder=coder, drawn_at=now)
    codings = Coding.objects.filter(criterion__territory=territory, superseded_at__isnull=True).order_by("pk")
    BlindCoding.objects.bulk_create(
        (
            BlindCoding(
                sample=sample,
                criterion_id=criterion,
                first_id=pk,
                position=place,
                component=component if draw.random() < ALIKE else f"{component[0]}{draw.randrange(6):02}",
                sense=sense,
                coded_at=now,
            )
            for place, (pk, criterion, component, sense) in enumerate(
                codings.values_list("pk", "criterion", "component", "sense").iterator(), 1
            )
        ),
        batch_size=500,
    )
    return territory


def main() -> None:
    from tissage.core.agreement import agreement_of, count_pairs
    from tissage.voices.learning.resampling import DRAWS, intervals_of
    from tissage.voices.queries.agreement import report_of

    units = size(100_000)
    for anywhere, name in ((False, "confusing neighbours"), (True, "confusing anything")):
        first, second = two_coders(units, anywhere=anywhere)
        plain = timed(lambda first=first, second=second: plain_bootstrap(first, second, FEW)) / FEW * DRAWS

        def measured(first: list[str] = first, second: list[str] = second) -> None:
            confusion = count_pairs(zip(first, second, strict=True))
            agreement_of(confusion)
            intervals_of(confusion)

        show(f"kappa, alpha, intervals of {units}, {name}", seconds(measured), plain, f"{DRAWS} plain draws")
    territory = coded_twice(units)
    show(f"the whole report of {units} from the base", seconds(lambda: report_of(territory), 3))


if __name__ == "__main__":
    main()
