"""sebar: the form is sent to all units at once, one workbook each."""

from typing import Any

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.papers.unit_forms import issue_form
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    units = list(_units(turn, tugas))
    return task_card(turn, tugas, person, "tugas_sebar", unit_tujuan=units)


def _units(turn: Turn, tugas: Tugas) -> tuple[str, ...]:
    """The unit that returned a wrong form, else all units."""
    return (tugas.unit,) if tugas.unit is not None else turn.perintah.units


def _send(turn: Turn, tugas: Tugas) -> Decision | None:
    units = _units(turn, tugas)
    for unit in units:
        issue_form(turn, unit)
    return complete(turn, tugas, "disebar", **_handed(turn, tugas))


def _handed(turn: Turn, tugas: Tugas) -> dict[str, Any]:
    return {"jumlah": len(_units(turn, tugas))}


KIND = Kind(
    "sebar",
    _card,
    {"ok": _send, "kembali": give_back},
    traits=Traits(spreads=True, gathers=True, is_final=True),
    handed=_handed,
)
