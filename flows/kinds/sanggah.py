"""sanggah: the Kasubag passes an objection on to the verifier, or answers the unit himself."""

from flows.detours import objection
from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Dialog, Question, fixed
from flows.kinds.one_press import finish
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import PLAIN
from flows.turn import transitions
from flows.turn.cards import act_button, rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {**task_args(turn, tugas, person), "temuan": objection.disputed_args(turn, tugas)}
    rows = rows_of((act_button(turn, tugas), task_button(tugas, "jelaskan", "jelas")))
    return Card("tugas_sanggah", args, rows, objection.files_of(turn, tugas))


def _pass_on(turn: Turn, tugas: Tugas) -> Decision | None:
    finish(turn, tugas, "diteruskan", "selesai_sanggah_diteruskan")
    held = objection.receipt_of(turn, tugas)
    steps = turn.sop.act(held.act).options["sanggah"]
    assert isinstance(steps, tuple)
    transitions.open_tugas(turn, turn.sop.act(steps[1]), tugas.unit)
    return None


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    finish(turn, tugas, "dijelaskan", "selesai_dijelaskan")
    objection.resume(turn, tugas, str(answers["jawaban"]))
    return None


ANSWER = Question("jawaban", "tanya_penjelasan", shortest=10, longest=1000)
EXPLAINING = Dialog("jelaskan", {"jawaban": fixed(ANSWER)}, _finish)

KIND = Kind("sanggah", _card, {"ok": _pass_on, "jelas": opener(EXPLAINING)}, PLAIN)
