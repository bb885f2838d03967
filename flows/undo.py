"""Urungkan: what was opened is withdrawn, the own tugas goes on with the limit it had."""

from typing import Any

from flows import course
from flows.cards import card_of, post_name, show
from flows.messages import Message
from flows.perintah import Tugas
from flows.turn import SHARED, Turn, bumped
from flows.view import Decision
from flows.window import acted_upon, ends_at, opened_by


def take_back(turn: Turn, tugas: Tugas) -> Decision | None:
    """Only by whoever did it, and both the act and its undoing stay on record."""
    if turn.actor is None or tugas.finished_by != turn.actor.id or tugas.state != "selesai":
        return turn.refuse_toast("tombol_lama")
    ends = ends_at(tugas, turn.sop)
    if ends is None or turn.now >= ends or turn.perintah.status != "berjalan":
        return turn.refuse_toast("urungkan_lewat")
    acted = acted_upon(turn.perintah, tugas)
    if acted is not None:
        return turn.refuse_toast("urungkan_didahului", {"oleh": post_name(turn, acted)})
    for opened in opened_by(turn.perintah, tugas):
        course.withdraw(turn, opened, "ditarik")
    again = bumped(
        tugas,
        state="buka",
        finished_at=None,
        finished_by=None,
        finished_as="",
        is_own_work=False,
        outcome="",
        next_at=tugas.due_at or turn.now,
    )
    turn.perintah = turn.perintah.with_tugas(again)
    turn.record("TugasUndone", again, act=tugas.act, outcome=tugas.outcome)
    show(turn, again, extra={"selesai": {"key": "diurungkan", "args": _times(turn, tugas)}})
    return None


def close_windows(turn: Turn) -> None:
    """The five minutes are over: a message that has grown on is drawn without the button."""
    for tugas in turn.perintah.open_tugas:
        before = next((t for t in turn.perintah.tugas if t.seq == tugas.opened_from), None)
        if before is None or tugas.next_at is None or tugas.next_at > turn.now:
            continue
        if tugas.next_at != ends_at(before, turn.sop):
            continue
        for slot in turn.view.slots:
            is_grown = slot.about == tugas.ref and slot.to == f"p{before.finished_by}"
            if is_grown and not slot.name.startswith((SHARED, "ingat:", f"t{tugas.ref}:")):
                _redraw(turn, tugas, slot.name, slot.to)


def _redraw(turn: Turn, tugas: Tugas, slot: str, to: str) -> None:
    person = turn.view.roster.person(int(to.removeprefix("p")))
    if person is not None:
        card = card_of(turn, tugas, person)
        turn.say(Message(card.key, to, card.args, card.rows, slot=slot, about=tugas.ref))


def _times(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    done = tugas.finished_at or turn.now
    return {"hasil": tugas.outcome, "saat": done.isoformat(), "kini": turn.now.isoformat()}
