"""The commands of the chat, by name."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.administration import days_off, indicators, operations, outage_declared
from flows.engine.verbs import TASK_VERBS
from flows.enquiries import guides, my_tasks
from flows.model.changes import Decision
from flows.orders import concepts, ordering, readiness, stopping
from flows.papers import sop_approval
from flows.staff import posts, proxied, recording, registration, staff_lists
from flows.turn.cards import task_line
from flows.turn.turn import Turn, task_button

MOST_BUTTONS = 8

PRESSED_COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
    "ubahlibur": days_off.begin,
    "hitungulang": days_off.recount,
    "undangan": staff_lists.invite,
    "dicatatkan": proxied.begin,
    "gangguan": outage_declared.begin,
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
        turn.speech.answer("tanpa_tugas", {})
        return None
    lines = [task_line(turn, t) for t in todo]
    rows = tuple((task_button(t, "tugas_ke", verb, ke=n),) for n, t in enumerate(todo, 1))
    key = "pilih_kendala" if verb == "kendala" else "pilih_panjang"
    turn.speech.answer(key, {"tugas": lines}, rows)
    return None


TASK_COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
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


def press_menu(turn: Turn, verb: str, ref: str) -> Decision | None:
    """A button that stands for a command: "menu:ksiap"."""
    name = ref.removeprefix("k")
    if verb == "mulai":
        sop, _, period = name.partition(".")
        return ordering.begin_with(turn, {"sop": sop, "periode": period})
    if verb == "sahkan":
        return sop_approval.begin(turn, name)
    act = {**TASK_COMMANDS, **PRESSED_COMMANDS}.get(name) if verb == "menu" else None
    return act(turn, "") if act is not None else turn.refuse_toast("tombol_lama")


def press_wish(turn: Turn, verb: str) -> Decision | None:
    def issue(answers: Mapping[str, Any]) -> Decision | None:
        return ordering.take_up(turn, dict(answers))

    return concepts.settle(turn, verb, ordering.may_order(turn), issue)


COMMANDS: Mapping[str, Callable[[Turn, str], Decision | None]] = {
    "start": lambda turn, rest: my_tasks.greet(turn),
    "daftar": lambda turn, rest: my_tasks.greet(turn),
    "perintah": ordering.begin,
    "tugas": lambda turn, rest: my_tasks.list_tasks(turn),
    "bantuan": lambda turn, rest: my_tasks.help_for(turn),
    "help": lambda turn, rest: my_tasks.help_for(turn),
    "panduan": lambda turn, rest: guides.guides(turn),
    "latihan": lambda turn, rest: guides.practice(turn),
    "grup": lambda turn, rest: registration.bind_group(turn),
    "indikator": indicators.begin,
    **TASK_COMMANDS,
    "sehat": lambda turn, rest: operations.health(turn),
    "cadangkan": lambda turn, rest: operations.backup(turn),
    "privasi": lambda turn, rest: operations.privacy(turn),
}
