"""A figure typed after Kirim: what is offered for it, by where the data lie."""

from decimal import Decimal
from typing import Any

import pytest

from flows.dialogs.dialog import press
from flows.filling.part import part_of
from flows.filling.sent_part import SENT, hear_late
from flows.forms.form import Isian
from flows.model.messages import Message
from flows.model.perintah import Bagian, Tugas
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, NOW, a_file, a_turn, an_order, filling, task

CODES = ("DAL-04", "DAL-05")
ROWS = (Isian("DAL-04", Decimal(48)), Isian("DAL-05", Decimal("78.30")))
DONE: dict[str, Any] = {"state": "selesai", "finished_at": NOW, "finished_by": FILLER}


def sent(*later: Tugas, **rest: Any) -> Turn:
    part = Bagian("DAL", FILLER, CODES, ROWS)
    order = an_order(filling(codes=CODES, **DONE), *later, bagian=(part,), **rest)
    return a_turn(FILLER, order, tugas=order.tugas[0], command=a_file())


def hear(turn: Turn, text: str) -> bool:
    """Whether the words mean a row of the part; then they are taken."""
    instead = hear_late(turn, turn.perintah.tugas[0], text)
    if instead is not None:
        instead()
    return instead is not None


def shown(turn: Turn) -> Message:
    return [o for o in turn.speech.out if isinstance(o, Message)][-1]


def keys(turn: Turn) -> list[str]:
    return [button.key for row in shown(turn).rows for button in row]


def test_the_part_is_taken_back_with_the_figure() -> None:
    turn = sent()
    assert hear(turn, "DAL-04 50")
    assert keys(turn) == ["tarik_catat", "batal"]
    assert part_of(turn, turn.tugas).rows == ROWS

    assert turn.draft is not None
    press(turn, SENT, turn.draft, "j0")

    assert turn.perintah.tugas[0].is_open
    assert part_of(turn, turn.tugas).rows[0].realisasi == Decimal(50)
    data = turn.perintah.latest("DAL")
    assert data is not None
    assert data.rows == ROWS
    assert [e.name for e in turn.events] == ["DataFrozen", "TugasUndone", "RowsFilled"]


def test_what_somebody_has_built_upon_is_asked_back() -> None:
    turn = sent(task("6", "koordinator_data", "DAL", **DONE), task("7", "kepala_unit", "DAL"))
    assert hear(turn, "DAL-04 50")

    assert keys(turn) == ["mohon_dikembalikan", "batal"]


def test_where_nobody_may_send_it_back_nothing_is_offered() -> None:
    turn = sent(task("6", "koordinator_data", "DAL", **DONE), task("p3", "kepala_dinas"))
    assert hear(turn, "DAL-04 50")

    assert (shown(turn).key, keys(turn)) == ("sudah_dikirim", ["batal"])


@pytest.mark.parametrize("text", ["DAL-04 sudah benar", "besok pagi", "50"])
def test_other_words_are_none_of_its_business(text: str) -> None:
    assert not hear(sent(), text)


def test_an_order_that_is_over_is_left_alone() -> None:
    assert not hear(sent(status="selesai"), "DAL-04 50")
