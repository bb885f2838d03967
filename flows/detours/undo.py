"""Urungkan: undo of an act within its window: withdraws what it opened, reopens its tugas."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.detours.objection import decided_slot
from flows.figures.freezing import freeze
from flows.model.addresses import is_answer, is_slot, task_slot, to_person
from flows.model.changes import Decision, KeepFormer
from flows.model.messages import Message
from flows.model.perintah import Perintah, Temuan, Tugas
from flows.turn import transitions
from flows.turn.cards import announce_again, is_shared, post_name, redraw, show
from flows.turn.turn import Turn
from flows.turn.undo_window import (
    act_done,
    acted_upon,
    ends_at,
    is_untouched,
    opened_by,
    window_end,
)


def take_back(turn: Turn, tugas: Tugas) -> Decision | None:
    """Only by the person who acted; act and undo both stay on record."""
    if turn.actor is None or tugas.finished_by != turn.actor.id:
        return turn.refuse_toast("tombol_lama")
    ends = ends_at(tugas, turn.sop)
    if ends is None or turn.now >= ends or turn.perintah.status != "berjalan":
        return turn.refuse_toast("urungkan_lewat")
    again = reopen(turn, tugas)
    if isinstance(again, Decision):
        return again
    done, now = (tugas.finished_at or turn.now).isoformat(), turn.now.isoformat()
    args = {"hasil": tugas.outcome, "saat": done, "kini": now}
    return _show(turn, again, {"key": "diurungkan", "args": args})


def reopen(turn: Turn, tugas: Tugas) -> Tugas | Decision:
    """Withdraws what the act has opened and reopens its tugas; the refusal once somebody has
    built upon it. Figures sent with it stay as a version."""
    if (acted := acted_upon(turn.perintah, tugas)) is not None:
        return turn.refuse_toast("urungkan_didahului", {"oleh": post_name(turn, acted)})
    early = {t.seq for t in transitions.premature(turn)}
    for opened in opened_by(turn.perintah, tugas):
        transitions.withdraw(turn, opened, "ditarik")
    _set_up(turn, tugas.unit)
    if turn.act(tugas).traits.fills and tugas.unit is not None:
        freeze(turn, tugas.unit, tugas)
    again = transitions.reopen(tugas, turn.now)
    turn.perintah = turn.perintah.with_tugas(again)
    for later in transitions.premature(turn):
        if later.seq in early or (turn.act(later).is_optional and later.seq != again.seq):
            continue
        # Opened by another's act once this one was done too, like the rekap by the last unit.
        if later.seq == again.seq:
            return turn.refuse_toast("urungkan_berubah")
        if not is_untouched(later):
            return turn.refuse_toast("urungkan_didahului", {"oleh": post_name(turn, later)})
        transitions.withdraw(turn, later, "ditarik")
    turn.record("TugasUndone", again, act=tugas.act, outcome=tugas.outcome)
    return again


def remember(turn: Turn) -> None:
    """Keeps what the act of this turn changed besides its own tugas, for an undo."""
    before, done = turn.view.perintah, act_done(turn)
    if before is None or done is None or window_end(turn) is None:
        return
    kept = former(before, turn.perintah, done.seq)
    if kept or turn.view.before:
        turn.changes.append(KeepFormer(done.perintah_id, done.seq, kept))


def _set_up(turn: Turn, unit: str | None) -> None:
    """Restores what the act had superseded, and shows it to those who have it open."""
    kept = turn.view.before
    turn.perintah = restored(turn.perintah, kept, turn.now, unit)
    for seq in kept.get("tugas", {}):
        tugas = turn.perintah.task(f"{turn.perintah.id}-{seq}")
        if tugas is None:
            continue
        if tugas.is_open:
            announce_again(turn, turn.perintah, tugas)
        elif tugas.state == "tahan" and "units" in kept:
            for person in turn.authority.holders(tugas):
                args = {"unit": tugas.unit, "nomor": turn.perintah.nomor}
                slot = decided_slot(tugas, person)
                turn.speech.tell(person, "putusan_ditarik", args, slot=slot)


def _show(turn: Turn, tugas: Tugas, line: dict[str, Any]) -> Decision | None:
    """Shows the reopened task in the message of the button; a shared board is another one."""
    pressed = turn.speech.pressed_slot
    if pressed is not None and is_shared(turn, tugas) and not is_slot(pressed.name, "papan"):
        turn.speech.say(Message(line["key"], pressed.to, line["args"], slot=pressed.name))
    _remove_lines(turn, tugas)
    return show(turn, tugas, extra={"selesai": line})


def _remove_lines(turn: Turn, tugas: Tugas) -> None:
    """Removes other lines that told the actor of the act: of a return pressed on a board, the
    board and the answer to the dialog both offer Urungkan."""
    pressed = turn.speech.pressed_slot
    if pressed is None or not is_slot(pressed.name, "papan"):
        return
    for slot in turn.view.slots:
        is_line = slot.about == tugas.ref and slot.to == pressed.to and is_answer(slot.name)
        if is_line and slot.is_live and not slot.is_asking:
            turn.speech.remove_message(slot.name, slot.to)


def close_windows(turn: Turn) -> None:
    """Redraws the messages without the button once the window of five minutes is over."""
    for tugas in turn.perintah.open_tugas:
        before = next((t for t in turn.perintah.tugas if t.seq == tugas.opened_from), None)
        if before is None or tugas.next_at is None or tugas.next_at > turn.now:
            continue
        if tugas.next_at != ends_at(before, turn.sop):
            continue
        him = before.finished_by or 0
        own = task_slot(tugas.ref, him)
        for slot in turn.view.slots:
            is_his = slot.about == tugas.ref and slot.to == to_person(him)
            # An open question stays: its answer draws the message anew.
            is_grown = is_his and not slot.is_asking and slot.name != own
            if is_grown and not (is_slot(slot.name, "papan") or is_slot(slot.name, "ingat")):
                redraw(turn, tugas, slot, about=tugas.ref)


def former(before: Perintah, after: Perintah, seq: int) -> dict[str, Any]:
    """What an act on tugas `seq` changed besides opening tugas, as it was; empty if nothing."""
    kept: dict[str, Any] = {}
    tugas = {
        str(old.seq): transitions.ending_of(old)
        for old, new in zip(before.tugas, after.tugas, strict=False)
        if old.seq != seq and old.state != new.state
    }
    judged = [
        old._asdict() for old, new in zip(before.temuan, after.temuan, strict=False) if old != new
    ]
    if tugas:
        kept["tugas"] = tugas
    if judged:
        kept["temuan"] = judged
    if before.units != after.units:
        kept["units"] = list(before.units)
    return kept


def restored(
    perintah: Perintah, kept: Mapping[str, Any], now: datetime, unit: str | None
) -> Perintah:
    """The perintah with this state restored; the next tick checks its open tugas again.

    An act of a unit brings back that unit alone: others may have left or joined since."""
    for seq, ending in kept.get("tugas", {}).items():
        tugas = next(t for t in perintah.tugas if t.seq == int(seq))
        perintah = perintah.with_tugas(transitions.restored_to(tugas, ending, now))
    for fields in kept.get("temuan", ()):
        files = tuple(fields["objection_files"])
        perintah = perintah.with_finding(Temuan(**{**fields, "objection_files": files}))
    units = tuple(kept.get("units", perintah.units))
    if unit is not None:
        back = (u for u in units if u == unit or u in perintah.units)
        units = tuple(dict.fromkeys((*back, *perintah.units)))
    return perintah._replace(units=units)
