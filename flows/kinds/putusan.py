"""putusan: the verifier of the finding decides on the objection to it, with a reason."""

from functools import partial

from flows.detours import objection
from flows.dialogs.dialog import of_open_task, start
from flows.dialogs.question import Answers, Dialog, Question
from flows.kinds.one_press import finish
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.cards import rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {**task_args(turn, tugas, person), "temuan": objection.disputed_args(turn, tugas)}
    rows = rows_of(
        (task_button(tugas, "terbukti", "ok"), task_button(tugas, "tidak_terbukti", "gugur"))
    )
    return Card("tugas_putusan", args, rows, objection.files_of(turn, tugas))


def _ask(verdict: str, turn: Turn, tugas: Tugas) -> Decision | None:
    return start(turn, DECIDING, about=tugas.ref, answers={"putusan": verdict})


def _ask_reason(turn: Turn, answers: Answers) -> Question | None:
    words = {"putusan": answers.get("putusan")}
    return Question("alasan", "tanya_alasan_putusan", words, shortest=10, longest=1000)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    verdict, reason = str(answers["putusan"]), str(answers["alasan"])
    finish(turn, tugas, f"diputus_{verdict}", "selesai_putusan", putusan=verdict)
    if verdict == "terbukti":
        objection.resume(turn, tugas, reason)
    else:
        objection.drop(turn, tugas, reason)
    return None


DECIDING = Dialog("putusan", {"alasan": _ask_reason}, _finish)

KIND = Kind(
    "putusan",
    _card,
    {"ok": partial(_ask, "terbukti"), "gugur": partial(_ask, "gugur")},
    traits=Traits(judges=True),
)
