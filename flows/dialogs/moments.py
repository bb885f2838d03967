"""Parsing of typed moments, days and periods, in office time."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

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
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
AHEAD = {"kemarin": -1, "hari ini": 0, "besok": 1, "lusa": 2}
DAY = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})(?!\d)"
    # Without its year, unless the two numbers are hours ("jam 8-9", "2-3 sore") or a fraction.
    r"|(?<![\d.,:/-])(?<!jam )(?<!pukul )(?P<date>0?[1-9]|[12]\d|3[01])[-/](?P<mon>0?[1-9]|1[0-2])"
    r"(?![\d.,:/-]*\d)(?!\s*(?:pagi|siang|sore|malam|wita|wib|wit|menit|jam|hari)\b)"
    r"|(?P<of>\d{1,2})\s+(?P<name>jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?"
    r"|agu(?:stus)?|sep(?:tember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b"
    r"(?:\s+(?P<in>\d{4}))?)"
    r"|\b(?P<word>kemarin|hari\s+ini|besok|lusa)\b"
    r"|\b(?:hari\s+)?(?P<weekday>senin|selasa|rabu|kamis|jum['’]?at|sabtu"
    r"|minggu(?!\s+(?:ini|depan|lalu)))\b(?P<next>\s+depan)?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?:(?<!\d )(?<!\d)(?P<said>\bjam|\bpukul)\s*)?(?P<half>\bsetengah\s+)?"
    r"(?<![\d.,])(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?![\d%])"
    r"(?:\s*(?P<part>pagi|siang|sore|malam)\b)?(?!\s*(?:menit|jam|hari)\b)",
    re.IGNORECASE,
)
CLOCK_MARKS = ("said", "half", "minute", "part")
UNREAD = re.compile(r"\b(?:jam|pukul|setengah)\b", re.IGNORECASE)
EVENING = time(16)


class Unreal(ValueError):
    """A day or hour that does not exist (`jenis`: tanggal, jam), or a date beside a weekday that
    is not its own (hari; `day` is the date)."""

    def __init__(self, jenis: str, words: str, day: date | None = None) -> None:
        super().__init__(words)
        self.jenis, self.words, self.day = jenis, words.strip(), day


def unreal(text: str, today: date) -> dict[str, Any]:
    """What the refusal of a typed day or hour says of it; empty if all named in it exist."""
    try:
        _days(today, text, is_past=False)
        read_clocks(text)
    except Unreal as fault:
        day = fault.day.isoformat() if fault.day else None
        return {"jenis": fault.jenis, "tertulis": fault.words, "tanggal": day}
    return {}


def unreal_args(turn: Turn, text: str) -> dict[str, Any]:
    """`unreal`, as the argument of the texts that refuse a day or an hour."""
    return {"salah": unreal(text, turn.day)}


def read_target(turn: Turn, text: str) -> str | None:
    moment = read_moment(turn, text)
    return moment.isoformat() if moment is not None and moment > turn.now else None


def read_moment(turn: Turn, text: str, is_past: bool = False) -> datetime | None:
    """One moment in office time: "26-11-2026 15.00", "Jumat jam 3 sore", "besok" (the next working
    day; without an hour its end). Two days or two hours are no moment."""
    calendar = turn.view.setting.calendar
    try:
        days, clocks = _days(turn.day, text, is_past, calendar.workday_after), read_clocks(text)
    except ValueError:
        return None
    if len(days) > 1 or len(clocks) > 1 or not (days or clocks):
        return None
    day = days[0] if days else turn.day
    if clocks:
        return datetime.combine(day, clocks[0], calendar.zone)
    if UNREAD.search(text):
        return None
    return calendar.closing(day) or datetime.combine(day, EVENING, calendar.zone)


def read_clocks(text: str) -> tuple[time, ...]:
    """The hours named; Unreal for one that does not exist."""
    rest = DAY.sub(" ", text)
    bare = re.fullmatch(r"\s*\d{1,2}\s*", rest) if DAY.search(text) else None
    named = (c for c in CLOCK.finditer(rest) if bare or any(c[mark] for mark in CLOCK_MARKS))
    return tuple(clock_of(found) for found in named)


def clock_of(found: re.Match[str]) -> time:
    """ "jam 3" is three in the afternoon, "03.00" is at night, "setengah 3" is 14.30."""
    try:
        return _clock(found)
    except ValueError:
        raise Unreal("jam", found[0]) from None


def _clock(found: re.Match[str]) -> time:
    hour, part = int(found["hour"]), (found["part"] or "").casefold()
    is_later = {
        "": len(found["hour"]) == 1 and 1 <= hour <= 5,
        "pagi": False,
        "siang": 1 <= hour <= 4,
        "sore": 1 <= hour <= 7,
        "malam": 6 <= hour <= 11,
    }[part]
    hour += 12 if is_later else 0
    if not found["half"]:
        return time(hour, int(found["minute"] or 0))
    if found["minute"]:
        raise ValueError(found[0])
    return time(hour - 1, 30)


def next_workday(turn: Turn, moment: datetime, clock: time) -> datetime:
    calendar = turn.view.setting.calendar
    return datetime.combine(calendar.workday_after(calendar.day_of(moment)), clock, calendar.zone)


def read_days(text: str, today: date, is_past: bool = False) -> tuple[date, ...]:
    """The days named, in their order: "25-11-2026", "25 November", "besok", "Jumat"; a weekday is
    the next of that name (or the last, `is_past`), today included."""
    try:
        return _days(today, text, is_past)
    except ValueError:
        return ()


def read_day_from(first: date, text: str, today: date) -> str | None:
    """The day as ISO; None also for several days, one before the first allowed, or an hour that
    does not exist."""
    days = () if unreal(text, today) else read_days(text, today)
    return days[0].isoformat() if len(days) == 1 and days[0] >= first else None


def read_days_from(first: date, text: str, today: date) -> str | None:
    """As `read_day_from`; a range as its first and last day, "2026-11-25/2026-11-27"."""
    days = () if unreal(text, today) else read_days(text, today)
    is_range = len(days) in (1, 2) and first <= days[0] <= days[-1]
    return "/".join(day.isoformat() for day in days) if is_range else None


def _days(
    today: date, text: str, is_past: bool, workday_after: Callable[[date], date] | None = None
) -> tuple[date, ...]:
    """Unreal for a day that does not exist, or that is not the weekday written before it."""
    found: list[date] = []
    named: re.Match[str] | None = None
    for match in DAY.finditer(text):
        try:
            day = _day(today, match, is_past, workday_after)
        except ValueError:
            raise Unreal("tanggal", match[0]) from None
        is_beside = named is not None and not text[named.end() : match.start()].strip(" ,")
        if is_beside and named is not None and not match["weekday"]:
            if _weekday(named) != day.weekday():
                raise Unreal("hari", text[named.start() : named.end()], day)
            found.pop()
        found.append(day)
        named = match if match["weekday"] else None
    return tuple(dict.fromkeys(found))


def _day(
    today: date,
    match: re.Match[str],
    is_past: bool,
    workday_after: Callable[[date], date] | None,
) -> date:
    if match["day"]:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["of"]:
        month, day = MONTHS.index(match["name"][:3].casefold()) + 1, int(match["of"])
        if match["in"]:
            return date(int(match["in"]), month, day)
        return _nearest(today, month, day)
    if match["date"]:
        return _nearest(today, int(match["mon"]), int(match["date"]))
    if match["weekday"]:
        if match["next"]:
            return today + timedelta(days=7 - today.weekday() + _weekday(match))
        ahead = (_weekday(match) - today.weekday()) % 7
        return today + timedelta(days=ahead - 7 if is_past and ahead else ahead)
    ahead = AHEAD[" ".join(match["word"].casefold().split())]
    if workday_after is None or ahead < 1:
        return today + timedelta(days=ahead)
    for _ in range(ahead):
        today = workday_after(today)
    return today


def _nearest(today: date, month: int, day: int) -> date:
    """The day of this name nearest to today; ValueError if none is within a year."""
    return min(_within_a_year(today, month, day), key=lambda found: abs(found - today))


def _within_a_year(today: date, month: int, day: int) -> Iterator[date]:
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            yield date(year, month, day)


def _weekday(match: re.Match[str]) -> int:
    return WEEKDAYS.index(re.sub("['’]", "", match["weekday"].casefold()))


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
