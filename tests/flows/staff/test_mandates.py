"""A post filled by somebody else from today on, or by its holder again."""

from datetime import date, timedelta
from typing import Any

import pytest

from flows.model.messages import Message
from flows.model.view import Heads
from flows.office.people import Penugasan
from flows.staff.mandates import offer_parts, tell_changes
from flows.turn.turn import Turn
from tests.flows.small_office import (
    FILLER,
    HEAD,
    KADIS,
    SEKRETARIS,
    a_turn,
    acting,
    an_order,
    filling,
    head_of,
    roster,
    task,
)

TODAY = date(2026, 11, 24)


def plh(**rest: Any) -> Penugasan:
    return acting(SEKRETARIS, "kepala_dinas", None, "Plh", **rest)


def told(turn: Turn) -> list[tuple[str, str, bool]]:
    return [(o.key, o.to, o.is_ring) for o in turn.speech.out if isinstance(o, Message)]


def morning(held: Penugasan, *tugas: Any) -> Turn:
    order = an_order(*tugas)
    turn = a_turn(
        None, people=roster(held), open_tasks=order.tugas, heads=Heads((head_of(order),))
    )
    tell_changes(turn)
    return turn


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (6, True), (7, False), (-1, False)])
def test_a_beginning_is_told_within_a_week(days: int, is_told: bool) -> None:
    turn = morning(plh(mulai=TODAY - timedelta(days=days)))

    expected = [("pelaksana_jabatan", "p2", True), ("pelaksana_jabatan", "p1", False)]
    assert told(turn) == (expected if is_told else [])


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, True), (7, True), (8, False)])
def test_an_end_is_told_to_both_from_the_day_after(days: int, is_told: bool) -> None:
    turn = morning(plh(mulai=date(2026, 10, 1), selesai=TODAY - timedelta(days=days)))

    expected = [("penugasan_berakhir", "p2", False), ("penugasan_berakhir", "p1", False)]
    assert told(turn) == (expected if is_told else [])


def test_who_begins_is_shown_what_passes_to_him() -> None:
    signing, elsewhere = task("p3", "kepala_dinas"), task("7", "kepala_unit", "DAL")
    turn = morning(plh(mulai=TODAY), signing, elsewhere)

    first, second = (o for o in turn.speech.out if isinstance(o, Message))
    assert first.args["jumlah"] == 1
    assert [button.ref for row in first.rows for button in row] == ["7-1"]
    assert second.rows == (), "the holder himself stays informed, no more"


def test_a_definitif_post_is_no_news() -> None:
    assert told(morning(Penugasan(92, KADIS, "sekretaris", None, "x", mulai=TODAY))) == []


def test_a_part_left_behind_is_put_before_the_superior() -> None:
    order = an_order(filling())
    view = {"open_tasks": order.tugas, "heads": (head_of(order),)}
    stays, left = a_turn(None, **view), a_turn(None, people=roster(without=FILLER), **view)
    offer_parts(stays)
    offer_parts(left)

    assert told(stays) == []
    assert told(left) == [("bagian_ditinggal", f"p{HEAD}", True)]
