"""cocokkan: compare the inventory book with last year's, and say so at once."""

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn

WORDS = {
    "pesan": {
        "tugas_cocokkan": "Mohon mencocokkan buku inventaris (No. {{ nomor }}).",
        "selesai_dicocokkan": "✅ Buku inventaris cocok pukul {{ saat|jam }}. Terima kasih.",
    },
}


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    return task_card(turn, tugas, person, "tugas_cocokkan")


def _match(turn: Turn, tugas: Tugas) -> Decision | None:
    complete(turn, tugas, "dicocokkan")
    return None


KIND = Kind(
    "cocokkan",
    _card,
    {"ok": _match, "kembali": give_back},
    traits=Traits(is_final=True, is_decision=True),
)
