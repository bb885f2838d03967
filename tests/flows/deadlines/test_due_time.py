"""When a tugas is due, and how its limit moves."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.deadlines.due_time import (
    due_of,
    extend,
    minutes_to,
    pause,
    redate,
    resume,
    skip_outage,
    still_said,
)
from flows.model.perintah import Tugas
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, NOW, a_turn, an_order, filling, setting
from tests.kantor import wita

WORK = setting().calendar


def working(now: Any = NOW, **changes: Any) -> tuple[Turn, Tugas]:
    perintah = an_order(filling(**changes))
    return a_turn(FILLER, perintah, now=now), perintah.tugas[0]


def test_a_day_of_480_minutes_ends_half_an_hour_into_the_next() -> None:
    """450 minutes a day, 07.30-12.00 and 13.00-16.00: from 08.00 there are 420 left."""
    _, tugas = working()

    assert due_of(tugas, WORK) == wita(25, "08.30")


@pytest.mark.parametrize("still", [{"minutes": None}, {"clock_from": None}, {"blocked_at": NOW}])
def test_without_a_running_clock_there_is_no_limit(still: dict[str, Any]) -> None:
    assert due_of(working(**still)[1], WORK) is None


@given(st.integers(1, 5000))
def test_the_minutes_to_a_limit_give_that_limit(minutes: int) -> None:
    _, tugas = working(minutes=minutes)
    due = due_of(tugas, WORK)

    assert due is not None
    assert minutes_to(tugas, WORK, due) == minutes


def test_a_minute_begun_counts_whole() -> None:
    _, tugas = working()

    assert minutes_to(tugas, WORK, wita(24, "09.00") + timedelta(seconds=1)) == 61
    assert minutes_to(tugas, WORK, wita(24, "12.30")) == 240, "nothing is worked at noon"


def test_more_time_moves_the_limit_and_outdates_the_buttons() -> None:
    turn, tugas = working()
    moved = extend(turn, tugas, 60)

    assert (moved.minutes, moved.due_at) == (540, wita(25, "09.30"))
    assert (moved.grants, moved.revision) == (1, 1)
    assert turn.perintah.tugas == (moved,)


def test_a_resting_clock_owes_nothing_and_counts_on_where_it_stopped() -> None:
    turn, tugas = working()
    resting = pause(turn, tugas, wita(24, "09.00"))
    assert (resting.due_at, resting.next_at) == (None, None)

    later = a_turn(FILLER, turn.perintah, now=wita(24, "11.00"))
    again = resume(later, resting)

    assert again.due_at == wita(25, "10.30"), "08.30 and the two hours that rested"
    assert again.pauses == ((wita(24, "09.00"), wita(24, "11.00")),)
    assert resume(later, again) is again


def test_a_rest_never_ends_before_it_begins() -> None:
    turn, tugas = working(now=wita(24, "08.30"))
    resting = pause(turn, tugas, wita(24, "09.00"))

    assert resume(turn, resting).due_at == wita(25, "08.30")


def test_an_outage_moves_the_limit_but_outdates_no_button() -> None:
    turn, tugas = working(now=wita(24, "14.00"), revision=2)
    moved = skip_outage(turn, tugas, wita(24, "07.00"), wita(24, "09.00"))

    assert moved.due_at == wita(25, "09.30"), "only the hour since the clock began"
    assert moved.pauses == ((NOW, wita(24, "09.00")),)
    assert moved.revision == 2


def test_words_owed_before_the_new_limit_are_owed_once_more() -> None:
    """480 minutes: at half the standard, an hour before the end, at the end, then superiors."""
    said = ("50%", "-60m", "habis", "atasan1")
    turn, tugas = working(now=wita(25, "10.00"), reminded=said)

    assert still_said(turn, tugas) == ("50%", "-60m", "habis", "atasan1")
    assert extend(turn, tugas, 450).reminded == ("50%",)


def test_a_limit_that_does_not_move_keeps_what_was_said() -> None:
    turn, tugas = working(now=wita(25, "10.00"), reminded=("50%", "-60m", "habis"))

    assert redate(turn, tugas, note="x").reminded == ("50%", "-60m", "habis")
