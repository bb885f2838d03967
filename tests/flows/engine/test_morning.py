"""The morning of a person and of the office, and what the clock brings."""

from datetime import date, datetime
from typing import Any

import pytest

from flows.engine.decide import by_clock
from flows.engine.morning import open_day, tell_person
from flows.model.changes import WakeTasks
from flows.model.commands import DayBegan, Digested, Ticked
from flows.model.messages import Message
from flows.model.view import Heads
from flows.turn.turn import Turn
from tests.flows.small_office import (
    ADMIN,
    COLLEAGUE,
    FILLER,
    HEAD,
    KADIS,
    NOW,
    SEKRETARIS,
    a_turn,
    acting,
    an_order,
    filling,
    head_of,
    roster,
)
from tests.kantor import WITA, wita

LATE = an_order(filling(due_at=wita(23, "15.00")))


def told(turn: Turn) -> list[tuple[str, str]]:
    return [(o.key, o.to) for o in turn.speech.out if isinstance(o, Message)]


def digest(actor: int, *todo: Any) -> list[Message]:
    turn = a_turn(actor, todo=todo, open_tasks=LATE.tugas, heads=Heads((head_of(LATE),)))
    tell_person(turn)
    return [o for o in turn.speech.out if isinstance(o, Message)]


def test_one_silent_message_tells_the_tasks_of_the_day() -> None:
    (own,) = digest(FILLER, *LATE.tugas)

    assert (own.key, own.is_ring, own.args["semua"], own.args["lewat"]) == (
        "ringkasan_pagi", False, 1, 1,
    )  # fmt: skip
    assert own.args["terlambat"] == []


def test_what_is_late_is_told_to_all_who_stand_above() -> None:
    for superior in (HEAD, SEKRETARIS, KADIS):
        (message,) = digest(superior)
        assert [line["nomor"] for line in message.args["terlambat"]] == ["007/2026"]
    assert digest(COLLEAGUE) == []


@pytest.mark.parametrize(
    ("began", "level"),
    [(date(2026, 9, 11), ""), (date(2026, 9, 10), "75"), (date(2026, 8, 26), "90")],
)
def test_a_plt_that_drags_on_is_told_after_75_and_90_days(began: date, level: str) -> None:
    plt = acting(HEAD, "kepala_unit", "PPR", "Plt", mulai=began)
    turn = a_turn(None, people=roster(plt), command=DayBegan("day:1"))
    open_day(turn)

    keys = [o.unique for o in turn.speech.out if isinstance(o, Message) and o.key == "plt_lama"]
    assert keys == ([f"plt:91:{level}"] * 2 if level else [])


@pytest.mark.parametrize(("month", "is_told"), [(9, False), (10, True), (12, True)])
def test_next_years_calendar_is_asked_for_from_october(month: int, is_told: bool) -> None:
    turn = a_turn(None, now=datetime(2026, month, 15, 7, 30, tzinfo=WITA))
    open_day(turn)

    assert (("kalender_belum", f"p{ADMIN}") in told(turn)) is is_told


@pytest.mark.parametrize(("day", "is_offered"), [(1, True), (2, False)])
def test_a_quarter_that_is_over_is_offered_on_the_first_working_morning(
    day: int, is_offered: bool
) -> None:
    """1 October 2026 is a Thursday."""
    turn = a_turn(None, now=datetime(2026, 10, day, 7, 30, tzinfo=WITA))
    open_day(turn)

    assert ("akhir_triwulan" in [key for key, _ in told(turn)]) is is_offered


def test_each_tick_brings_its_own() -> None:
    turn = a_turn(None, LATE)
    by_clock(turn, DayBegan("day:1"))
    assert WakeTasks() in turn.changes

    stopped = a_turn(
        None, LATE._replace(status="batal", tugas=(filling(next_at=NOW)._replace(seq=1),))
    )
    by_clock(stopped, Ticked(7, "tick:1"))
    assert stopped.speech.out == []
    nobody = a_turn(None)
    by_clock(nobody, Digested(99, "d:1"))
    assert nobody.speech.out == []
