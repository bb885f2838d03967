"""Limits of tugas: set, extended, paused, moved by an outage; all in working minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flows.deadlines.reminders import levels, next_moment
from flows.model.addresses import to_person
from flows.model.commands import Outage
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.office.calendar import MINUTE, WorkCalendar
from flows.turn.cards import refresh
from flows.turn.turn import Turn, bumped


def due_of(tugas: Tugas, calendar: WorkCalendar) -> datetime | None:
    """The limit in UTC; None without a standard, and during a pause."""
    if tugas.minutes is None or tugas.clock_from is None or tugas.blocked_at is not None:
        return None
    return calendar.due(tugas.clock_from, tugas.minutes, tugas.pauses)


def minutes_to(tugas: Tugas, calendar: WorkCalendar, moment: datetime) -> int:
    """Working minutes from the start of the tugas' clock to `moment`, rounded up.

    The clock must run: `clock_from` is set.
    """
    assert tugas.clock_from is not None
    minutes = calendar.used(tugas.clock_from, moment, tugas.pauses)
    short = moment - calendar.due(tugas.clock_from, minutes, tugas.pauses)
    return minutes + (timedelta() < short < MINUTE)


def redate(turn: Turn, tugas: Tugas, **changes: Any) -> Tugas:
    """Changes what the limit depends on; reminders before the new limit are due again."""
    calendar = turn.view.setting.calendar
    moved = bumped(tugas, grants=tugas.grants + 1, **changes)
    moved = moved._replace(due_at=due_of(moved, calendar))
    moved = moved._replace(reminded=still_said(turn, moved))
    again = next_moment(moved, turn.office, calendar)
    moved = moved._replace(next_at=None if moved.blocked_at else again)
    turn.perintah = turn.perintah.with_tugas(moved)
    return moved


def extend(turn: Turn, tugas: Tugas, minutes: int) -> Tugas:
    return redate(turn, tugas, minutes=(tugas.minutes or 0) + minutes)


def pause(turn: Turn, tugas: Tugas, since: datetime) -> Tugas:
    return redate(turn, tugas, blocked_at=since)


def resume(turn: Turn, tugas: Tugas) -> Tugas:
    if tugas.blocked_at is None:
        return tugas
    stretch = (tugas.blocked_at, max(turn.at, tugas.blocked_at))
    return redate(turn, tugas, blocked_at=None, pauses=(*tugas.pauses, stretch))


def skip_outage(turn: Turn, tugas: Tugas, begin: datetime, end: datetime) -> Tugas:
    """Takes the time of an outage out of the tugas' clock.

    The revision stays: presses made meanwhile are for the same request and still count.
    """
    start = max(begin, tugas.clock_from or begin)
    moved = redate(turn, tugas, pauses=(*tugas.pauses, (start, max(start, end))))
    moved = moved._replace(revision=tugas.revision)
    turn.perintah = turn.perintah.with_tugas(moved)
    return moved


def still_said(turn: Turn, tugas: Tugas) -> tuple[str, ...]:
    """Reminders not to be repeated: those at a share of the standard, and those past."""
    from_limit = _after(turn, tugas)
    return tuple(name for name in tugas.reminded if name.endswith("%") or name not in from_limit)


def _after(turn: Turn, tugas: Tugas) -> Sequence[str]:
    found = levels(tugas, turn.office, turn.view.setting.calendar)
    return [level.name for level in found if level.at > turn.now]


def is_moved(tugas: Tugas, begin: datetime, end: datetime) -> bool:
    """Whether the tugas' clock ran in that time and it was not late before."""
    if tugas.clock_from is None or tugas.blocked_at is not None or tugas.due_at is None:
        return False
    return begin < tugas.due_at and tugas.clock_from < end


def count_outage(turn: Turn, command: Outage) -> None:
    """Moves every running limit; each holder gets one silent message, however many he holds."""
    calendar = turn.view.setting.calendar
    minutes = calendar.used(command.begin, command.end)
    if not minutes:
        return
    told: dict[int, None] = {}
    for tugas in turn.perintah.open_tugas:
        if not is_moved(tugas, command.begin, command.end):
            continue
        skip_outage(turn, tugas, command.begin, command.end)
        refresh(turn, tugas)
        told.update(dict.fromkeys(person.id for person in turn.authority.holders(tugas)))
    turn.record("OutageCounted", minutes=minutes, begin=command.begin, end=command.end)
    args = {
        "menit": minutes,
        "mulai": command.begin.isoformat(),
        "akhir": command.end.isoformat(),
        "alasan": command.reason,
    }
    for person_id in told:
        key = f"gangguan:{command.begin.isoformat()}"
        turn.speech.say(Message("batas_bergeser", to_person(person_id), args, lane=3, unique=key))
