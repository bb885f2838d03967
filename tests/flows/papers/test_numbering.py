"""A paper's own number, by kantor.yaml's template."""

from datetime import datetime
from typing import Literal

import pytest

from flows.model.changes import CountPaper
from flows.papers.filing import ROMAN, give_number
from tests.flows.small_office import a_turn, an_order
from tests.kantor import WITA, wita


@pytest.mark.parametrize(
    ("kind", "number"),
    [("rekap", "000.8/5/DP2KBP3A/XI/2026"), ("notulen", "000.8/1/DP2KBP3A/XI/2026")],
)
def test_each_kind_has_a_row_of_its_own(kind: Literal["rekap", "notulen"], number: str) -> None:
    turn = a_turn(None, an_order(), paper_numbers={"rekap": 4})

    assert give_number(turn, kind) == number
    assert turn.changes == [CountPaper(kind, 2026, 5 if kind == "rekap" else 1)]


def test_month_and_year_are_those_of_the_office_day() -> None:
    """23.59 UTC of 31 December is New Year's morning in Makassar."""
    turn = a_turn(None, an_order(), now=datetime(2027, 1, 1, 7, 59, tzinfo=WITA))

    assert give_number(turn, "rekap") == "000.8/1/DP2KBP3A/I/2027"


def test_an_office_may_leave_a_kind_unnumbered() -> None:
    turn = a_turn(None, an_order(), now=wita(24, "08.00"))
    rules = turn.office.nomor.model_copy(update={"rekap": None})
    office = turn.office.model_copy(update={"nomor": rules})
    turn.view = turn.view._replace(setting=turn.view.setting._replace(office=office))

    assert give_number(turn, "rekap") == ""
    assert turn.changes == []


def test_twelve_months_have_their_roman_number() -> None:
    assert " ".join(ROMAN) == "I II III IV V VI VII VIII IX X XI XII"
