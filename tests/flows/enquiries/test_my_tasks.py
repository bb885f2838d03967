"""What a person may ask at any time: his tasks and the number he means."""

import pytest

from flows.enquiries.my_tasks import is_numbered, list_tasks, titles
from flows.model.messages import Message
from flows.model.view import Heads
from flows.office.people import Penugasan
from tests.flows.small_office import FILLER, HEAD, a_turn, acting, an_order, filling, head_of, task
from tests.kantor import wita


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("7", True),
        ("#007", True),
        (" 7/2026 ", True),
        ("007/2026", True),
        ("7/2025", False),
        ("70", False),
        ("", False),
        ("tujuh", False),
    ],
)
def test_a_number_typed_means_a_perintah(number: str, expected: bool) -> None:
    assert is_numbered(an_order(), number) is expected
    assert is_numbered(head_of(an_order()), number) is expected


def test_each_title_is_told_once() -> None:
    own = Penugasan(1, HEAD, "kepala_unit", "DAL", "Kepala Bidang")
    plt = acting(HEAD, "kepala_unit", "PPR", "Plt")

    assert titles([own, own, plt]) == ["Kepala Bidang", "Plt. Pejabat sementara"]


def test_the_most_urgent_comes_first_and_what_has_no_limit_last() -> None:
    order = an_order(
        task("8t", "kasubag_perencanaan", "DAL"), filling(due_at=wita(26, "09.00")), filling()
    )
    turn = a_turn(FILLER, order, todo=order.tugas, heads=Heads((head_of(order),)))
    list_tasks(turn)

    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    assert told.args["semua"] == 3
    assert [button.ref for row in told.rows for button in row] == ["7-3", "7-2", "7-1"]


def test_nothing_to_do_is_said() -> None:
    turn = a_turn(FILLER)
    list_tasks(turn)

    assert [o.key for o in turn.speech.out if isinstance(o, Message)] == ["tanpa_tugas"]
