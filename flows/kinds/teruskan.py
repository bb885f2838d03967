"""teruskan: the performer passes the order on, with a note if he gave one."""

from flows.dialogs.dialog import of_open_task, opener
from flows.dialogs.question import Answers, Choice, Dialog, Question
from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.filing import files
from flows.sops.vocabulary import Traits
from flows.turn.naming import post_title
from flows.turn.turn import Kind, Turn

LONGEST_NOTE = 500


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    card = task_card(turn, tugas, person, "tugas_teruskan", penerima=receiver_label(turn, tugas))
    return card._replace(attachments=files(turn, turn.perintah.paper("disposisi")))


def receiver_label(turn: Turn, tugas: Tugas) -> str:
    receiver = turn.act(tugas).receiver
    return post_title(turn, turn.view.incumbents.post(receiver, tugas.unit)) if receiver else ""


def _ask_note(turn: Turn, answers: Answers) -> Question | None:
    tugas = turn.view.tugas
    words = {"penerima": receiver_label(turn, tugas) if tugas else ""}
    without = Choice("", "tanpa_catatan")
    return Question("catatan", "tanya_catatan", words, (without,), longest=LONGEST_NOTE)


@of_open_task
def _finish(turn: Turn, tugas: Tugas, answers: Answers) -> Decision | None:
    note = str(answers["catatan"])
    receiver = receiver_label(turn, tugas)
    complete(turn, tugas, "diteruskan", penerima=receiver, bercatatan=bool(note))
    turn.pass_note(note)
    return None


FORWARDING = Dialog("teruskan", {"catatan": _ask_note}, _finish)

KIND = Kind(
    "teruskan",
    _card,
    {"ok": opener(FORWARDING), "kembali": give_back},
    traits=Traits(passes_on=True),
)
