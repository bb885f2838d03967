"""What a tick does to an open tugas: reminders before its limit, at it, and to the superiors;
and the handover of its messages when the holder of its post has changed.

A pure function of the tugas, the calendar and the reminders sent; each level of a round is sent
once, only in working time. Of several due at once before the limit only the last is sent; no
superior is told before the holder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.deadlines.late import FIRST, SECOND, Late, settle_superiors, tell_superiors
from flows.detours.undo import close_windows
from flows.model.addresses import is_slot, person_of, slot_name, to_person
from flows.model.conversation import Slot
from flows.model.messages import Message, Rows
from flows.model.perintah import Tugas
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Office
from flows.turn.cards import card_of, post_name, send, task_args
from flows.turn.transitions import LIVE
from flows.turn.turn import Turn, task_button
from flows.turn.undo_window import window_end

SHORT = 60
END, RECEIPT = "habis", "tanda_terima"


@dataclass(frozen=True, slots=True)
class Level:
    """A reminder due from `at` (UTC) on."""

    name: str
    at: datetime


def levels(tugas: Tugas, office: Office, calendar: WorkCalendar) -> tuple[Level, ...]:
    """All reminders this tugas can cause, soonest first.

    A standard under an hour never escalates (it would only spam): it joins the digests. A tugas
    without a standard is reminded of once, after the receipt's minutes.
    """
    late = office.lewat_batas
    if tugas.blocked_at is not None:
        return ()
    if tugas.due_at is None:
        if tugas.next_at is None:
            return ()
        return (Level(RECEIPT, calendar.due(tugas.opened_at, late.tanda_terima)),)
    found = [*_before(tugas, office, calendar)]
    found.append(Level(END, calendar.due(tugas.due_at, late.ke_pelaku)))
    if (tugas.minutes or 0) >= SHORT:
        found.append(Level(FIRST, calendar.due(tugas.due_at, late.eskalasi_1)))
        found.append(Level(SECOND, calendar.due(tugas.due_at, late.eskalasi_2)))
    return tuple(found)


def next_moment(tugas: Tugas, office: Office, calendar: WorkCalendar) -> datetime | None:
    """When the next reminder is due, in UTC; None when none is left."""
    open_levels = [lv for lv in levels(tugas, office, calendar) if lv.name not in tugas.reminded]
    return min((level.at for level in open_levels), default=None)


def owed(tugas: Tugas, office: Office, calendar: WorkCalendar, now: datetime) -> tuple[str, ...]:
    """The levels due now and not sent yet; none out of working time."""
    if not tugas.is_open or not calendar.is_open(now):
        return ()
    return tuple(
        level.name
        for level in levels(tugas, office, calendar)
        if level.at <= now and level.name not in tugas.reminded
    )


def remind(turn: Turn) -> None:
    """Sends the reminders due in this perintah, and sets the time of the next look."""
    calendar = turn.view.setting.calendar
    close_windows(turn)
    late: list[Late] = []
    waiting: list[Tugas] = []
    for tugas in turn.perintah.open_tugas:
        if tugas.next_at is None or tugas.next_at > turn.now:
            continue
        tugas = _recounted(turn, tugas)
        due = owed(tugas, turn.office, calendar, turn.now)
        said = tugas._replace(reminded=(*tugas.reminded, *due))
        again = next_moment(said, turn.office, calendar)
        if again is not None and again <= turn.now:
            again = calendar.next_opening(turn.now)
        turn.perintah = turn.perintah.with_tugas(said._replace(next_at=again))
        if calendar.is_open(turn.now):
            settle_holders(turn, tugas)
        for level in _said_of(due):
            if level in (FIRST, SECOND):
                late.append((said, level))
            elif level == RECEIPT:
                waiting.append(said)
            else:
                _say(turn, tugas, level)
            turn.record("ReminderSent", tugas, level=level)
    _say_waiting(turn, waiting)
    tell_superiors(turn, late)
    if calendar.is_open(turn.now):
        settle_superiors(turn)


def _said_of(due: tuple[str, ...]) -> tuple[str, ...]:
    """Of the levels due at once those that are sent, the holder's first."""
    above = tuple(level for level in due if level in (FIRST, SECOND))
    own = tuple(level for level in due if level not in above)
    return (*own[-1:], *above)


