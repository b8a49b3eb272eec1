"""Server time of the pages at 10,000 criteria, and of the first page of one component at 100,000; beside the cheapest page of the site."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from bench.base import seconds, show, signed_in, size, territory_of
from tissage.people.models import Territory
from tissage.synthesis.models import Synthesis
from tissage.synthesis.operations import continue_freezing_lines, freeze_synthesis
from tissage.voices.models import Criterion


def main() -> None:
    territory = territory_of(size(10_000))
    client = signed_in(territory)
    synthesis = Synthesis.objects.frozen().filter(territory=territory).first() or frozen(territory)
    where = {"territory": territory.slug}
    criterion = Criterion.objects.filter(territory=territory).order_by("pk").first()
    assert criterion is not None
    baseline = seconds(lambda: client.get(reverse("people:search")))
    pages = {
        "à faire": reverse("people:todo"),
        "search": reverse("people:search") + "?q=logement",
        "territory": reverse("voices:territory", kwargs=where),
        "groups": reverse("voices:groups", kwargs=where),
        "criteria": reverse("voices:criteria", kwargs=where),
        "criterion": reverse("voices:criterion", kwargs={**where, "criterion": criterion.pk}),
        "synthesis, live": reverse("synthesis:live", kwargs=where),
        "one component": reverse("synthesis:component", kwargs={**where, "component": criterion.component}),
        "statistics": reverse("synthesis:statistics", kwargs=where),
        "a version": reverse("synthesis:version", kwargs={**where, "number": synthesis.number}),
        "reading": reverse("synthesis:reading", kwargs={**where, "number": synthesis.number}),
    }
    for label, url in pages.items():
        assert client.get(url).status_code == 200, (label, client.get(url).status_code)
        show(f"{size(10_000)} criteria: {label}", seconds(lambda url=url: client.get(url)), baseline, "empty search page")
    crowd = territory_of(size(100_000))
    Criterion.objects.filter(territory=crowd).update(component="A03", dimension="A")
    client = signed_in(crowd)
    url = reverse("synthesis:component", kwargs={"territory": crowd.slug, "component": "A03"})
    assert client.get(url).status_code == 200
    show(f"first page of one component holding {size(100_000)}", seconds(lambda: client.get(url)), baseline, "empty search page")


def frozen(territory: Territory) -> Synthesis:
    """A version of this territory; a large one is written by the worker, whose part is played here."""
    synthesis = freeze_synthesis(territory=territory, title="Mesure", by=None, now=timezone.now())
    continue_freezing_lines(synthesis_id=synthesis.pk, now=timezone.now())
    synthesis.refresh_from_db()
    return synthesis


if __name__ == "__main__":
    main()
