"""Numbers of papers: by the template of kantor.yaml, one series for each kind and year."""

from datetime import date
from typing import Literal

from flows.model.changes import CountPaper
from flows.office.kantor import Office
from flows.turn.turn import Turn

Numbered = Literal["notulen", "rekap"]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def give_number(turn: Turn, kind: Numbered) -> str:
    """The next number, given once, at issue; empty if the office does not number this kind."""
    number = turn.view.paper_numbers.get(kind, 0) + 1
    given = number_of(turn.office, kind, number, turn.day)
    if given:
        turn.changes.append(CountPaper(kind, turn.day.year, number))
    return given


def number_of(office: Office, kind: Numbered | Literal["agenda"], number: int, day: date) -> str:
    """The number in words of the template; `day` is in office time."""
    rules = office.nomor
    template = {"agenda": rules.agenda, "notulen": rules.notulen, "rekap": rules.rekap}[kind]
    if template is None:
        return ""
    return template.format(
        urut=number,
        tahun=day.year,
        bulan_romawi=ROMAN[day.month - 1],
        klas=rules.klas_bawaan.get(kind, "") if kind != "agenda" else "",
        singkatan=office.instansi.singkatan,
    )
