"""teruskan: the performer passes the order on, with a note if he gave one."""

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.conversation import Draft
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.sops.vocabulary import Traits
from flows.turn.dialog import stale, start
from flows.turn.question import Answers, Choice, Dialog, Question
from flows.turn.turn import Kind, Turn

LONGEST_NOTE = 500


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    card = task_card(turn, tugas, person, "tugas_teruskan", penerima=_receiver(turn, tugas))
    return card._replace(attachments=files(turn, turn.perintah.paper("disposisi")))


def _receiver(turn: Turn, tugas: Tugas) -> str:
    receiver = turn.act(tugas).receiver
    return turn.office.role(receiver).label if receiver else ""


def _forward(turn: Turn, tugas: Tugas) -> Decision | None:
    return start(turn, FORWARDING, about=tugas.ref)


def _ask_note(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    words = {"penerima": _receiver(turn, tugas) if tugas else ""}
    without = Choice("", "tanpa_catatan")
    return Question("catatan", "tanya_catatan", words, (without,), longest=LONGEST_NOTE)


def _finish(turn: Turn, draft: Draft) -> Decision | None:
    tugas = turn.view.tugas
    refused = stale(turn, tugas)
    if refused is not None or tugas is None:
        return refused
    note = str(draft.answers["catatan"])
    complete(turn, tugas, "diteruskan", penerima=_receiver(turn, tugas), bercatatan=bool(note))
    turn.pass_note(note)
    return None


FORWARDING = Dialog("teruskan", {"catatan": _ask_note}, _finish)

KIND = Kind(
    "teruskan", _card, {"ok": _forward, "kembali": give_back}, traits=Traits(passes_on=True)
)
