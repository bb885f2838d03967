"""Office hours as kantor.yaml writes them."""

from datetime import date
from typing import Any

import pytest

from flows.office.hours import JamKerja, clock_minute, days_of, week_of

PLAIN = {"zona": "Asia/Makassar", "biasa": {"sen-jum": ["07.30-12.00"]}}


@pytest.mark.parametrize(
    ("text", "minute"), [("07.30", 450), ("00.00", 0), ("24.00", 1440), ("16:05", 965)]
)
def test_a_clock_time_is_minutes_since_midnight(text: str, minute: int) -> None:
    assert clock_minute(text) == minute


@pytest.mark.parametrize("value", ["7.30", "24.01", "12.60", "pagi", 7.3, None])
def test_what_is_no_clock_time_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"clock time|later than 24\.00"):
        clock_minute(value)


def test_a_week_begins_on_monday() -> None:
    morning, noon = ((450, 720),), ((450, 690),)

    assert week_of({"sen-kam": morning, "jum": noon}) == (*(morning,) * 4, noon, (), ())
    assert list(days_of("rab")) == [2]


def test_hours_are_put_in_order() -> None:
    hours = JamKerja.model_validate(
        {**PLAIN, "biasa": {"sen": ["13.00-16.00", "07.30-12.00"]}}
    )  # fmt: skip

    assert week_of(hours.biasa)[0] == ((450, 720), (780, 960))


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ({"sen": ["12.00-07.30"]}, "the end must be later than the start"),
        ({"sen": ["07.30"]}, "is no time range"),
        ({"sen": ["07.30-12.00", "11.00-13.00"]}, "07.30-12.00 and 11.00-13.00 overlap"),
        ({"kam-sen": ["07.30-12.00"]}, "is no day or range of days"),
        ({"senin": ["07.30-12.00"]}, "is no day or range of days"),
    ],
)
def test_a_wrong_week_is_refused_with_its_place(week: dict[str, list[str]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        JamKerja.model_validate({**PLAIN, "biasa": week})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"biasa": {"sen-kam": ["07.30-12.00"], "kam-jum": ["07.30-12.00"]}}, "biasa.kam-jum"),
        ({"biasa": {"sen": []}}, "biasa"),
        ({"periode_ramadan": [["2026-02-19", "2026-03-20"]]}, "ramadan"),
        (
            {
                "libur_tambahan": [{"tanggal": "2026-12-09", "nama": "Pilkada"}],
                "hari_kerja_tambahan": [{"tanggal": "2026-12-09", "nama": "Ganti"}],
            },
            "hari_kerja_tambahan[0].tanggal",
        ),
    ],
)
def test_parts_that_contradict_each_other_are_told(change: dict[str, Any], place: str) -> None:
    hours = JamKerja.model_validate({**PLAIN, **change})

    assert [where for where, _ in hours.flaws()] == [place]


def test_two_times_of_ramadan_do_not_overlap() -> None:
    first, second = (date(2026, 2, 19), date(2026, 3, 20)), (date(2026, 3, 20), date(2026, 4, 1))
    hours = JamKerja.model_validate(
        {**PLAIN, "ramadan": PLAIN["biasa"], "periode_ramadan": [first, second]}
    )

    assert [where for where, _ in hours.flaws()] == ["periode_ramadan[1]"]
