"""koordinasi: the performer sends the proven findings to the units concerned, to no other."""

from typing import Any

from flows.filling.preview import look
from flows.kinds.one_press import complete, give_back
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.sops.vocabulary import Traits
from flows.turn.cards import act_button, return_button, rows_of, task_args
from flows.turn.turn import Kind, Turn, task_button


def affected_units(turn: Turn) -> list[str]:
    """The units with a proven finding, in the order of the office."""
    affected = turn.perintah.affected
    return [unit for unit in turn.office.unit_codes if unit in affected]


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    args = {
        **task_args(turn, tugas, person),
        "temuan": [{"kode": t.kode, "unit": t.unit} for t in turn.perintah.standing()],
        "unit_terdampak": affected_units(turn),
    }
    rows = rows_of(
        (act_button(turn, tugas),),
        (task_button(tugas, "lihat_data", "lihat"), *return_button(turn, tugas)),
    )
    return Card("tugas_koordinasi", args, rows)


def _send(turn: Turn, tugas: Tugas) -> Decision | None:
    turn.perintah = turn.perintah._replace(units=tuple(affected_units(turn)))
    return complete(turn, tugas, "dikoordinasikan", **_handed(turn, tugas))


def _handed(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    return {"unit_terdampak": list(turn.perintah.units)}


KIND = Kind(
    "koordinasi",
    _card,
    {"ok": _send, "lihat": look, "kembali": give_back},
    traits=Traits(passes_on=True, gathers=True),
    handed=_handed,
)