def _recounted(turn: Turn, tugas: Tugas) -> Tugas:
    """A changed calendar moves running limits only where the admin has said so."""
    calendar = turn.view.setting.calendar
    is_timed = tugas.minutes is not None and tugas.clock_from is not None
    if turn.view.recount != calendar.version or not is_timed or tugas.blocked_at is not None:
        return tugas
    due = calendar.due(tugas.clock_from or turn.now, tugas.minutes or 0, tugas.pauses)
    if due == tugas.due_at:
        return tugas
    moved = tugas._replace(due_at=due, grants=tugas.grants + 1)
    turn.perintah = turn.perintah.with_tugas(moved)
    turn.record("LimitsRecomputed", moved)
    return moved


def settle_clock(turn: Turn) -> None:
    """Sets the time of the first reminder on every tugas opened in this turn."""
    calendar = turn.view.setting.calendar
    ends = window_end(turn)
    if ends is not None and not turn.opened:
        _look_again(turn, ends)
    for opened in turn.opened:
        tugas = turn.perintah.task(opened.ref)
        if tugas is None or tugas.state not in LIVE:
            continue
        first = tugas.next_at
        if tugas.due_at is not None:
            first = next_moment(tugas, turn.office, calendar)
        if ends is not None:
            first = min(first or ends, ends)
        turn.perintah = turn.perintah.with_tugas(tugas._replace(next_at=first))


def _look_again(turn: Turn, moment: datetime) -> None:
    """Sets the time on any open tugas: a turn that opened none has no tugas of its own."""
    tugas = next(iter(turn.perintah.open_tugas), None)
    if tugas is not None and (tugas.next_at is None or tugas.next_at > moment):
        turn.perintah = turn.perintah.with_tugas(tugas._replace(next_at=moment))


def reminder_key(tugas: Tugas, level: str) -> str:
    """The key that sends a reminder once per round and per change of the limit."""
    moved = f"+{tugas.grants}" if tugas.grants else ""
    return f"pengingat:{tugas.ref}:r{tugas.round}:{level}{moved}"


def _before(tugas: Tugas, office: Office, calendar: WorkCalendar) -> list[Level]:
    if tugas.minutes is None or tugas.clock_from is None:
        return []
    moments = office.reminders(tugas.minutes)
    return [
        Level(m.level, calendar.due(tugas.clock_from, m.minute, tugas.pauses)) for m in moments
    ]


def _say_waiting(turn: Turn, waiting: list[Tugas]) -> None:
    """Reminds of what waits for a receipt. Where all units stand in one message, one reminder
    names all that wait there, also those whose own would come minutes later."""
    said: set[str] = set()
    for tugas in waiting:
        if tugas.ref in said:
            continue
        both = [each for each in _beside(turn, tugas) if each.ref not in said]
        for each in both:
            said.add(each.ref)
            if RECEIPT not in each.reminded:
                reminded = each._replace(reminded=(*each.reminded, RECEIPT))
                turn.perintah = turn.perintah.with_tugas(reminded)
                turn.record("ReminderSent", reminded, level=RECEIPT)
        _say(turn, tugas, RECEIPT, [each.unit for each in both if each.unit])


def _beside(turn: Turn, tugas: Tugas) -> list[Tugas]:
    """The open tugas of all units with which this one shares its message, or itself alone."""
    holder = next(iter(turn.authority.holders(tugas)), None)
    if holder is None or not card_of(turn, tugas, holder).slot:
        return [tugas]
    return [each for each in turn.perintah.open_tugas if each.act == tugas.act]


