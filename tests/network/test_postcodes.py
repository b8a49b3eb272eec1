"""The shipped table of postal codes."""

from decimal import Decimal

from tissage.network.queries.postcodes import REGIONS, centroid, postcodes, region_of


def test_every_code_of_the_table_is_in_the_region_that_its_range_says():
    every = postcodes()
    assert len(every) == 1146
    assert [one.code for one in every.values() if region_of(one.code) != one.region] == []
    assert {one.region for one in every.values()} == set(REGIONS)


def test_every_point_is_in_belgium():
    assert [
        one
        for one in postcodes().values()
        if not (Decimal("49.4") < one.latitude < Decimal("51.6") and Decimal("2.5") < one.longitude < Decimal("6.5"))
    ] == []


def test_mons_is_where_it_is_and_an_unknown_code_is_nowhere():
    assert centroid(" 7000 ") == (Decimal("50.4541"), Decimal("3.9523"))
    assert postcodes()["7011"].municipality == "Mons"
    assert centroid("7999") is None
    assert centroid("") is None
    assert [region_of(code) for code in ("", "0999", "75011", "7o00", "٧٠٠٠")] == [""] * 5
