"""cocokkan: compare the inventory book with last year's, and say so at once."""

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    return task_card(turn, tugas, person, "tugas_teruskan", penerima=_receiver(turn, tugas))


def _receiver(turn: Turn, tugas: Tugas) -> str:
    receiver = turn.act(tugas).receiver
    return turn.office.role(receiver).label if receiver else ""


def _match(turn: Turn, tugas: Tugas) -> Decision | None:
    complete(turn, tugas, "diteruskan", penerima=_receiver(turn, tugas), bercatatan=False)
    return None


KIND = Kind(
    "cocokkan",
    _card,
    {"ok": _match, "kembali": give_back},
    traits=Traits(is_final=True, is_decision=True),
)
