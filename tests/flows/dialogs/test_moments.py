"""Moments and periods as people type them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialogs.moments import (
    ended_periods,
    next_workday,
    read_days,
    read_moment,
    read_period,
    read_target,
    unreal,
    without_period,
    wrong_quarter,
)
from flows.office.period import Period
from tests.flows.small_office import NOW, a_turn
from tests.kantor import WITA, wita

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26-11-2026 15.00", wita(26, "15.00")),
        ("26/11/2026 pukul 9:05", wita(26, "09.05")),
        ("paling lambat 26-11-2026", wita(26, "16.00")),
        ("besok 10.00", wita(25, "10.00")),
        ("Besok jam 7", wita(25, "07.00")),
        ("31-02-2026", None),
        ("26-11-2026 25.00", None),
        ("besok", wita(25, "16.00")),
        ("lusa 10.00", wita(26, "10.00")),
        ("besok jam 3 sore", wita(25, "15.00")),
        ("besok jam 3", wita(25, "15.00")),
        ("Jumat jam 2 siang", wita(27, "14.00")),
        ("hari Jum'at, pukul 10.30", wita(27, "10.30")),
        ("Selasa depan 09.00", datetime(2026, 12, 1, 9, 0, tzinfo=WITA)),
        ("jam setengah 3 sore", wita(24, "14.30")),
        ("Kamis, 26 November 2026 pukul 15.00", wita(26, "15.00")),
        ("26 Nov jam 9 pagi", wita(26, "09.00")),
        ("hari ini", wita(24, "16.00")),
        ("Jumat, 26-11-2026", None),
        ("25-11-2026 s.d. 27-11-2026", None),
        ("besok 08.00-09.00", None),
        ("besok jam tiga", None),
        ("besok jam 25", None),
        ("30-02", None),
        ("26-11 15.00", wita(26, "15.00")),
        ("26/11", wita(26, "16.00")),
        ("30 Februari 2026", None),
        ("3 hari", None),
        ("1 jam 15 menit", None),
        ("90 menit", None),
        ("2 jam", None),
    ],
)
def test_a_moment_is_read_in_the_zone_of_the_office(text: str, expected: datetime | None) -> None:
    assert read_moment(a_turn(), text) == expected


def test_tomorrow_is_the_next_working_day() -> None:
    friday = a_turn(now=wita(27, "15.00"))

    assert read_moment(friday, "besok 08.00") == wita(30, "08.00")
    assert next_workday(friday, wita(27, "15.00"), NOW.time()) == wita(30, "08.00")


def test_a_target_lies_ahead() -> None:
    assert read_target(a_turn(), "24-11-2026 07.59") is None
    assert read_target(a_turn(), "24-11-2026 08.01") == "2026-11-24T08:01:00+08:00"


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert read_days(f"{day.day}-{day.month}-{day.year:04d}", TODAY) == (day,)
    assert read_days(f"libur {day.day:02d}/{day.month:02d}/{day.year:04d}!", TODAY) == (day,)


@pytest.mark.parametrize(
    ("text", "jenis", "words"),
    [
        ("31-02-2026, 08.00-09.00, aula", "tanggal", "31-02-2026"),
        ("30-02", "tanggal", "30-02"),
        ("31 Februari", "tanggal", "31 Februari"),
        ("besok 25.00", "jam", "25.00"),
        ("jam 25", "jam", "jam 25"),
        ("Jumat, 26-11-2026", "hari", "Jumat"),
    ],
)
def test_what_does_not_exist_is_named(text: str, jenis: str, words: str) -> None:
    found = unreal(text, TODAY)

    assert (found["jenis"], found["tertulis"]) == (jenis, words)


@pytest.mark.parametrize("text", ["29 Februari", "jam 8-9 pagi", "2-3 sore", "1/2 jam", "aula"])
def test_what_exists_is_not_named(text: str) -> None:
    assert unreal(text, date(2027, 11, 24)) == {}


def test_a_day_that_does_not_exist_is_none() -> None:
    assert read_days("30-02-2026", TODAY) == ()
    assert read_days("tidak tahu", TODAY) == ()


@pytest.mark.parametrize(
    ("text", "ahead", "past"),
    [
        ("Jumat", [27], [20]),
        ("Selasa", [24], [24]),
        ("besok", [25], [25]),
        ("kemarin", [23], [23]),
        ("25-11-2026 s.d. 27-11-2026", [25, 27], [25, 27]),
        ("besok sampai Jumat", [25, 27], [25, 20]),
        ("minggu depan", [], []),
    ],
)
def test_days_are_read_as_people_say_them(text: str, ahead: list[int], past: list[int]) -> None:
    assert [day.day for day in read_days(text, TODAY)] == ahead
    assert [day.day for day in read_days(text, TODAY, is_past=True)] == past


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/perintah pengumpulan TW III 2026", Period(2026, 3)),
        ("tw 3", Period(2026, 3)),
        ("triwulan iv 2025", Period(2025, 4)),
        ("TW-II", Period(2026, 2)),
        ("tahunan 2025", Period(2025, 0)),
        ("tahun 2025", Period(2025, 0)),
        ("TW V", None),
        ("TW 5", None),
        ("pengumpulan", None),
    ],
)
def test_a_period_is_read_from_words(text: str, expected: Period | None) -> None:
    assert read_period(text, NOW) == expected


@pytest.mark.parametrize(
    ("month", "codes"),
    [
        (11, ["2026-TW3", "2026-TW2", "2026-TW1", "2025-TW4"]),
        (1, ["2025-TW4", "2025-TW3", "2025-TW2", "2025-TW1"]),
        (3, ["2025-TW4", "2025-TW3", "2025-TW2", "2025-TW1"]),
        (4, ["2026-TW1", "2025-TW4", "2025-TW3", "2025-TW2"]),
    ],
)
def test_only_quarters_that_are_over_are_offered(month: int, codes: list[str]) -> None:
    today = datetime(2026, month, 1, 8, 0, tzinfo=WITA)

    assert [period.code for period in ended_periods(today)] == codes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pengumpulan TW III 2026", "pengumpulan"),
        ("TW III pegawai 2026", "pegawai"),
        ("triwulan 3 tahun 2026 segera", "segera"),
        ("tahunan 2026 data", "data"),
        ("pengumpulan", "pengumpulan"),
    ],
)
def test_what_no_period_reads_is_left(text: str, left: str) -> None:
    assert " ".join(without_period(text).split()) == left


@pytest.mark.parametrize(
    ("text", "named"),
    [("TW V 2026", "TW V"), ("triwulan 5", "triwulan 5"), ("TW IV 2026", ""), ("tahun 2026", "")],
)
def test_a_quarter_that_does_not_exist_is_named(text: str, named: str) -> None:
    assert wrong_quarter(text) == named
    assert not named or read_period(text, NOW) is None
