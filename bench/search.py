"""The criteria base at 200,000 rows: a search, a filter, a far page; beside the bare SQL of the same search."""

from __future__ import annotations

from django.db import connection
from django.urls import reverse

from bench.base import seconds, show, signed_in, size, territory_of
from tissage.voices.models import Criterion


def main() -> None:
    territory = territory_of(size(200_000))
    client = signed_in(territory)
    url = reverse("voices:criteria", kwargs={"territory": territory.slug})
    word = Criterion.objects.filter(territory=territory).order_by("pk").values_list("search", flat=True)[0].split()[-1]

    def bare_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM voices_criterion WHERE territory_id = %s AND search LIKE %s", [territory.pk, f"%{word}%"])
            cursor.fetchall()

    baseline = seconds(bare_sql)
    for label, query in [
        ("first page", ""),
        (f"search « {word} »", f"?q={word}"),
        ("search of nothing", "?q=zzzzqqqq"),
        ("one question", "?question=WB"),
        ("sorted by text", "?sort=text"),
        ("page 500", "?page=500"),
    ]:
        assert client.get(url + query).status_code == 200
        show(f"criteria base, {label}", seconds(lambda query=query: client.get(url + query), 3), baseline, "bare LIKE count")


if __name__ == "__main__":
    main()
