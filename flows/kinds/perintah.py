"""perintah: the order itself; flows/orders/ordering.py issues it, a return reopens it."""

from flows.kinds.one_press import complete, task_card
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.dialog import stale, start
from flows.turn.question import Answers, Choice, Dialog, Question
from flows.turn.turn import Kind, Turn

LONGEST_ARAHAN = 300


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    return task_card(turn, tugas, person, "tugas_perintah")


def _issue_again(turn: Turn, tugas: Tugas) -> Decision | None:
    return start(turn, CLARIFYING, about=tugas.ref)


def _ask_arahan(turn: Turn, answers: Answers) -> Question | None:
    keep = Choice(turn.perintah.arahan, "arahan_tetap")
    return Question("arahan", "tanya_arahan", choices=(keep,), longest=LONGEST_ARAHAN)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    refused = stale(turn, tugas)
    if refused is not None or tugas is None:
        return refused
    turn.perintah = turn.perintah._replace(arahan=str(draft.answers["arahan"]))
    complete(turn, tugas, "diterbitkan")
    return None


CLARIFYING = Dialog("arahan", {"arahan": _ask_arahan}, _finish)

KIND = Kind("perintah", _card, {"ok": _issue_again}, traits=Traits(issues=True, is_final=True))
