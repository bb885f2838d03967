"""sanggah: the Kasubag passes an objection on to the verifier, or answers the unit himself."""

from flows.detours import objection
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card, Line
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import PLAIN
from flows.turn import transitions
from flows.turn.cards import act_button, rows_of, task_args
from flows.turn.dialog import stale, start
from flows.turn.question import Answers, Dialog, Question
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {**task_args(turn, tugas, person), "temuan": objection.disputed_args(turn, tugas)}
    rows = rows_of((act_button(turn, tugas), task_button(tugas, "jelaskan", "jelas")))
    return Card("tugas_sanggah", args, rows, objection.files_of(turn, tugas))


def _pass_on(turn: Turn, tugas: Tugas) -> Decision | None:
    words = {**task_args(turn, tugas), "saat": turn.at.isoformat()}
    transitions.finish(turn, tugas, "diteruskan", Line("selesai_sanggah_diteruskan", words))
    held = objection.receipt_of(turn, tugas)
    steps = turn.sop.act(held.act).options["sanggah"]
    assert isinstance(steps, tuple)
    transitions.open_tugas(turn, turn.sop.act(steps[1]), tugas.unit)
    return None


def _explain(turn: Turn, tugas: Tugas) -> Decision | None:
    return start(turn, EXPLAINING, about=tugas.ref)


def _ask_words(turn: Turn, answers: Answers) -> Question | None:
    return Question("jawaban", "tanya_penjelasan", shortest=10, longest=1000)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    refused = stale(turn, tugas)
    if refused is not None or tugas is None:
        return refused
    words = {**task_args(turn, tugas), "saat": turn.at.isoformat()}
    transitions.finish(turn, tugas, "dijelaskan", Line("selesai_dijelaskan", words))
    objection.resume(turn, tugas, str(draft.answers["jawaban"]))
    return None


EXPLAINING = Dialog("jelaskan", {"jawaban": _ask_words}, _finish)

KIND = Kind("sanggah", _card, {"ok": _pass_on, "jelas": _explain}, PLAIN)
