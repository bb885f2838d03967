import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.forms.form import Finding, Isian
from flows.model.messages import Attachment, Button
from flows.office.period import Period
from storage.rows.notation import canonical, plain, read, written

texts = st.text(st.characters(exclude_categories=["Cs"]))
decimals = st.decimals(allow_nan=False, allow_infinity=False)
moments = st.datetimes(timezones=st.just(UTC))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), texts, decimals, moments, st.dates())
isian = st.builds(
    Isian,
    kode=texts,
    realisasi=st.none() | decimals,
    is_na=st.booleans(),
    notes=st.lists(texts).map(tuple),
    evidence=st.lists(texts).map(tuple),
    filled_by=st.none() | st.integers(),
)
small_values = st.one_of(
    isian,
    st.builds(Finding, code=texts, args=st.dictionaries(texts, texts)),
    st.builds(Button, key=texts, args=st.dictionaries(texts, scalars)),
    st.builds(Attachment, st.just("marked"), texts, data=st.dictionaries(texts, scalars)),
    st.builds(Period, st.integers(2000, 2100), st.integers(0, 4)),
)
values = st.recursive(
    st.one_of(scalars, small_values),
    lambda inner: st.one_of(
        st.lists(inner).map(tuple), st.dictionaries(st.one_of(texts, st.just("$date")), inner)
    ),
    max_leaves=12,
)


@given(values)
def test_every_value_comes_back_as_it_was_written(value: Any) -> None:
    assert read(written(value)) == value


@given(decimals)
def test_a_decimal_keeps_every_digit_and_its_exponent(value: Decimal) -> None:
    assert str(read(written(value))) == str(value)


@given(values)
def test_what_is_plain_is_json_without_a_name_of_ours(value: Any) -> None:
    assert json.loads(canonical(plain(value))) == plain(value)


def test_a_list_comes_back_as_a_tuple() -> None:
    assert read(written({"rows": [1, [2]]})) == {"rows": (1, (2,))}


def test_a_moment_of_another_zone_is_plain_in_utc() -> None:
    wita = datetime(2026, 11, 24, 8, tzinfo=timezone(timedelta(hours=8)))

    assert plain({"at": wita, "day": date(2026, 1, 2), "n": Decimal("1.50"), "s": {"b", "a"}}) == {
        "at": "2026-11-24T00:00:00+00:00",
        "day": "2026-01-02",
        "n": "1.50",
        "s": ["a", "b"],
    }


@pytest.mark.parametrize("value", [object(), {1: "a"}, float("nan")])
def test_what_json_cannot_hold_is_refused_at_once(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        written(value)


def test_the_record_refuses_what_nobody_could_read() -> None:
    with pytest.raises(TypeError, match="object cannot stand in the record"):
        plain(object())
