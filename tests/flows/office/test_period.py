"""Reporting periods: their codes, labels and what came before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.office.period import Period

periods = st.builds(Period, st.integers(2000, 2100), st.integers(0, 4))


@pytest.mark.parametrize(
    ("code", "label", "former"),
    [
        ("2026-TW3", "TW III 2026", "2026-TW2"),
        ("2026-TW1", "TW I 2026", "2025-TW4"),
        ("2026-TW4", "TW IV 2026", "2026-TW3"),
        ("2026-TAHUN", "Tahun 2026", "2025-TAHUN"),
    ],
)
def test_a_period_and_the_one_before(code: str, label: str, former: str) -> None:
    period = Period.parse(code)

    assert (period.code, period.label, period.former.code) == (code, label, former)


@given(periods)
def test_a_code_is_read_as_it_is_written(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(st.builds(Period, st.integers(2000, 2100), st.integers(1, 4)))
def test_four_quarters_make_a_year(period: Period) -> None:
    assert period.former.former.former.former == Period(period.year - 1, period.quarter)


@pytest.mark.parametrize("code", ["2026", "TW3-2026", "2026-3X", ""])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Period.parse(code)
