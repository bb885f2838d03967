"""What may be said or pressed beside the acts of the SOP, by verb and by command."""

from collections.abc import Callable, Mapping

from flows import blocked, escalation, extension, undo
from flows.desk import task_line
from flows.perintah import Tugas
from flows.turn import Turn, task_button
from flows.view import Decision

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
    "kendala": blocked.begin,
    "ks": blocked.agree,
    "kt": blocked.go_on,
    "kb": blocked.end,
}
PERINTAH_VERBS: Mapping[str, Callable[[Turn], Decision | None]] = {
    "ingatkan": escalation.remind_all,
}


def say_blocked(turn: Turn, rest: str) -> Decision | None:
    """/kendala."""
    return _for_task(turn, "kendala")


def ask_time(turn: Turn, rest: str) -> Decision | None:
    """/perpanjangan."""
    return _for_task(turn, "panjang")


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
}
