"""Receipts of what was handed over: counted in the line of whoever handed it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flows.model.addresses import slot_name, to_person
from flows.model.messages import Line, Message
from flows.model.perintah import Perintah, Tugas
from flows.sops.sop import Sop
from flows.turn.cards import task_args
from flows.turn.naming import acting_title
from flows.turn.turn import Turn

# The states of an act that handed something over: done, and sent back by whoever was given it.
HANDED = {"selesai", "ulang"}
RUNNING = ("berjalan", "menunggu")


class Receipt(NamedTuple):
    """Of one unit: the tugas whose holder has received it, None while it is awaited."""

    unit: str
    by: Tugas | None


def receipts(perintah: Perintah, sop: Sop, tugas: Tugas) -> tuple[Receipt, ...]:
    """Of each unit that the act of the tugas hands something to."""
    units = perintah.units if tugas.unit is None else (tugas.unit,)
    codes = sop.receivers(tugas.act)
    return tuple(Receipt(unit, _received(perintah, codes, unit)) for unit in units)


def handed_line(turn: Turn, tugas: Tugas, key: str, words: Mapping[str, Any]) -> Line:
    """The line of an act; of one that hands something over in a message of its own."""
    is_handed = turn.kinds[turn.act(tugas).kind].handed is not None
    if not is_handed or turn.recorder:
        return Line(key, words)
    return Line(key, words, receipt_slot(tugas, turn.person.id))


def receipt_slot(tugas: Tugas, person_id: int) -> str:
    return slot_name("catatan", tugas.ref, "terima", to_person(person_id))


def follow(turn: Turn) -> None:
    """Edits the lines whose receipts this turn has changed; no edit rings."""
    before, now = turn.view.perintah, turn.work
    if before is None or now is None or before is now or before.id != now.id:
        return
    sop = turn.sop
    for tugas in now.tugas:
        handed = turn.kinds[sop.act(tugas.act).kind].handed
        former = before.task(tugas.ref)
        if handed is None or tugas.recorded_by is not None or former is None:
            continue
        states = {former.state, tugas.state}
        if "selesai" not in states or not states <= HANDED:
            continue
        was, told = _told(turn, before, former), _told(turn, now, tugas)
        # What everybody had received by then stays so when it is sent back later.
        if told == was or (tugas.state == "ulang" and was is not None and not was["belum"]):
            continue
        person_id = tugas.finished_by or 0
        args = {
            **task_args(turn, tugas, turn.view.roster.person(person_id)),
            "saat": (tugas.finished_at or turn.now).isoformat(),
            **handed(turn, tugas),
            "tanda_terima": told,
        }
        key, to = f"selesai_{tugas.outcome}", to_person(person_id)
        turn.speech.say(Message(key, to, args, slot=receipt_slot(tugas, person_id)))


def _received(perintah: Perintah, codes: Sequence[str], unit: str) -> Tugas | None:
    """The last tugas of each of these acts counts: the one before may have been superseded."""
    last = [tasks[-1] for code in codes if (tasks := perintah.tasks(code, unit))]
    return next((t for t in last if t.received_at or t.state == "selesai"), None)


def _told(turn: Turn, perintah: Perintah, tugas: Tugas) -> dict[str, Any] | None:
    """None while nobody has received it; `ada` 0 once nobody is to receive it any more."""
    found = receipts(perintah, turn.sop, tugas)
    taken = [each.by for each in found if each.by is not None]
    is_awaited = tugas.state == "selesai" and perintah.status in RUNNING
    if not taken:
        return None if is_awaited else {"ada": 0, "dari": len(found), "belum": []}
    last = max(taken, key=lambda tugas: tugas.received_at or tugas.finished_at or turn.now)
    return {
        "ada": len(taken),
        "dari": len(found),
        "belum": [each.unit for each in found if each.by is None] if is_awaited else [],
        "oleh": acting_title(turn, turn.authority.post(last), last.finished_as),
        "saat": (last.received_at or last.finished_at or turn.now).isoformat(),
    }
