"""format: the performer prepares the form for the units."""

from functools import partial

from flows.kinds.one_press import complete, give_back, task_card
from flows.model.changes import Decision
from flows.model.perintah import Tugas
from flows.sops.vocabulary import Traits
from flows.turn.turn import Kind, Turn


def _take_standard(turn: Turn, tugas: Tugas) -> Decision | None:
    units = turn.perintah.units
    rows = sum(1 for i in turn.view.indicators if i.unit in units)
    return complete(turn, tugas, "format_siap", berkas=len(units), indikator=rows)


KIND = Kind(
    "format",
    partial(task_card, key="tugas_format"),
    {"ok": _take_standard, "kembali": give_back},
    traits=Traits(passes_on=True),
)
