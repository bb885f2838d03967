"""Whose return is a question to his superior, and how the reader knows."""

import pytest

from flows.turn.direction import asks_above, was_asked
from flows.turn.undo_window import ASKED, RETURNED
from tests.flows.small_office import KASUBAG, SEKRETARIS, a_turn, an_order, task


@pytest.mark.parametrize(
    ("act", "role", "unit", "expected"),
    [
        ("2a", "sekretaris", None, True),
        ("2b", "kasubag_perencanaan", None, True),
        ("3", "kasubag_perencanaan", None, False),
        ("4", "kepala_unit", "DAL", False),
        ("7", "kepala_unit", "DAL", False),
        ("9", "kasubag_perencanaan", None, False),
        ("p2", "sekretaris", None, False),
    ],
)
def test_only_a_return_to_a_superior_is_a_question(
    act: str, role: str, unit: str | None, expected: bool
) -> None:
    order = an_order(task(act, role, unit))

    assert asks_above(a_turn(KASUBAG, order), order.tugas[0]) is expected


@pytest.mark.parametrize(("outcome", "expected"), [(ASKED, True), (RETURNED, False)])
def test_what_a_question_has_opened_says_so(outcome: str, expected: bool) -> None:
    cause = task("2b", "kasubag_perencanaan", state="ulang", outcome=outcome)
    order = an_order(cause, task("2a", "sekretaris", opened_from=1))

    turn = a_turn(SEKRETARIS, order)
    assert was_asked(turn, order.tugas[1]) is expected
    assert was_asked(turn, order.tugas[0]) is False
