"""The section jam_kerja of kantor.yaml: office hours, Ramadan hours, own days off."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

DAYS = ("sen", "sel", "rab", "kam", "jum", "sab", "min")
HOURS = re.compile(r"([01][0-9]|2[0-4])[.:]([0-5][0-9])")

Interval = tuple[int, int]
Week = tuple[tuple[Interval, ...], ...]


def clock_minute(value: Any) -> int:
    """Minutes since midnight of a clock time such as "07.30"."""
    found = HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'{value!r} is no clock time; write it like "07.30", in quotes')
    minute = int(found[1]) * 60 + int(found[2])
    if minute > 24 * 60:
        raise ValueError(f"{value!r} is later than 24.00")
    return minute


def _interval(value: Any) -> Interval:
    start, dash, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise ValueError(f'{value!r} is no time range; write it like "07.30-12.00", in quotes')
    minutes = clock_minute(start.strip()), clock_minute(end.strip())
    if minutes[0] >= minutes[1]:
        raise ValueError(f"{value!r}: the end must be later than the start")
    return minutes


def _in_order(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    ordered = tuple(sorted(intervals))
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise ValueError(f"{_words(before)} and {_words(after)} overlap")
    return ordered


def _days(value: Any) -> Any:
    first, dash, last = value.partition("-") if isinstance(value, str) else ("", "", "")
    last = last if dash else first
    if first not in DAYS or last not in DAYS or DAYS.index(first) > DAYS.index(last):
        raise ValueError(f"{value!r} is no day or range of days ({', '.join(DAYS)}, sen-kam)")
    return value


def _period(dates: tuple[date, date]) -> tuple[date, date]:
    if dates[0] > dates[1]:
        raise ValueError(f"ends ({dates[1]}) before it starts ({dates[0]})")
    return dates


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"{value!r} is no time zone; an example: Asia/Makassar") from error
    return value


Minute = Annotated[int, BeforeValidator(clock_minute)]
Intervals = Annotated[
    tuple[Annotated[Interval, BeforeValidator(_interval)], ...], AfterValidator(_in_order)
]
WeekText = dict[Annotated[str, BeforeValidator(_days)], Intervals]


class Part(BaseModel):
    """A section of kantor.yaml, or a part of one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OwnDay(Part):
    """A holiday or a working day of the office's own, and what it rests on."""

    tanggal: date
    nama: str
    dasar: str | None = None


class JamKerja(Part):
    zona: Annotated[str, AfterValidator(_zone)]
    biasa: WeekText
    ramadan: WeekText = Field(default_factory=dict)
    periode_ramadan: tuple[Annotated[tuple[date, date], AfterValidator(_period)], ...] = ()
    cuti_bersama_libur: StrictBool = True
    libur_tambahan: tuple[OwnDay, ...] = ()
    hari_kerja_tambahan: tuple[OwnDay, ...] = ()

    @property
    def ordinary_day(self) -> int:
        """The working minutes that most days of the week have, outside Ramadan."""
        days = (sum(end - start for start, end in day) for day in week_of(self.biasa))
        lengths = Counter(length for length in days if length)
        return lengths.most_common(1)[0][0] if lengths else 24 * 60

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Contradictions within the section, each with its place."""
        yield from _doubled_days("biasa", self.biasa)
        yield from _doubled_days("ramadan", self.ramadan)
        if not any(self.biasa.values()):
            yield "biasa", "names no working hour at all"
        if self.periode_ramadan and not any(self.ramadan.values()):
            yield "ramadan", "names no working hour, but periode_ramadan names a period"
        yield from _overlapping_periods(self.periode_ramadan)
        holidays = {day.tanggal for day in self.libur_tambahan}
        for index, day in enumerate(self.hari_kerja_tambahan):
            if day.tanggal in holidays:
                place = f"hari_kerja_tambahan[{index}].tanggal"
                yield place, f"{day.tanggal} stands in libur_tambahan too"


def week_of(text: Mapping[str, tuple[Interval, ...]]) -> Week:
    """Seven days, Monday first."""
    named = {day: hours for days, hours in text.items() for day in days_of(days)}
    return tuple(named.get(day, ()) for day in range(7))


def days_of(days: str) -> range:
    first, dash, last = days.partition("-")
    return range(DAYS.index(first), DAYS.index(last if dash else first) + 1)


def _doubled_days(
    place: str, text: Mapping[str, tuple[Interval, ...]]
) -> Iterator[tuple[str, str]]:
    seen: dict[int, str] = {}
    for days in text:
        doubled = [DAYS[day] for day in days_of(days) if day in seen]
        if doubled:
            yield f"{place}.{days}", f"{', '.join(doubled)} stands in another line too"
        seen.update(dict.fromkeys(days_of(days), days))


def _overlapping_periods(periods: tuple[tuple[date, date], ...]) -> Iterator[tuple[str, str]]:
    for index, (start, _) in enumerate(periods):
        if any(other[0] <= start <= other[1] for other in periods[:index]):
            yield f"periode_ramadan[{index}]", f"overlaps another period (it starts {start})"


def _words(interval: Interval) -> str:
    start, end = interval
    return f"{start // 60:02d}.{start % 60:02d}-{end // 60:02d}.{end % 60:02d}"
