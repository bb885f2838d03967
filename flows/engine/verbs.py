"""What may be said or pressed beside the acts of the SOP, by verb and by command."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.administration import days_off, outage_declared
from flows.deadlines import escalation, extension, hindrance
from flows.detours import undo
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.orders import concepts, ordering, readiness, stopping
from flows.papers import sop_approval
from flows.staff import posts, proxied, recording, staff_lists
from flows.turn.cards import offer_pleas, show_again, task_line
from flows.turn.dialog import start
from flows.turn.turn import Turn, task_button

MOST_BUTTONS = 8

TASK_VERBS: Mapping[str, Callable[[Turn, Tugas], Decision | None]] = {
    "urungkan": undo.take_back,
    "panjang": extension.begin,
    "xs": extension.grant_wish,
    "xu": extension.change_wish,
    "xb": extension.change_wish,
    "xt": extension.deny_wish,
    "xi": escalation.remind_one,
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
    "hentikan": stopping.stop,
    "ubah_p": stopping.change,
}


def say_blocked(turn: Turn, rest: str) -> Decision | None:
    """/kendala."""
    return _for_task(turn, "kendala")


def ask_time(turn: Turn, rest: str) -> Decision | None:
    """/perpanjangan."""
    return _for_task(turn, "panjang")


def hindrance_said(text: str) -> str:
    """What stands behind "kendala:" in a reply; empty where it says nothing of the kind."""
    head, colon, rest = text.partition(":")
    is_one = bool(colon) and head.strip().casefold() in ("kendala", "terkendala")
    return rest.strip() if is_one and len(rest.strip()) >= hindrance.SHORTEST else ""


def state_hindrance(turn: Turn, tugas: Tugas, reason: str) -> Decision | None:
    if tugas.blocked_at is not None or tugas.wish:
        return hindrance.begin(turn, tugas)
    return start(turn, hindrance.HINDERED, about=tugas.ref, answers={"sebab": reason})


def _for_task(turn: Turn, verb: str) -> Decision | None:
    """The only open task, or the one meant; several are offered."""
    tugas = turn.view.tugas
    if tugas is not None and tugas.is_open and turn.may_act(tugas):
        return TASK_VERBS[verb](turn, tugas)
    todo = turn.view.todo[:MOST_BUTTONS]
    if not todo:
        turn.answer("tanpa_tugas", {})
        return None
    lines = [task_line(turn, t) for t in todo]
    rows = tuple((task_button(t, "tugas_ke", verb, ke=n),) for n, t in enumerate(todo, 1))
    key = "pilih_kendala" if verb == "kendala" else "pilih_panjang"
    turn.answer(key, {"tugas": lines}, rows)
    return None


COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
    "kendala": say_blocked,
    "perpanjangan": ask_time,
    "pejabat": posts.begin,
    "siap": readiness.show,
    "hentikan": stopping.chooser("hentikan", stopping.stop),
    "catat": recording.begin,
    "libur": days_off.show,
    "pegawai": staff_lists.begin,
    "ubah": stopping.chooser("ubah_p", stopping.change),
}

PRESSED_COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
    "ubahlibur": days_off.begin,
    "hitungulang": days_off.recount,
    "undangan": staff_lists.invite,
    "dicatatkan": proxied.begin,
    "gangguan": outage_declared.begin,
}


def press_menu(turn: Turn, verb: str, ref: str) -> Decision | None:
    """A button that stands for a command: "menu:ksiap"."""
    name = ref.removeprefix("k")
    if verb == "mulai":
        sop, _, period = name.partition(".")
        return ordering.begin_with(turn, {"sop": sop, "periode": period})
    if verb == "sahkan":
        return sop_approval.begin(turn, name)
    act = {**COMMANDS, **PRESSED_COMMANDS}.get(name) if verb == "menu" else None
    return act(turn, "") if act is not None else turn.refuse_toast("tombol_lama")


def press_wish(turn: Turn, verb: str) -> Decision | None:
    def issue(answers: Mapping[str, Any]) -> Decision | None:
        return ordering.take_up(turn, dict(answers))

    return concepts.settle(turn, verb, ordering.may_order(turn), issue)
