"""sampaikan: the unit hands over its validated data; the receipt is a separate act."""

from typing import Any

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import PLAIN
from flows.turn.turn import Kind, Turn


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    return task_card(turn, tugas, person, "tugas_sampaikan", **_handed(turn, tugas))


def _handed(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    data = turn.perintah.latest(tugas.unit) if tugas.unit else None
    return {"versi": data.version if data else None}


def _deliver(turn: Turn, tugas: Tugas) -> Decision | None:
    return complete(turn, tugas, "disampaikan", **_handed(turn, tugas))


KIND = Kind("sampaikan", _card, {"ok": _deliver, "kembali": give_back}, PLAIN, handed=_handed)
