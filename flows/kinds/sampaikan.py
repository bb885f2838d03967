"""sampaikan: the unit hands over its validated data; the receipt is a separate act."""

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import PLAIN
from flows.turn.turn import Kind, Turn


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    data = turn.perintah.latest(tugas.unit) if tugas.unit else None
    return task_card(turn, tugas, person, "tugas_sampaikan", versi=data.version if data else None)


def _deliver(turn: Turn, tugas: Tugas) -> Decision | None:
    data = turn.perintah.latest(tugas.unit) if tugas.unit else None
    return complete(turn, tugas, "disampaikan", versi=data.version if data else None)


KIND = Kind("sampaikan", _card, {"ok": _deliver, "kembali": give_back}, PLAIN)
