"""The working clock: due moments and used working minutes in the office's hours."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Self
from zoneinfo import ZoneInfo

ZONE_NAMES = ("WIB", "WITA", "WIT")
# As papers write a date.
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MINUTES_A_DAY = 1440
HORIZON = 400
DAYS_A_WEEK = 7

# Minutes since midnight, half-open and in order; a week is seven of them, Monday first.
Hours = tuple[tuple[int, int], ...]
Week = tuple[Hours, ...]
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Office hours, Ramadan hours, holidays and extra working days of one zone.

    Moments go in and come out as aware UTC datetimes; stretches are half-open [start, end), but
    a due moment that falls on closing time stays on that day. `pauses` do not count.
    """

    zone: ZoneInfo
    hours: Week
    ramadan_hours: Week
    ramadan: tuple[tuple[date, date], ...]
    holidays: Mapping[date, str]
    extra_days: frozenset[date]
    _days: dict[date, tuple[Stretch, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def build(
        cls,
        *,
        zone: str,
        hours: Sequence[Sequence[tuple[int, int]]],
        ramadan_hours: Sequence[Sequence[tuple[int, int]]] | None = None,
        ramadan: Iterable[tuple[date, date]] = (),
        holidays: Mapping[date, str] | None = None,
        extra_days: Iterable[date] = (),
    ) -> Self:
        """`hours` holds seven days, Monday first, in minutes since midnight.

        Without Ramadan hours the ordinary ones hold all year.
        """
        week = _week(hours)
        if not any(week):
            raise ValueError("the calendar has no working day: every day of the week is closed")
        return cls(
            zone=ZoneInfo(zone),
            hours=week,
            ramadan_hours=_week(ramadan_hours) if ramadan_hours else week,
            ramadan=tuple(sorted(ramadan)),
            holidays=dict(holidays or {}),
            extra_days=frozenset(extra_days),
        )

    @property
    def version(self) -> str:
        """Eight hex digits that change with anything a due moment depends on."""
        days = sorted(self.holidays), sorted(self.extra_days)
        content = (self.zone.key, self.hours, self.ramadan_hours, self.ramadan, *days)
        return hashlib.sha256(repr(content).encode()).hexdigest()[:8]

    def due(self, start: datetime, minutes: int, pauses: Sequence[Stretch] = ()) -> datetime:
        """The moment at which `minutes` working minutes since `start` are used up."""
        if minutes < 0:
            raise ValueError(f"working minutes must not be negative: {minutes!r}")
        rest = minutes * MINUTE
        for begin, end in self._stretches_from(start, pauses):
            if rest <= end - begin:
                return begin + rest
            rest -= end - begin
        raise ValueError(f"no working day within {HORIZON} days after {start:%d-%m-%Y}")

    def used(self, start: datetime, end: datetime, pauses: Sequence[Stretch] = ()) -> int:
        """Whole working minutes from `start` to `end`; 0 when `end` is not after `start`."""
        total = timedelta()
        for begin, close in self._stretches_from(start, pauses):
            if begin >= end:
                break
            total += min(close, end) - begin
        return total // MINUTE

    def is_open(self, moment: datetime) -> bool:
        return any(begin <= moment < end for begin, end in self.stretches(self.day_of(moment)))

    def next_opening(self, moment: datetime) -> datetime:
        """The first open moment from `moment` on: `moment` itself while the office is open."""
        return self.due(moment, 0)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def opening(self, day: date) -> datetime | None:
        """When the office opens on that day; None on a day off."""
        stretches = self.stretches(day)
        return stretches[0][0] if stretches else None

    def closing(self, day: date) -> datetime | None:
        """When the office closes on that day; None on a day off."""
        stretches = self.stretches(day)
        return stretches[-1][1] if stretches else None

    def is_workday(self, day: date) -> bool:
        return bool(self.stretches(day))

    def workday_after(self, day: date) -> date:
        for ahead in range(1, HORIZON + 1):
            if self.stretches(day + ahead * DAY):
                return day + ahead * DAY
        raise ValueError(f"no working day within {HORIZON} days after {day:%d-%m-%Y}")

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The open stretches of a local day, as UTC moments."""
        known = self._days.get(day)
        if known is None:
            known = tuple(
                (self._moment(day, begin), self._moment(day, end))
                for begin, end in self._hours_on(day)
            )
            self._days[day] = known
        return known

    def _hours_on(self, day: date) -> Hours:
        is_ramadan = any(first <= day <= last for first, last in self.ramadan)
        week = self.ramadan_hours if is_ramadan else self.hours
        if day in self.extra_days:
            # A Saturday worked in exchange has no hours of its own: it takes an ordinary day's.
            return week[day.weekday()] or next((hours for hours in week if hours), ())
        return () if day in self.holidays else week[day.weekday()]

    def _moment(self, day: date, minute: int) -> datetime:
        local = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return (local + minute * MINUTE).astimezone(UTC)

    def _stretches_from(self, start: datetime, pauses: Sequence[Stretch]) -> Iterator[Stretch]:
        """Open stretches from `start` on; ends when a whole horizon of days is closed."""
        if start.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {start!r}")
        merged = _merged(pauses)
        day = self.day_of(start)
        closed_days = 0
        while closed_days < HORIZON:
            stretches = self.stretches(day)
            closed_days = 0 if stretches else closed_days + 1
            for begin, end in stretches:
                if end > start:
                    yield from _without(merged, max(begin, start), end)
            day += DAY


def zone_name(local: datetime) -> str:
    """WIB, WITA or WIT of a moment in its own zone; no other zone is named."""
    name = local.tzname() or ""
    return name if name in ZONE_NAMES else ""


def _week(hours: Sequence[Sequence[tuple[int, int]]]) -> Week:
    if len(hours) != DAYS_A_WEEK:
        raise ValueError(f"a week has seven days, not {len(hours)}")
    week = tuple(tuple(day) for day in hours)
    for weekday, day in enumerate(week):
        edges = [edge for span in day for edge in span]
        is_rising = all(earlier < later for earlier, later in pairwise(edges))
        if not is_rising or any(not 0 <= edge <= MINUTES_A_DAY for edge in edges):
            raise ValueError(f"hours of weekday {weekday} overlap, run backwards or leave the day")
    return week


def _merged(pauses: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for begin, end in sorted(pauses):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif begin < end:
            merged.append((begin, end))
    return merged


def _without(pauses: Sequence[Stretch], begin: datetime, end: datetime) -> Iterator[Stretch]:
    for pause_begin, pause_end in pauses:
        if pause_begin >= end:
            break
        if pause_end <= begin:
            continue
        if pause_begin > begin:
            yield begin, pause_begin
        begin = pause_end
    if begin < end:
        yield begin, end
