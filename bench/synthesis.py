"""The synthesis at 36, 10,000 and 200,000 criteria, beside a pandas load and group-by of the same rows."""

from __future__ import annotations

import json

import pandas as pd
from django.db import connection
from django.urls import reverse

from bench.base import seconds, show, signed_in, size, territory_of
from tissage.people.models import Territory
from tissage.synthesis.queries import live_overview
from tissage.voices.models import Criterion

COLUMNS = ["group_id", "question_id", "component", "letter", "expression_count"]


def pandas_synthesis(territory: Territory) -> pd.DataFrame:
    """What an analyst would do: load the rows, count by group, question, component and letter."""
    query, parameters = Criterion.objects.filter(territory=territory).order_by().values_list(*COLUMNS).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        frame = pd.DataFrame(cursor.fetchall(), columns=COLUMNS)
    return frame.groupby(COLUMNS[:-1])["expression_count"].agg(["count", "sum"])


def main() -> None:
    for rows in (36, size(10_000), size(200_000)):
        measure(rows)


def measure(rows: int) -> None:
    territory = territory_of(rows)
    overview = live_overview(territory)
    frame = pandas_synthesis(territory)
    assert overview.criteria == int(frame["count"].sum()) == rows
    baseline, against = seconds(lambda: pandas_synthesis(territory), 3), "pandas load + group-by"
    client = signed_in(territory)
    url = reverse("synthesis:live", kwargs={"territory": territory.slug})
    show(f"{rows:>7} criteria: counted", seconds(lambda: live_overview(territory)), baseline, against)
    show(f"{rows:>7} criteria: as JSON", seconds(lambda: as_json(territory)), baseline, against)
    assert client.get(url).status_code == 200
    show(f"{rows:>7} criteria: the page", seconds(lambda: client.get(url)), baseline, against)


def as_json(territory: Territory) -> str:
    overview = live_overview(territory)
    return json.dumps(
        {
            "by_question": overview.by_question,
            "by_dimension": overview.by_dimension,
            "by_component": overview.by_component,
            "by_letter": overview.by_letter,
            "by_group": overview.by_group,
            "cube": [cell._asdict() for cell in overview.cells],
        }
    )


if __name__ == "__main__":
    main()
