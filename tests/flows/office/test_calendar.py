"""The working clock against the vectors of the domain and against a plain count of minutes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.office.calendar import WorkCalendar, zone_name

ZONE = ZoneInfo("Asia/Makassar")
DAY = [(450, 720), (780, 960)]
FRIDAY = [(450, 690), (780, 990)]
RAMADAN_DAY = [(480, 720), (750, 900)]
RAMADAN_FRIDAY = [(480, 690), (750, 930)]
HOLIDAYS = {
    date(2026, 3, 18): "Cuti Bersama Nyepi",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Cuti Bersama Idul Fitri",
    date(2026, 3, 23): "Cuti Bersama Idul Fitri",
    date(2026, 3, 24): "Cuti Bersama Idul Fitri",
    date(2026, 12, 24): "Cuti Bersama Natal",
    date(2026, 12, 25): "Natal",
    date(2027, 1, 1): "Tahun Baru",
}
OFFICE = WorkCalendar.build(
    zone="Asia/Makassar",
    hours=[DAY, DAY, DAY, DAY, FRIDAY, [], []],
    ramadan_hours=[RAMADAN_DAY] * 4 + [RAMADAN_FRIDAY, [], []],
    ramadan=[(date(2026, 2, 19), date(2026, 3, 20))],
    holidays=HOLIDAYS,
    extra_days=[date(2026, 11, 7)],
)
MINUTE = timedelta(minutes=1)


def wita(text: str) -> datetime:
    local = datetime.strptime(text, "%d-%m-%Y %H.%M").replace(tzinfo=ZONE)
    return local.astimezone(UTC)


VECTORS = [
    ("24-11-2026 07.30", 450, "24-11-2026 16.00"),
    ("24-11-2026 07.30", 480, "25-11-2026 08.00"),
    ("24-11-2026 08.00", 480, "25-11-2026 08.30"),
    ("24-11-2026 11.50", 15, "24-11-2026 13.05"),
    ("24-11-2026 15.50", 30, "25-11-2026 07.50"),
    ("24-11-2026 19.00", 60, "25-11-2026 08.30"),
    ("27-11-2026 11.00", 60, "27-11-2026 13.30"),
    ("27-11-2026 10.00", 480, "30-11-2026 10.30"),
    ("28-11-2026 09.00", 60, "30-11-2026 08.30"),
    ("23-12-2026 10.00", 480, "28-12-2026 10.30"),
    ("31-12-2026 15.00", 120, "04-01-2027 08.30"),
    ("25-02-2026 10.00", 480, "26-02-2026 11.30"),
    ("17-03-2026 09.00", 480, "25-03-2026 10.00"),
]


@pytest.mark.parametrize(("start", "minutes", "due"), VECTORS)
def test_due_moment_of_the_domain_vectors(start: str, minutes: int, due: str):
    found = OFFICE.due(wita(start), minutes)

    assert found == wita(due)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(("start", "minutes", "due"), VECTORS)
def test_used_minutes_are_the_inverse_of_due(start: str, minutes: int, due: str):
    assert OFFICE.used(wita(start), wita(due)) == minutes


SOP_A = [
    (15, "24-11-2026 08.15"),
    (30, "24-11-2026 08.45"),
    (15, "24-11-2026 09.00"),
    (60, "24-11-2026 10.00"),
    (480, "25-11-2026 10.30"),
    (480, "26-11-2026 11.00"),
    (480, "27-11-2026 11.30"),
    (15, "27-11-2026 13.15"),
    (480, "30-11-2026 13.15"),
]
SOP_B = [
    (120, "24-11-2026 10.00"),
    (60, "24-11-2026 11.00"),
    (60, "24-11-2026 12.00"),
    (180, "24-11-2026 16.00"),
    (480, "26-11-2026 08.00"),
    (120, "26-11-2026 10.00"),
    (60, "26-11-2026 11.00"),
    (30, "26-11-2026 11.30"),
    (30, "26-11-2026 12.00"),
    (30, "26-11-2026 13.30"),
]


def critical_path(minutes: list[int]) -> list[datetime]:
    moments = [wita("24-11-2026 08.00")]
    for standard in minutes:
        moments.append(OFFICE.due(moments[-1], standard))
    return moments[1:]


@pytest.mark.parametrize(("path", "total"), [(SOP_A, 2055), (SOP_B, 1170)])
def test_critical_path_without_waiting(path: list[tuple[int, str]], total: int):
    ends = critical_path([minutes for minutes, _ in path])

    assert ends == [wita(end) for _, end in path]
    assert OFFICE.used(wita("24-11-2026 08.00"), ends[-1]) == total


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("Asia/Singapore", ""),
        ("Europe/Amsterdam", ""),
    ],
)
def test_a_moment_bears_the_name_of_its_zone(zone: str, name: str):
    assert zone_name(datetime(2026, 11, 24, tzinfo=ZoneInfo(zone))) == name


def test_due_exactly_at_closing_stays_on_that_day():
    due = OFFICE.due(wita("24-11-2026 15.00"), 60)

    assert due == wita("24-11-2026 16.00")
    assert not OFFICE.is_open(due)


def test_seconds_of_the_start_are_kept():
    start = wita("24-11-2026 15.59") + timedelta(seconds=37)

    due = OFFICE.due(start, 1)

    assert due == wita("25-11-2026 07.30") + timedelta(seconds=37)
    assert OFFICE.used(start, due) == 1


def test_minute_not_yet_full_is_not_used():
    start = wita("24-11-2026 08.00")

    assert OFFICE.used(start, start + timedelta(seconds=119)) == 1


def test_work_outside_hours_costs_nothing():
    assert OFFICE.used(wita("24-11-2026 16.00"), wita("24-11-2026 23.59")) == 0


def test_nothing_is_used_when_the_end_comes_first():
    assert OFFICE.used(wita("24-11-2026 10.00"), wita("24-11-2026 09.00")) == 0


def test_pause_pushes_due_back_by_its_working_minutes():
    pause = (wita("24-11-2026 11.00"), wita("24-11-2026 13.30"))

    due = OFFICE.due(wita("24-11-2026 10.00"), 120, [pause])

    assert due == wita("24-11-2026 14.30")
    assert OFFICE.used(wita("24-11-2026 10.00"), due, [pause]) == 120


def test_overlapping_and_empty_pauses_count_once():
    pauses = [
        (wita("24-11-2026 09.00"), wita("24-11-2026 10.00")),
        (wita("24-11-2026 08.30"), wita("24-11-2026 09.30")),
        (wita("24-11-2026 08.00"), wita("24-11-2026 08.00")),
        (wita("23-11-2026 08.00"), wita("23-11-2026 09.00")),
    ]

    due = OFFICE.due(wita("24-11-2026 08.00"), 60, pauses)

    assert due == wita("24-11-2026 10.30")


def test_pause_after_the_due_moment_changes_nothing():
    pause = (wita("24-11-2026 15.00"), wita("24-11-2026 16.00"))

    assert OFFICE.due(wita("24-11-2026 08.00"), 60, [pause]) == wita("24-11-2026 09.00")


def test_office_is_closed_at_lunch_and_at_night():
    assert OFFICE.is_open(wita("24-11-2026 11.59"))
    assert not OFFICE.is_open(wita("24-11-2026 12.00"))
    assert not OFFICE.is_open(wita("24-11-2026 06.00"))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("24-11-2026 10.07", "24-11-2026 10.07"),
        ("24-11-2026 12.10", "24-11-2026 13.00"),
        ("27-11-2026 16.30", "30-11-2026 07.30"),
    ],
)
def test_next_opening_is_the_moment_itself_while_open(moment: str, opening: str):
    assert OFFICE.next_opening(wita(moment)) == wita(opening)


def test_day_has_an_opening_and_a_closing():
    assert OFFICE.opening(date(2026, 11, 27)) == wita("27-11-2026 07.30")
    assert OFFICE.closing(date(2026, 11, 27)) == wita("27-11-2026 16.30")


def test_day_off_has_neither_opening_nor_closing():
    assert OFFICE.opening(date(2026, 12, 25)) is None
    assert OFFICE.closing(date(2026, 11, 29)) is None
    assert not OFFICE.is_workday(date(2026, 12, 24))


def test_extra_working_saturday_takes_an_ordinary_days_hours():
    assert OFFICE.opening(date(2026, 11, 7)) == wita("07-11-2026 07.30")
    assert OFFICE.closing(date(2026, 11, 7)) == wita("07-11-2026 16.00")


def test_extra_working_day_beats_a_holiday():
    calendar = WorkCalendar.build(
        zone="Asia/Makassar",
        hours=[DAY] * 5 + [[], []],
        holidays={date(2026, 12, 24): "Cuti Bersama"},
        extra_days=[date(2026, 12, 24)],
    )

    assert calendar.is_workday(date(2026, 12, 24))


def test_workday_after_skips_weekend_and_holidays():
    assert OFFICE.workday_after(date(2026, 12, 23)) == date(2026, 12, 28)


def test_without_ramadan_hours_the_ordinary_ones_hold():
    calendar = WorkCalendar.build(
        zone="Asia/Makassar",
        hours=[DAY] * 5 + [[], []],
        ramadan=[(date(2026, 2, 19), date(2026, 3, 20))],
    )

    assert calendar.opening(date(2026, 2, 25)) == wita("25-02-2026 07.30")


def test_version_changes_with_a_holiday_and_not_with_its_name():
    named = WorkCalendar.build(
        zone="Asia/Makassar", hours=[DAY] * 7, holidays={date(2026, 6, 1): "Pancasila"}
    )
    renamed = WorkCalendar.build(
        zone="Asia/Makassar", hours=[DAY] * 7, holidays={date(2026, 6, 1): "Lain"}
    )
    without = WorkCalendar.build(zone="Asia/Makassar", hours=[DAY] * 7)

    assert named.version == renamed.version
    assert named.version != without.version


def test_calendar_without_any_hours_is_refused():
    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar.build(zone="Asia/Makassar", hours=[[]] * 7)


def always_closed() -> WorkCalendar:
    first = date(2026, 1, 1)
    return WorkCalendar.build(
        zone="Asia/Makassar",
        hours=[DAY] * 7,
        holidays={first + timedelta(days=ahead): "Libur" for ahead in range(800)},
    )


def test_due_on_a_calendar_closed_for_over_a_year_is_refused():
    with pytest.raises(ValueError, match="no working day within 400 days after 02-01-2026"):
        always_closed().due(wita("02-01-2026 08.00"), 1)


def test_workday_after_on_a_calendar_closed_for_over_a_year_is_refused():
    with pytest.raises(ValueError, match="no working day within 400 days"):
        always_closed().workday_after(date(2026, 1, 2))


def test_nothing_is_used_on_a_calendar_closed_for_over_a_year():
    assert always_closed().used(wita("02-01-2026 08.00"), wita("02-01-2028 08.00")) == 0


def test_negative_minutes_are_refused():
    with pytest.raises(ValueError, match="-1"):
        OFFICE.due(wita("24-11-2026 08.00"), -1)


def test_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        OFFICE.due(datetime(2026, 11, 24, 8, 0), 1)  # noqa: DTZ001 - the mistake itself


def test_week_of_six_days_is_refused():
    with pytest.raises(ValueError, match="seven days, not 6"):
        WorkCalendar.build(zone="Asia/Makassar", hours=[DAY] * 6)


@pytest.mark.parametrize("day", [[(480, 420)], [(480, 600), (540, 700)], [(1400, 1441)]])
def test_hours_out_of_order_are_refused(day: list[tuple[int, int]]):
    with pytest.raises(ValueError, match="weekday 0"):
        WorkCalendar.build(zone="Asia/Makassar", hours=[day, *[DAY] * 6])


START = datetime(2026, 2, 27, 16, 0, tzinfo=UTC)
HORIZON_DAYS = 45

spans = st.lists(st.integers(0, 1440), min_size=0, max_size=6, unique=True).map(
    lambda edges: list(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)
weeks = st.lists(spans, min_size=7, max_size=7).filter(any)
days_nearby = st.dates(date(2026, 2, 25), date(2026, 4, 10))
moments = st.integers(0, HORIZON_DAYS * 1440).map(lambda minutes: START + minutes * MINUTE)
pauses = st.lists(
    st.tuples(moments, st.integers(0, 3000)).map(
        lambda pause: (pause[0], pause[0] + pause[1] * MINUTE)
    ),
    max_size=3,
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    first = draw(days_nearby)
    return WorkCalendar.build(
        zone=draw(st.sampled_from(["Asia/Makassar", "Asia/Jakarta", "Asia/Jayapura"])),
        hours=draw(weeks),
        ramadan_hours=draw(st.none() | weeks),
        ramadan=[(first, first + timedelta(days=draw(st.integers(0, 29))))],
        holidays=dict.fromkeys(draw(st.lists(days_nearby, max_size=5)), "Libur"),
        extra_days=draw(st.lists(days_nearby, max_size=3)),
    )


def is_open_by_hand(calendar: WorkCalendar, moment: datetime) -> bool:
    local = moment.astimezone(calendar.zone)
    day = local.date()
    is_ramadan = any(first <= day <= last for first, last in calendar.ramadan)
    week = calendar.ramadan_hours if is_ramadan else calendar.hours
    hours = week[day.weekday()]
    if day in calendar.extra_days:
        hours = hours or next((other for other in week if other), ())
    elif day in calendar.holidays:
        hours = ()
    minute = local.hour * 60 + local.minute
    return any(begin <= minute < end for begin, end in hours)


def count_by_hand(
    calendar: WorkCalendar,
    start: datetime,
    end: datetime,
    pauses: list[tuple[datetime, datetime]],
) -> int:
    minutes = max(0, (end - start) // MINUTE)
    steps = (start + step * MINUTE for step in range(minutes))
    return sum(
        is_open_by_hand(calendar, moment)
        and not any(begin <= moment < until for begin, until in pauses)
        for moment in steps
    )


@settings(max_examples=40, deadline=None)
@given(calendars(), moments, st.integers(0, 6 * 1440), pauses)
def test_used_equals_the_plain_count_of_minutes(
    calendar: WorkCalendar,
    start: datetime,
    length: int,
    pauses: list[tuple[datetime, datetime]],
):
    end = start + length * MINUTE

    found = calendar.used(start, end, pauses)

    assert found == count_by_hand(calendar, start, end, pauses)


@settings(max_examples=200, deadline=None)
@given(calendars(), moments, st.integers(0, 3000), pauses)
def test_due_and_used_are_inverse(
    calendar: WorkCalendar,
    start: datetime,
    minutes: int,
    pauses: list[tuple[datetime, datetime]],
):
    due = calendar.due(start, minutes, pauses)

    assert calendar.used(start, due, pauses) == minutes
    assert calendar.used(start, due - MINUTE, pauses) == max(0, minutes - 1)


@settings(max_examples=200, deadline=None)
@given(calendars(), moments, moments, st.integers(0, 2000), st.integers(1, 2000))
def test_due_never_runs_backwards(
    calendar: WorkCalendar, start: datetime, later: datetime, minutes: int, more: int
):
    first, last = sorted((start, later))

    assert calendar.due(first, minutes) <= calendar.due(last, minutes)
    assert calendar.due(start, minutes) <= calendar.due(start, minutes + more)
    assert calendar.due(calendar.due(start, minutes), more) == calendar.due(start, minutes + more)
