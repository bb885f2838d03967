"""The rows of a unit as they stand, for checks and papers."""

from collections.abc import Iterable

from flows.forms.form import Form, Indicator, Isian
from flows.forms.grading import Baris, Grading, grade_all
from flows.model.perintah import Perintah
from flows.turn.turn import Turn


def grading(turn: Turn) -> Grading:
    """How kantor.yaml wants figures graded."""
    office = turn.office
    return Grading(office.kategori, office.rumus_negatif, office.rata_rata)


def form_of(turn: Turn) -> Form:
    return turn.view.setting.book.form(turn.perintah.form)


def indicators_of(turn: Turn, unit: str) -> tuple[Indicator, ...]:
    """The master rows of a unit that have a target in the period."""
    return tuple(i for i in turn.view.indicators if i.unit == unit)


def unit_rows(turn: Turn, unit: str, rows: Iterable[Isian] | None = None) -> tuple[Baris, ...]:
    """The graded rows of a unit: those given, else its latest data."""
    data = turn.perintah.latest(unit)
    filled = tuple(rows) if rows is not None else (data.rows if data else ())
    quarter = turn.perintah.period.quarter
    return grade_all(indicators_of(turn, unit), filled, quarter, grading(turn))


def rekap_units(turn: Turn) -> tuple[str, ...]:
    """Every unit that has data, in the order of the office."""
    return tuple(u for u in turn.office.unit_codes if turn.perintah.latest(u) is not None)


def baseline(perintah: Perintah, unit: str) -> tuple[Isian, ...]:
    """A correction starts from the first data it was given for the unit."""
    versions = [data for data in perintah.data if data.unit == unit]
    return min(versions, key=lambda data: data.version).rows if versions else ()
