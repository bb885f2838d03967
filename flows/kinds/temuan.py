"""temuan: the Kepala Dinas marks wrong rows, and again if all his findings were dropped."""

from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.orders import correcting
from flows.sops.vocabulary import Traits
from flows.turn import transitions
from flows.turn.cards import rows_of, task_args
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
    """Ends the correction without a finding and reopens the signing of its collection; after a
    round that made a rekap of its own, that one goes on to its paraf and signature."""
    made, waits = turn.perintah.paper("rekap"), correcting.waiting_parent(turn)
    words = {
        "nomor": turn.perintah.nomor,
        "saat": turn.at.isoformat(),
        "versi": made.version if made is not None else None,
        "kembali": waits is not None,
    }
    if made is not None:
        transitions.finish(turn, tugas, "tanpa_perbaikan")
        transitions.reinstate(turn)
        transitions.advance(turn)
    else:
        transitions.withdraw(turn, tugas, "tanpa_perbaikan")
        turn.end_perintah("selesai")
        if waits is not None:
            correcting.uphold_parent(turn, waits)
    return turn.close("selesai_tanpa_perbaikan", words)


KIND = Kind(
    "temuan",
    _card,
    {"salah": correcting.begin, "ok": correcting.begin, "nihil": _nothing_wrong},
    traits=Traits(is_final=True, is_decision=True),
)
