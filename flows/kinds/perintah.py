"""perintah: the order itself; flows/orders/ordering.py issues it, a return reopens it."""

from functools import partial

from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Choice, Dialog, Question
from flows.kinds.one_press import complete, task_card
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.orders.ordering import LONGEST_ARAHAN
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn


def _ask_arahan(turn: Turn, answers: Answers) -> Question | None:
    keep = Choice(turn.perintah.arahan, "arahan_tetap")
    return Question("arahan", "tanya_arahan", choices=(keep,), longest=LONGEST_ARAHAN)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    turn.perintah = turn.perintah._replace(arahan=str(answers["arahan"]))
    return complete(turn, tugas, "diterbitkan")


CLARIFYING = Dialog("arahan", {"arahan": _ask_arahan}, _finish)

KIND = Kind(
    "perintah",
    partial(task_card, key="tugas_perintah"),
    {"ok": opener(CLARIFYING)},
    traits=Traits(issues=True, is_final=True),
)
