"""A hindrance told in a reply: "kendala: ..."."""

import pytest

from flows.engine.verbs import hindrance_said, state_hindrance
from tests.flows.small_office import FILLER, NOW, a_turn, an_order, filling


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kendala: listrik padam sejak pagi", "listrik padam sejak pagi"),
        (" Terkendala :  jaringan internet putus ", "jaringan internet putus"),
        ("kendala: padam", ""),
        ("kendala", ""),
        ("kendala listrik padam sejak pagi", ""),
        ("catatan: listrik padam sejak pagi", ""),
    ],
)
def test_only_a_reason_of_some_length_counts(text: str, reason: str) -> None:
    assert hindrance_said(text) == reason


def test_the_reason_told_is_not_asked_once_more() -> None:
    order = an_order(filling())
    turn = a_turn(FILLER, order, tugas=order.tugas[0])

    assert state_hindrance(turn, order.tugas[0], "listrik padam sejak pagi") is None
    assert turn.draft is not None
    assert (turn.draft.dialog, dict(turn.draft.answers)) == (
        "kendala", {"sebab": "listrik padam sejak pagi"},
    )  # fmt: skip


def test_a_second_hindrance_waits_for_the_first() -> None:
    order = an_order(filling(blocked_at=NOW))
    refused = state_hindrance(a_turn(FILLER, order), order.tugas[0], "listrik padam sejak pagi")

    assert refused is not None
    assert refused.is_refused
