"""Parsing of typed moments, days and periods, in office time."""

import re
from datetime import date, datetime, time

from flows.office.period import Period
from flows.turn.turn import Turn

PERIODS_OFFERED = 4
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
PERIOD = re.compile(
    r"\b((?:TW|TRIWULAN)\s*-?\s*(IV|I{1,3}|[1-4]))\b(?:\D*?(?<!\d)((?:TAHUN\s*)?(\d{4}))(?!\d))?",
    re.IGNORECASE,
)
QUARTER = re.compile(r"\b(?:TW|TRIWULAN)\s*-?\s*([IVX]+|\d+)\b", re.IGNORECASE)
YEARLY = re.compile(r"\bTAHUN(?:AN)?\s*(\d{4})\b", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:\s+(?:pukul\s+)?(\d{1,2})[.:](\d{2}))?")
TOMORROW = re.compile(
    r"\bbesok\s+(?:(?:pukul|jam)\s+)?(\d{1,2})(?:[.:](\d{2}))?(?!\d)", re.IGNORECASE
)


def read_target(turn: Turn, text: str) -> str | None:
    moment = read_moment(turn, text)
    return moment.isoformat() if moment is not None and moment > turn.now else None


def read_moment(turn: Turn, text: str) -> datetime | None:
    """Reads "26-11-2026 15.00" or "besok 10.00" (the next working day), in office time."""
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


def read_day(text: str) -> date | None:
    """Reads "25-11-2026", also with dots, slashes or spaces."""
    found = DAY.search(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def read_day_from(first: date, text: str) -> str | None:
    """The day as ISO; None also before the first allowed."""
    day = read_day(text)
    return day.isoformat() if day is not None and day >= first else None


def read_period(text: str, today: datetime) -> Period | None:
    """Reads "TW III 2026", "tw 3" (of this year), "tahunan 2026"."""
    if quarter := PERIOD.search(text):
        return Period(int(quarter[4] or today.year), ROMAN[quarter[2].upper()])
    yearly = YEARLY.search(text)
    return Period(int(yearly[1]), 0) if yearly and not QUARTER.search(text) else None


def without_period(text: str) -> str:
    """The text without the words that `read_period` reads; what stands between them is left."""
    found, groups = PERIOD.search(text), (3, 1)
    if found is None:
        found, groups = YEARLY.search(text), (0, 0)
    if found is None:
        return text
    for group in dict.fromkeys(groups):
        if found[group] is not None:
            text = text[: found.start(group)] + " " + text[found.end(group) :]
    return text


def wrong_quarter(text: str) -> str:
    """A quarter that does not exist ("TW V"), as it was typed; empty if none is named."""
    named = (found[0] for found in QUARTER.finditer(text) if found[1].upper() not in ROMAN)
    return next(named, "")


def ended_periods(today: datetime) -> tuple[Period, ...]:
    """The quarters that have ended, the latest first."""
    quarter = Period(today.year, (today.month + 2) // 3)
    found = []
    for _ in range(PERIODS_OFFERED):
        quarter = quarter.former
        found.append(quarter)
    return tuple(found)
