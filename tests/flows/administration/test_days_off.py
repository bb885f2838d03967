"""/libur: days of the office's own, and the limits they move."""

from datetime import date
from typing import Any

import pytest

from flows.administration.days_off import CALENDAR, begin, recount
from flows.model.changes import AddDay, Decision, RemoveDay, WakeTasks
from flows.model.conversation import Draft
from flows.model.messages import Message
from flows.model.view import Heads, LocalDay
from flows.turn.turn import Turn
from tests.flows.small_office import ADMIN, HEAD, NOW, a_turn, an_order, filling, head_of, setting

FREE = {"apa": "libur", "tanggal": "2026-11-25", "nama": "HUT Kabupaten", "dasar": "SE Bupati 9"}
ORDER = an_order(filling())


def admin(actor: int = ADMIN) -> Turn:
    return a_turn(actor, ORDER, open_tasks=ORDER.tugas, heads=Heads((head_of(ORDER),)))


def keep(turn: Turn, **answers: Any) -> Decision | None:
    draft = Draft(ADMIN, "libur", "", "s", NOW, answers)
    return CALENDAR.finish(turn, draft)


def moved(turn: Turn) -> list[str]:
    (told,) = (o for o in turn.speech.out if isinstance(o, Message))
    return [line["menjadi"] for line in told.args["bergeser"]]


def test_a_day_off_moves_the_limits_beyond_it() -> None:
    """The limit of Wednesday 08.30 WITA is one of Thursday."""
    turn = admin()

    assert keep(turn, **FREE) is None
    day = LocalDay(date(2026, 11, 25), "HUT Kabupaten", "SE Bupati 9")
    assert turn.changes == [AddDay(day)]
    assert moved(turn) == ["2026-11-26T00:30:00+00:00"]


def test_each_day_of_a_range_is_added() -> None:
    turn = admin()

    assert keep(turn, **{**FREE, "tanggal": "2026-11-25/2026-11-26"}) is None
    added = [change.day.day.day for change in turn.changes if isinstance(change, AddDay)]
    assert added == [25, 26]
    assert moved(turn) == ["2026-11-27T00:30:00+00:00"]


def test_a_saturday_worked_in_exchange_moves_no_limit_before_it() -> None:
    turn = admin()

    assert keep(turn, **{**FREE, "apa": "kerja", "tanggal": "2026-11-28"}) is None
    (added,) = (change for change in turn.changes if isinstance(change, AddDay))
    assert added.day.is_workday
    assert moved(turn) == []


def test_a_day_is_taken_away_again() -> None:
    turn = admin()

    assert keep(turn, apa="hapus", hari="2026-12-09") is None
    assert turn.changes == [RemoveDay(date(2026, 12, 9))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("25-11-2026", "2026-11-25"),
        ("24/11/2026", "2026-11-24"),
        ("23-11-2026", None),
        ("27-11-2026 s.d. 30-11-2026", "2026-11-27/2026-11-30"),
        ("28-11 s.d. 29-11", None),
        ("25-11-2026 s.d. 26-12-2026", None),
    ],
)
def test_only_a_day_to_come_is_added(text: str, read: str | None) -> None:
    question = CALENDAR.questions["tanggal"](admin(), {"apa": "libur"})

    assert question is not None
    assert question.parse is not None
    assert question.parse(text) == read


def test_only_the_admin_changes_the_calendar() -> None:
    for refused in (begin(turn := admin(HEAD), ""), recount(turn, "")):
        assert refused is not None
        assert refused.is_refused
    assert turn.changes == []


def test_running_limits_follow_the_calendar_on_the_admins_word() -> None:
    turn = admin()
    recount(turn, "")

    assert turn.changes == [WakeTasks(setting().calendar.version)]
