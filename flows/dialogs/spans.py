"""Spans of a day as people write them: "24-11-2026, 08.30-08.55, ruang bidang"."""

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from flows.dialogs.moments import (
    CLOCK,
    CLOCK_MARKS,
    DAY,
    Unreal,
    clock_of,
    read_clocks,
    read_days,
    unreal,
    unreal_args,
)
from flows.turn.turn import Turn

JOINS = r"(?:-|–|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga)"
HOURS = re.compile(rf"{CLOCK.pattern}\s*{JOINS}\s*(?P<last>.+)", re.IGNORECASE | re.DOTALL)
AROUND = re.compile(
    r"^(?:[\s,.;:()-]|(?:pada|tadi|tanggal|dari|mulai|wita|wib|wit|bertempat|di|hari)\b)+|[\s,;:(]+$",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """Aware office times, and the place as written."""

    begin: datetime
    end: datetime
    place: str

    @property
    def minutes(self) -> int:
        return int((self.end - self.begin).total_seconds()) // 60

    @property
    def text(self) -> str:
        hours = f"{self.begin:%d-%m-%Y}, {self.begin:%H.%M}-{self.end:%H.%M}"
        return f"{hours}, {self.place}" if self.place else hours


def read_span(turn: Turn, text: str) -> Span | None:
    """None unless one day (today if none is named) and two hours are written, which exist."""
    return _span(text, turn.day, turn.view.setting.calendar.zone)


# Each later question of the same dialog asks for it again.
@lru_cache(maxsize=64)
def _span(text: str, today: date, zone: tzinfo) -> Span | None:
    days, rest = read_days(text, today, is_past=True), DAY.sub(" ", text)
    first = HOURS.search(rest)
    if first is None or len(days) > 1:
        return None
    second = CLOCK.match(first["last"])
    if second is None:
        return None
    is_named = any(clock[mark] for clock in (first, second) for mark in CLOCK_MARKS)
    if not is_named or unreal(text, today):
        return None
    try:
        begin, end = clock_of(first), clock_of(second)
    except Unreal:
        return None
    told = rest[: first.start()], first["last"][second.end() :]
    day = days[0] if days else today
    place = " ".join(filter(None, (AROUND.sub("", AROUND.sub("", part)) for part in told)))
    return Span(datetime.combine(day, begin, zone), datetime.combine(day, end, zone), place)


def held_at(turn: Turn, text: str) -> str | None:
    """When and where a meeting was held, as understood, else as written; None if it has not ended,
    ends before it begins, or names a day or an hour that does not exist."""
    if unreal(text, turn.day):
        return None
    span = read_span(turn, text)
    if span is not None:
        return span.text if span.begin < span.end <= turn.now else None
    days = read_days(text, turn.day, is_past=True)
    if any(day > turn.day for day in days):
        return None
    is_today, now = not days or turn.day in days, turn.local(turn.now).time()
    return None if is_today and any(clock > now for clock in read_clocks(text)) else text


def not_held(turn: Turn, text: str) -> dict[str, Any]:
    """Why `held_at` gave None: what does not exist in it, or the day that is still to come."""
    days = read_days(text, turn.day, is_past=True)
    ahead = next((day.isoformat() for day in days if day > turn.day), None)
    return {**unreal_args(turn, text), "kini": turn.now.isoformat(), "belum": ahead}
