"""A paper's own number: by kantor.yaml's template, a row of its own each kind and year."""

from typing import Literal

from flows.model.changes import CountPaper
from flows.turn.turn import Turn

Numbered = Literal["notulen", "rekap"]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def give_number(turn: Turn, kind: Numbered) -> str:
    """Given at issue and never again; empty where the office does not number this kind."""
    rules = turn.office.nomor
    template = rules.notulen if kind == "notulen" else rules.rekap
    if template is None:
        return ""
    number = turn.view.paper_numbers.get(kind, 0) + 1
    turn.changes.append(CountPaper(kind, turn.day.year, number))
    return template.format(
        urut=number,
        tahun=turn.day.year,
        bulan_romawi=ROMAN[turn.day.month - 1],
        klas=rules.klas_bawaan.get(kind, ""),
        singkatan=turn.office.instansi.singkatan,
    )
