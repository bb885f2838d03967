"""Rows offered for picking: what stands on each button."""

from flows.figures.pick_list import every_choice, row_choices
from tests.flows.sample import isian_of
from tests.flows.small_office import a_turn, an_order, data_of

DAL = a_turn(None, an_order(data=(data_of("DAL"),)))
FILLED = {row.kode: row for row in isian_of("DAL")}


def test_a_row_shows_its_digits_its_name_and_its_figure() -> None:
    fourth, eighth = row_choices(DAL, "DAL", ("DAL-04", "DAL-08"), FILLED)

    assert (fourth.value, fourth.args["kode"], fourth.args["nilai"]) == ("DAL-04", "04", "48")
    assert fourth.args["nama"].startswith("Jumlah Kampung")
    assert eighth.args["kode"] == "08"


def test_a_row_without_a_figure_yet_shows_none() -> None:
    (only,) = row_choices(DAL, "DAL", ("DAL-04",))

    assert (only.args["kode"], only.args["nilai"]) == ("DAL-04", "")
    assert every_choice("*").value == "*"
