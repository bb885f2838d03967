"""A time in which nobody could reach the system."""

from datetime import datetime
from typing import Any

import pytest

from flows.deadlines.due_time import count_outage, is_moved
from flows.model.commands import Outage
from flows.model.messages import Message
from flows.model.view import Downtime
from tests.flows.small_office import FILLER, NOW, a_turn, an_order, filling, task
from tests.kantor import wita

BEGIN, END = wita(24, "09.00"), wita(24, "10.00")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"due_at": wita(24, "09.01")}, True),
        ({"due_at": BEGIN}, False),
        ({"clock_from": wita(24, "09.59")}, True),
        ({"clock_from": END}, False),
        ({"clock_from": None}, False),
        ({"due_at": None}, False),
        ({"blocked_at": NOW}, False),
    ],
)
def test_only_a_clock_that_ran_and_was_not_late_moves(
    changes: dict[str, Any], expected: bool
) -> None:
    assert is_moved(filling(**changes), BEGIN, END) is expected


def test_every_running_limit_moves_and_each_holder_hears_it_once() -> None:
    done = filling(state="selesai")
    perintah = an_order(filling(), done, task("8t", "kasubag_perencanaan", "DAL"))
    turn = a_turn(None, perintah, now=wita(24, "10.05"))

    count_outage(turn, Outage(7, "gangguan:1", BEGIN, END, "Listrik padam"))

    moved, ended, untimed = turn.perintah.tugas
    assert moved.due_at == wita(25, "09.30")
    assert (ended, untimed) == perintah.tugas[1:]
    told = [o for o in turn.speech.out if isinstance(o, Message) and o.key == "batas_bergeser"]
    assert [(m.to, m.args["menit"], m.is_ring) for m in told] == [(f"p{FILLER}", 60, False)]


def test_a_night_moves_nothing() -> None:
    turn = a_turn(None, an_order(filling()), now=wita(25, "07.35"))
    count_outage(turn, Outage(7, "gangguan:1", wita(24, "16.00"), wita(25, "07.30")))

    assert turn.perintah.tugas[0].due_at == wita(25, "08.30")
    assert turn.events == []


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (wita(24, "08.00"), BEGIN, False),
        (wita(24, "08.00"), wita(24, "09.01"), True),
        (wita(24, "09.20"), wita(24, "09.30"), True),
        (wita(24, "08.00"), wita(24, "11.00"), True),
        (END, wita(24, "11.00"), False),
    ],
)
def test_two_times_that_only_touch_do_not_overlap(
    begin: datetime, end: datetime, expected: bool
) -> None:
    assert Downtime(BEGIN, END).overlaps(begin, end) is expected
