"""The enterprise number: what people type becomes ten digits, or is refused for a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.enterprise_number import Fault, WrongEnterpriseNumber, parse_enterprise_number, written


@pytest.mark.parametrize("typed", ["0878.502.472", "0878502472", "BE0878502472", "be 0878 502 472", "878.502.472", "BE-0878.502.472"])
def test_a_number_is_read_however_it_is_typed(typed):
    assert parse_enterprise_number(typed) == "0878502472"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.LENGTH),
        ("08785024", Fault.LENGTH),
        ("08785024721", Fault.LENGTH),
        ("FR0878502472", Fault.LENGTH),
        ("०८७८५०२४७२", Fault.LENGTH),
        ("2878502472", Fault.BEGINNING),
        ("0878502473", Fault.CHECK),
        ("0875802472", Fault.CHECK),
    ],
)
def test_a_wrong_number_is_refused_for_what_is_wrong(typed, fault):
    with pytest.raises(WrongEnterpriseNumber) as refused:
        parse_enterprise_number(typed)
    assert refused.value.fault == fault


@given(st.integers(min_value=0, max_value=19_999_999))
def test_every_number_with_its_check_is_read_back_as_written(head):
    number = f"{head:08d}{97 - head % 97:02d}"
    assert parse_enterprise_number(written(number)) == number


@given(st.integers(min_value=0, max_value=19_999_999), st.integers(min_value=0, max_value=7), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_always_seen(head, place, more):
    number = f"{head:08d}{97 - head % 97:02d}"
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(WrongEnterpriseNumber):
        parse_enterprise_number(wrong)
