"""What becomes of messages whose question is answered or whose tugas has ended.

Of an ended act one message stays in a chat: for whoever acted the line that answered him, for
others the final line in the task message. Questions and reminders about it are deleted, records
(`catatan`) and files stay, and what people typed is never touched.
"""

from collections.abc import Iterable
from typing import Any

from flows.model.addresses import is_slot, person_of, ref_to, task_slot, to_person
from flows.model.conversation import Slot
from flows.model.messages import Message, Removal, Restored
from flows.model.perintah import Tugas
from flows.turn.cards import actor_args, recorder_name, redraw
from flows.turn.naming import step_args
from flows.turn.turn import Turn, task_button
from flows.turn.undo_window import SENT_BACK, is_open

# Outcomes with words of their own, although the tugas was superseded or withdrawn.
NAMED = (*SENT_BACK, "gugur_semua", "diputus_gugur", "ditarik", "dialihkan", "dihentikan")


def conclude(turn: Turn) -> None:
    """Settles every message that the turn has left over; called once, after all are said."""
    _clear_questions(turn)
    _clear_refusals(turn)
    said = _said(turn)
    over: dict[tuple[str, str], list[Slot]] = {}
    for slot in turn.view.slots:
        if not slot.is_live or (slot.name, slot.to) in said:
            continue
        tugas = turn.task_of(slot.about)
        if tugas is None:
            continue
        if is_slot(slot.name, "papan"):
            _settle_shared(turn, slot, tugas)
        elif _is_left_over(turn, slot, tugas):
            over.setdefault((tugas.ref, slot.to), []).append(slot)
    for slots in over.values():
        tugas = turn.task_of(slots[0].about)
        assert tugas is not None
        _end(turn, tugas, slots)


def may_be_undone(turn: Turn, slot: Slot, tugas: Tugas) -> bool:
    """Whether the line keeps Urungkan: until its window ends or somebody has built on the act."""
    if turn.work is None or tugas.perintah_id != turn.work.id or not _is_his(slot, tugas):
        return False
    is_now = turn.cause is not None and turn.cause.ref == tugas.ref
    return is_open(turn.work, turn.sop, tugas, turn.now) and not is_now


