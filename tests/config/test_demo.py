"""`tissage demo`: run twice, it neither duplicates nor destroys."""

import stat

COUNTS = (
    "from tissage.people.models import *; from tissage.voices.models import *; from tissage.synthesis.models import *; "
    "print(Territory.objects.count(), User.objects.count(), HomogeneousGroup.objects.count(), Criterion.objects.live().count(), "
    "Synthesis.objects.published().count(), Synthesis.objects.count())"
)


def test_the_demonstration_may_run_twice(tissage):
    first = tissage("demo", "--no-serve")
    assert first.code == 0, first.err
    accounts = tissage.home / "demo-accounts.txt"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    passwords = accounts.read_text()
    assert len(first.out.splitlines()) == 1
    assert all(line.split("\t")[1] in first.out for line in passwords.splitlines())
    counts = tissage("shell", "-v", "0", "-c", COUNTS).out.strip()
    assert counts == "2 10 11 297 1 2"

    second = tissage("demo", "--no-serve")
    assert second.code == 0, second.err
    assert second.out == first.out
    assert tissage("shell", "-v", "0", "-c", COUNTS).out.strip() == counts
    assert tissage("check", "--json").json == {"ok": True, "troubles": []}
