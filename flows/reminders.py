"""Which words are owed at a moment: the end of a limit to the holder, then to his superiors.

A pure function of the tugas, the calendar and what was said before; each level of a round is
said once, only in working time, and after an outage only the highest one owed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.cards import person_args, post_name, task_args
from flows.course import LIVE
from flows.messages import Message
from flows.office import Office
from flows.people import Post
from flows.perintah import Tugas
from flows.turn import Turn, task_button
from flows.worktime import WorkCalendar

SHORT = 60
END, FIRST, SECOND, RECEIPT = "habis", "atasan1", "atasan2", "tanda_terima"


@dataclass(frozen=True, slots=True)
class Level:
    """A word owed from `at` on."""

    name: str
    at: datetime


def levels(tugas: Tugas, office: Office, calendar: WorkCalendar) -> tuple[Level, ...]:
    """Every word this tugas may ever cause, soonest first.

    A standard under an hour never escalates (it would only spam); a tugas without a standard is
    reminded of once, after the receipt's minutes.
    """
    late = office.lewat_batas
    if tugas.due_at is None:
        if tugas.next_at is None:
            return ()
        return (Level(RECEIPT, calendar.due(tugas.opened_at, office.receipt_minutes)),)
    found = [Level(END, calendar.due(tugas.due_at, late.ke_pelaku))]
    if (tugas.minutes or 0) >= SHORT:
        found.append(Level(FIRST, calendar.due(tugas.due_at, late.eskalasi_1)))
        found.append(Level(SECOND, calendar.due(tugas.due_at, late.eskalasi_2)))
    return tuple(found)


def next_moment(tugas: Tugas, office: Office, calendar: WorkCalendar) -> datetime | None:
    """When the next word is owed; None when there is none left."""
    open_levels = [lv for lv in levels(tugas, office, calendar) if lv.name not in tugas.reminded]
    return min((level.at for level in open_levels), default=None)


def owed(tugas: Tugas, office: Office, calendar: WorkCalendar, now: datetime) -> tuple[str, ...]:
    """The levels whose moment has come and that were not said yet."""
    if not tugas.is_open or not calendar.is_open(now):
        return ()
    return tuple(
        level.name
        for level in levels(tugas, office, calendar)
        if level.at <= now and level.name not in tugas.reminded
    )


def remind(turn: Turn) -> None:
    """Says what this perintah owes now, and when to look again."""
    calendar = turn.view.setting.calendar
    for tugas in turn.perintah.open_tugas:
        due = owed(tugas, turn.office, calendar, turn.now)
        if due:
            _say(turn, tugas, due[-1])
            said = replace(tugas, reminded=(*tugas.reminded, *due))
            again = next_moment(said, turn.office, calendar)
            turn.perintah = turn.perintah.with_tugas(replace(said, next_at=again))
            turn.record("ReminderSent", tugas, level=due[-1])
        elif tugas.next_at is not None and tugas.next_at <= turn.now:
            opening = calendar.next_opening(turn.now)
            turn.perintah = turn.perintah.with_tugas(replace(tugas, next_at=opening))


def settle_clock(turn: Turn) -> None:
    """Every tugas opened in this turn learns when its first word is owed."""
    calendar = turn.view.setting.calendar
    for opened in turn.opened:
        tugas = turn.perintah.task(opened.ref)
        if tugas is not None and tugas.state in LIVE and tugas.due_at is not None:
            first = next_moment(tugas, turn.office, calendar)
            turn.perintah = turn.perintah.with_tugas(replace(tugas, next_at=first))


def _say(turn: Turn, tugas: Tugas, level: str) -> None:
    late = 0
    if tugas.due_at is not None:
        late = turn.view.setting.calendar.used(tugas.due_at, turn.now)
    args = {**task_args(turn, tugas), "lewat": late, "pemegang": post_name(turn, tugas)}
    if level in (END, RECEIPT):
        for person in turn.holders(tugas):
            words = {**args, "yth": post_name(turn, tugas, person)}
            key = "lewat_batas" if level == END else "tanda_terima_ditunggu"
            turn.say(_word(tugas, level, person.id, key, words))
        return
    superior = turn.office.superior(turn.post(tugas))
    if superior is not None and level == SECOND:
        superior = turn.office.superior(superior)
    if superior is None:
        return
    for person in turn.office.holders(turn.view.roster, superior, turn.day):
        words = {**args, "yth": _addressee(turn, superior, person.id)}
        turn.say(_word(tugas, level, person.id, "eskalasi", words))


def _word(tugas: Tugas, level: str, person_id: int, key: str, args: dict[str, Any]) -> Message:
    is_own = level in (END, RECEIPT)
    return Message(
        key=key,
        to=f"p{person_id}",
        args=args,
        rows=((task_button(tugas, "buka_tugas", "buka"),),) if is_own else (),
        is_ring=True,
        lane=2,
        slot=f"ingat:{tugas.ref}:{level}:p{person_id}",
        about=tugas.ref,
        unique=f"pengingat:{tugas.ref}:r{tugas.round}:{level}",
    )


def _addressee(turn: Turn, post: Post, person_id: int) -> dict[str, Any]:
    role = turn.office.role(post.role)
    person = person_args(turn, person_id)
    return {**person, "peran": role.label, "unit": post.unit, "jenis": "", "bernama": False}
