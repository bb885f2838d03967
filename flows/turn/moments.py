"""Moments as people type them, in the office's own zone."""

import re
from datetime import date, datetime, time

from flows.turn.turn import Turn

DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:\s+(?:pukul\s+)?(\d{1,2})[.:](\d{2}))?")
TOMORROW = re.compile(
    r"\bbesok\s+(?:(?:pukul|jam)\s+)?(\d{1,2})(?:[.:](\d{2}))?(?!\d)", re.IGNORECASE
)


def read_target(turn: Turn, text: str) -> str | None:
    moment = read_moment(turn, text)
    return moment.isoformat() if moment is not None and moment > turn.now else None


def read_moment(turn: Turn, text: str) -> datetime | None:
    """ "26-11-2026 15.00", "besok 10.00" (of the next working day), in the office's own zone."""
    match, tomorrow = DAY.search(text), TOMORROW.search(text)
    try:
        if match:
            day, month, year, hour, minute = match.groups()
            clock = time(int(hour or 16), int(minute or 0))
            zone = turn.view.setting.calendar.zone
            return datetime.combine(date(int(year), int(month), int(day)), clock, zone)
        if tomorrow:
            clock = time(int(tomorrow[1]), int(tomorrow[2] or 0))
            return next_workday(turn, turn.now, clock)
    except ValueError:
        return None
    return None


def next_workday(turn: Turn, moment: datetime, clock: time) -> datetime:
    calendar = turn.view.setting.calendar
    return datetime.combine(calendar.workday_after(calendar.day_of(moment)), clock, calendar.zone)
