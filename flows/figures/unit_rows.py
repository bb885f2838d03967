"""Present rows of a unit, graded, for checks and papers."""

from collections.abc import Iterable

from flows.forms.form import Form, Indicator, Isian
from flows.forms.grading import Baris, Grading, grade_all
from flows.model.perintah import Perintah
from flows.turn.turn import Turn


def grading(turn: Turn) -> Grading:
    """The grading rules of kantor.yaml."""
    office = turn.office
    return Grading(office.kategori, office.rumus_negatif, office.rata_rata)


def form_of(turn: Turn) -> Form:
    return turn.view.setting.book.form(turn.perintah.form)


def indicators_of(turn: Turn, unit: str) -> tuple[Indicator, ...]:
    """The master rows of a unit that have a target in the period."""
    return tuple(i for i in turn.view.indicators if i.unit == unit)


def unit_rows(turn: Turn, unit: str, rows: Iterable[Isian] | None = None) -> tuple[Baris, ...]:
    """Graded rows of a unit: of the rows given, else of its latest data."""
    data = turn.perintah.latest(unit)
    filled = tuple(rows) if rows is not None else (data.rows if data else ())
    quarter = turn.perintah.period.quarter
    return grade_all(indicators_of(turn, unit), filled, quarter, grading(turn))


def rekap_units(turn: Turn) -> tuple[str, ...]:
    """Units with data, in the order of kantor.yaml, but for those left out."""
    skipped = turn.perintah.skipped
    codes = (unit for unit in turn.office.unit_codes if unit not in skipped)
    return tuple(unit for unit in codes if turn.perintah.latest(unit) is not None)


def baseline(perintah: Perintah, unit: str) -> dict[str, Isian]:
    """The initial rows of the unit in a correction by code: those of its first version."""
    versions = [data for data in perintah.data if data.unit == unit]
    rows = min(versions, key=lambda data: data.version).rows if versions else ()
    return {row.kode: row for row in rows}