def _say(turn: Turn, tugas: Tugas, level: str, units: Sequence[str] = ()) -> None:
    late = left = 0
    if tugas.due_at is not None:
        late = turn.view.setting.calendar.used(tugas.due_at, turn.now)
        left = turn.view.setting.calendar.used(turn.now, tugas.due_at)
    args = {
        **task_args(turn, tugas),
        "lewat": late,
        "sisa": left,
        "kendala": tugas.hindrance,
        "pemegang": post_name(turn, tugas),
        "menunggu": list(units),
    }
    keys = {END: "lewat_batas", RECEIPT: "tanda_terima_ditunggu"}
    for person in turn.authority.holders(tugas):
        words = {**args, "yth": post_name(turn, tugas, person)}
        withdraw_earlier(turn, tugas, person.id)
        turn.speech.say(_word(turn, tugas, level, person.id, keys.get(level, "pengingat"), words))


def _word(
    turn: Turn, tugas: Tugas, level: str, person_id: int, key: str, args: dict[str, Any]
) -> Message:
    return Message(
        key=key,
        to=to_person(person_id),
        args=args,
        rows=_rows(tugas, level),
        is_ring=not level.endswith("%"),
        lane=2,
        slot=slot_name("ingat", tugas.ref, f"{level}{tugas.grants or ''}", to_person(person_id)),
        about=tugas.ref,
        unique=reminder_key(tugas, level),
        reply_to=_task_message(turn, tugas, person_id),
    )


def _rows(tugas: Tugas, level: str) -> Rows:
    """The holder's buttons."""
    look = task_button(tugas, "buka_tugas", "buka")
    if level == RECEIPT:
        return ((look,),)
    blocked = task_button(tugas, "saya_terkendala", "kendala")
    if level == END:
        return ((look,), (blocked,))
    return ((look,), (task_button(tugas, "minta_perpanjangan", "panjang"),), (blocked,))


def withdraw_earlier(turn: Turn, tugas: Tugas, person_id: int) -> None:
    """Removes the earlier reminder of the tugas in a chat, unless it is an open question."""
    for slot in turn.view.slots:
        is_earlier = is_slot(slot.name, "ingat", tugas.ref) and person_of(slot.to) == person_id
        if is_earlier and not slot.is_asking:
            turn.speech.remove_message(slot.name)


def _task_message(turn: Turn, tugas: Tugas, person_id: int) -> int | None:
    """The task message that the reminder replies to, so that a tap leads there."""
    standing = (
        slot.message_id
        for slot in turn.view.slots
        if slot.about == tugas.ref
        and person_of(slot.to) == person_id
        and not is_slot(slot.name, "ingat")
    )
    return next((message_id for message_id in standing if message_id), None)


def settle_holders(turn: Turn, tugas: Tugas) -> None:
    """Compares the readers of each task message with today's holders of its post."""
    current = turn.perintah.task(tugas.ref)
    if current is None or not current.is_open or current.person_id is not None:
        return
    shown = _readers(turn, tugas)
    holders = {to_person(p.id): p for p in turn.authority.holders(tugas)}
    acting = _alternates(turn, tugas)
    left = [slot for slot in shown if slot.to not in holders and slot.to not in acting]
    arrived = [p for to, p in holders.items() if to not in {slot.to for slot in shown}]
    # Not shown to anybody yet, no holder, or no change of holders.
    if not shown or not holders or not (left or arrived):
        return
    heirs = arrived or list(holders.values())
    for slot in left:
        if not is_slot(slot.name, "papan"):
            words = {"kepada": post_name(turn, tugas, heirs[0]), "saat": turn.now.isoformat()}
            args = {**task_args(turn, tugas), **words}
            turn.speech.say(Message("dialihkan", slot.to, args, slot=slot.name))
    for person in arrived:
        card, reason = card_of(turn, current, person), f"alih:{turn.day.isoformat()}"
        send(turn, current, person, card, reason, is_ring=True)
    turn.record("TugasMoved", tugas, to=[p.id for p in heirs])


def _readers(turn: Turn, tugas: Tugas) -> list[Slot]:
    return [
        slot
        for slot in turn.view.slots
        if slot.is_live
        and slot.about == tugas.ref
        and person_of(slot.to) is not None
        and not (is_slot(slot.name, "ingat") or is_slot(slot.name, "mohon"))
    ]


def _alternates(turn: Turn, tugas: Tugas) -> set[str]:
    roles = turn.act(tugas).alternates
    return {
        to_person(p.id) for role in roles for p in turn.authority.post_holders(role, tugas.unit)
    }
