"""temuan: the Kepala Dinas marks wrong rows, and again if all his findings were dropped."""

from flows.model.changes import Decision
from flows.model.messages import Card, Line
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.orders import correcting
from flows.sops.vocabulary import Traits
from flows.turn.cards import rows_of, task_args
from flows.turn.transitions import withdraw
from flows.turn.turn import Kind, Turn, task_button


def _card(turn: Turn, tugas: Tugas, person: Person) -> Card:
    dropped = (t for t in turn.perintah.temuan if t.verdict == "gugur")
    lines = [{"kode": t.kode, "alasan": t.reason} for t in dropped]
    args = {**task_args(turn, tugas, person), "gugur": lines}
    rows = rows_of(
        (task_button(tugas, "ada_kesalahan", "salah"),),
        (task_button(tugas, "tidak_ada_kesalahan", "nihil"),),
    )
    return Card("tugas_temuan", args, rows)


def _nothing_wrong(turn: Turn, tugas: Tugas) -> Decision | None:
    """Ends the correction without a finding and reopens the signing of its collection."""
    withdraw(turn, tugas, "tanpa_perbaikan")
    turn.end_perintah("selesai")
    words = {"nomor": turn.perintah.nomor, "saat": turn.at.isoformat()}
    turn.done = Line("selesai_tanpa_perbaikan", words)
    if turn.parent is not None:
        correcting.uphold_parent(turn, turn.parent)
    return None


KIND = Kind(
    "temuan",
    _card,
    {"salah": correcting.begin, "ok": correcting.begin, "nihil": _nothing_wrong},
    traits=Traits(is_final=True, is_decision=True),
)