def ended(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    """The line that says how a tugas ended."""
    is_named = tugas.state == "selesai" or tugas.outcome in NAMED
    return {
        "hasil": tugas.outcome if is_named else f"_{tugas.state}",
        "oleh": {
            **actor_args(turn, tugas),
            "pencatat": recorder_name(turn, tugas),
        },
        "saat": (tugas.finished_at or turn.now).isoformat(),
        "nomor": (turn.perintah_of(tugas.ref) or turn.perintah).nomor,
        "unit": tugas.unit,
        "berkas": None,
    }


def _clear_questions(turn: Turn) -> None:
    """The questions of a dialog that has ended: what had another content shows it again, the
    others are deleted. Those about a tugas that has ended as well go with it."""
    if turn.draft is not None:
        return
    said, here = _said(turn), turn.speech.here if turn.answered else ""
    cleared = len(turn.speech.out)
    answers = [o for o in turn.speech.out if isinstance(o, Message) and o.to == here]
    for name in dict.fromkeys(turn.answered):
        if (name, here) in said:
            continue
        slot = next((s for s in turn.view.slots if (s.name, s.to) == (name, here)), None)
        tugas = turn.task_of(slot.about) if slot is not None else None
        if slot is not None and tugas is not None and not tugas.is_open:
            continue
        reader = person_of(here) or 0
        is_below = tugas is not None and _is_among(turn, tugas, answers)
        if slot is not None and tugas is not None and name == task_slot(tugas.ref, reader):
            if is_below:
                rows = ((task_button(tugas, "buka_tugas", "buka"),),)
                below = Message("tugas_di_bawah", here, rows=rows, slot=name, about=tugas.ref)
                turn.speech.say(below)
            else:
                redraw(turn, tugas, slot, about=tugas.ref)
        elif is_below:
            turn.speech.remove_message(name, here)
        else:
            gone = Removal(name, is_whole=True, to=here)
            turn.speech.say(Restored(ref_to("draft", reader), gone))
    # Before what the turn says: the answer is what changes last.
    turn.speech.out[:] = [*turn.speech.out[cleared:], *turn.speech.out[:cleared]]


def _clear_refusals(turn: Turn) -> None:
    """Why an answer was not taken, once another one has been or the dialog is left."""
    if turn.draft is not None and not (turn.is_answering or turn.has_interrupted):
        return
    for slot in turn.view.slots:
        if is_slot(slot.name, "tolak"):
            turn.speech.remove_message(slot.name, slot.to)


def _is_among(turn: Turn, tugas: Tugas, answers: Iterable[Message]) -> bool:
    """Whether the turn answers with the task itself, which then is not to stand there twice."""
    key = turn.kinds[turn.act(tugas).kind].card(turn, tugas, turn.person).key
    return any((out.about, out.key) == (tugas.ref, key) for out in answers)


def _said(turn: Turn) -> set[tuple[str, str]]:
    """Places of what the turn has said or removed."""
    said = set()
    for out in turn.speech.out:
        place = out.otherwise if isinstance(out, Restored) else out
        if isinstance(place, Message | Removal) and place.slot:
            said.add((place.slot, place.to))
    return said


def _settle_shared(turn: Turn, slot: Slot, tugas: Tugas) -> None:
    """Redraws a message that several tugas share, while their perintah is the turn's."""
    if turn.work is None or tugas.perintah_id != turn.work.id:
        turn.speech.remove_buttons(slot.name, slot.to)
    elif turn.work is not turn.view.perintah:
        redraw(turn, tugas, slot, about=slot.about)


def _is_left_over(turn: Turn, slot: Slot, tugas: Tugas) -> bool:
    is_over = not tugas.is_open and not is_slot(slot.name, "keberatan")
    return is_over and not may_be_undone(turn, slot, tugas)


def _is_his(slot: Slot, tugas: Tugas) -> bool:
    """Whether the message stands in the chat of whoever did the act himself."""
    return slot.to == to_person(tugas.finished_by or 0) and tugas.recorded_by is None


def _is_actors(slot: Slot, tugas: Tugas) -> bool:
    """Whether the message stands in the chat of whoever did the act or recorded it."""
    return _is_his(slot, tugas) or slot.to == to_person(tugas.recorded_by or 0)


def _end(turn: Turn, tugas: Tugas, slots: list[Slot]) -> None:
    """Ends all messages about the tugas that stand in one chat."""
    if _is_his(slots[0], tugas) and not _has_just_ended(turn, tugas):
        # The line of his act, when Urungkan is over. A question about it is still to be answered.
        for slot in slots:
            if not slot.is_asking:
                turn.speech.remove_buttons(slot.name, slot.to)
        return
    last = _last_line(turn, tugas, slots)
    for slot in slots:
        is_answered = slot.name in turn.answered and slot.to == turn.speech.here
        if slot is last or (slot.is_asking and not is_answered):
            turn.speech.say(Message("akhir", slot.to, _words(turn, tugas, slot), slot=slot.name))
        elif is_slot(slot.name, "catatan"):
            turn.speech.remove_buttons(slot.name, slot.to)
        else:
            turn.speech.remove_message(slot.name, slot.to)


def _has_just_ended(turn: Turn, tugas: Tugas) -> bool:
    before = (turn.view.perintah, turn.view.parent, turn.view.child)
    former = next((found for p in before if p and (found := p.task(tugas.ref))), None)
    return former is None or former.is_open


def _last_line(turn: Turn, tugas: Tugas, slots: list[Slot]) -> Slot | None:
    """The message that becomes the final line; where he was answered elsewhere, only a file, or
    that of a tugas which waits for a decision."""
    own = task_slot(tugas.ref, person_of(slots[0].to) or 0)
    kept: Iterable[Slot] = [s for s in slots if not is_slot(s.name, "catatan")]
    in_order = sorted(kept, key=lambda slot: (slot.name != own, not slot.has_file))
    is_waiting = tugas.state == "tahan"
    if _is_actors(slots[0], tugas) and _is_answered(turn, slots[0].to) and not is_waiting:
        in_order = [slot for slot in in_order if slot.has_file]
    return next(iter(in_order), None)


def _is_answered(turn: Turn, to: str) -> bool:
    return any(isinstance(out, Message) and out.to == to for out in turn.speech.out)


def _words(turn: Turn, tugas: Tugas, slot: Slot) -> dict[str, Any]:
    """His own file is named by its step: the line that answered him tells the act."""
    words = {**ended(turn, tugas), "sendiri": _is_his(slot, tugas)}
    perintah = turn.perintah_of(tugas.ref)
    if perintah is None or not _is_his(slot, tugas) or words["hasil"].startswith("_"):
        return words
    sop = turn.view.setting.book.sop(perintah.sop, perintah.sop_version)
    return {**words, "berkas": {**step_args(sop, tugas.act)}}
