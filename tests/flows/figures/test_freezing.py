"""Versions of a unit's data: one for each state of its rows that was sent on."""

from decimal import Decimal

from flows.figures.freezing import freeze
from flows.filling.part import take_row
from flows.forms.form import Isian
from flows.model.perintah import Bagian, Tugas
from flows.turn.turn import Turn
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, NOW, a_turn, an_order, filling

CODES = ("DAL-04", "DAL-05")


def filled_in() -> tuple[Turn, Tugas]:
    rows = tuple(row for row in isian_of("DAL") if row.kode in CODES)
    order = an_order(filling(codes=CODES), bagian=(Bagian("DAL", FILLER, CODES, rows),))
    return a_turn(FILLER, order), order.tugas[0]


def test_the_same_rows_are_not_frozen_twice() -> None:
    turn, tugas = filled_in()
    first = freeze(turn, "DAL", tugas)
    assert first is not None
    assert (first.version, first.made_by, first.made_at) == (1, FILLER, NOW)
    assert freeze(turn, "DAL", tugas) is first

    take_row(turn, tugas, Isian("DAL-04", Decimal(50)))
    second = freeze(turn, "DAL", tugas)
    assert second is not None
    assert second.version == 2
    assert turn.perintah.latest("DAL") is second
    assert freeze(turn, "PPR", None) is None, "nothing was filled in"
