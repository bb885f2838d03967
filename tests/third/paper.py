"""A paper that only the third SOP has: facts, builder, line; its template stands in templates."""

from flows.figures.unit_rows import indicators_of
from flows.papers.catalogue import Paper
from flows.papers.facts import UtcMoment
from flows.papers.filing import letter_head
from flows.papers.letter_facts import Letter, Signatory
from flows.papers.signing import signatory
from flows.turn.turn import Turn


class KartuHitung(Letter):
    unit: str
    unit_nama: str
    perintah: str
    jumlah: int
    diperiksa: UtcMoment
    tanda_tangan: Signatory


def kartu_hitung(turn: Turn, unit: str | None) -> KartuHitung | None:
    """Once the head of the unit has found its count right."""
    checked = next((t for t in turn.perintah.tasks("5", unit) if t.state == "selesai"), None)
    if unit is None or checked is None or checked.finished_at is None:
        return None
    return KartuHitung(
        **letter_head(turn, checked.finished_at),
        unit=unit,
        unit_nama=turn.office.unit(unit).nama,
        perintah=turn.perintah.nomor,
        jumlah=len(indicators_of(turn, unit)),
        diperiksa=checked.finished_at,
        tanda_tangan=signatory(turn, checked, checked.role, unit),
    )


CARD = Paper("kartu_hitung", KartuHitung, "Kartu_Hitung_{unit}_{nomor}", ("pdf",), "unit")
