"""Verbs and words that act on a tugas of any kind (hindrance, extension, undo ...)."""

from collections.abc import Callable, Mapping

from flows.deadlines import escalation, extension, hindrance
from flows.detours import asked_back, skipping, undo
from flows.dialogs.dialog import start
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.staff import recording
from flows.turn.cards import offer_pleas, show_again
from flows.turn.turn import Turn

TASK_VERBS: Mapping[str, Callable[[Turn, Tugas], Decision | None]] = {
    "urungkan": undo.take_back,
    "mk": asked_back.grant_return,
    "panjang": extension.begin,
    "xs": extension.grant_wish,
    "xu": extension.change_wish,
    "xb": extension.change_wish,
    "xt": extension.deny_wish,
    "xi": escalation.remind_one,
    "xm": escalation.remind_step,
    "xv": escalation.show_each,
    "xa": escalation.hand_over,
    "kendala": hindrance.begin,
    "ks": hindrance.agree,
    "kt": hindrance.go_on,
    "kb": hindrance.end,
    "catat": recording.open_record,
    "berat": recording.dispute,
    "mohon": offer_pleas,
    "tugas": show_again,
}
PERINTAH_VERBS: Mapping[str, Callable[[Turn], Decision | None]] = {
    "ingatkan": escalation.remind_all,
    "tanpa": skipping.begin,
}


def hindrance_said(text: str) -> str:
    """The reason after "kendala:" in a reply; empty if there is none or it is too short."""
    head, colon, rest = text.partition(":")
    is_one = bool(colon) and head.strip().casefold() in ("kendala", "terkendala")
    return rest.strip() if is_one and len(rest.strip()) >= hindrance.SHORTEST else ""


def state_hindrance(turn: Turn, tugas: Tugas, reason: str) -> Decision | None:
    if tugas.blocked_at is not None or tugas.wish:
        return hindrance.begin(turn, tugas)
    return start(turn, hindrance.HINDERED, about=tugas.ref, answers={"sebab": reason})
