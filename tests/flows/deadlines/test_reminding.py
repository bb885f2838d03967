"""Reminders: no key twice, none outside working time, none for a finished tugas."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.deadlines.due_time import due_of
from flows.deadlines.reminders import levels, next_moment, owed, reminder_key, settle_holders
from flows.model.messages import Message
from flows.model.perintah import Tugas
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Office
from tests.flows.small_office import (
    KASUBAG,
    SEKRETARIS,
    a_slot,
    a_turn,
    acting,
    an_order,
    roster,
    task,
)

OFFICE = Office.parse(
    (Path(__file__).parents[3] / "kantor.yaml").read_text(encoding="utf-8"), "kantor.yaml"
)
START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

calendars = st.sets(st.dates(date(2026, 11, 20), date(2026, 12, 20)), max_size=8).map(
    lambda days: OFFICE.calendar(dict.fromkeys(days, "Libur"))
)
moments = st.integers(0, 14 * 1440).map(lambda minutes: START + minutes * MINUTE)


@st.composite
def tasks(draw: st.DrawFn) -> Tugas:
    opened = draw(moments)
    minutes = draw(st.sampled_from((None, 15, 30, 60, 120, 240, 480)))
    gap, length = draw(st.integers(0, 3000)), draw(st.integers(0, 2000))
    begin = opened + gap * MINUTE
    return Tugas(
        perintah_id=1, seq=1, act="5", role="pelaksana", unit="DAL", round=1, opened_at=opened,
        minutes=minutes, clock_from=opened if minutes else None, next_at=opened,
        pauses=((begin, begin + length * MINUTE),) if length else (),
    )  # fmt: skip


@given(task=tasks(), calendar=calendars, steps=st.lists(st.integers(1, 900), max_size=60))
@settings(deadline=None, max_examples=60)
def test_each_word_is_said_once_in_working_time_and_never_of_what_is_done(
    task: Tugas, calendar: WorkCalendar, steps: list[int]
) -> None:
    work = calendar
    tugas = task._replace(due_at=due_of(task, work))
    now, keys = tugas.opened_at, list[str]()
    for step in steps:
        now += step * MINUTE
        said = owed(tugas, OFFICE, work, now)
        keys += [reminder_key(tugas, level) for level in said]
        assert not said or work.is_open(now)
        tugas = tugas._replace(reminded=(*tugas.reminded, *said))
        assert owed(tugas._replace(state="selesai"), OFFICE, work, now) == ()
        if len(keys) == 2 and tugas.minutes is not None and not tugas.grants:
            tugas = tugas._replace(minutes=tugas.minutes + 60, grants=1, reminded=())
            tugas = tugas._replace(due_at=due_of(tugas, work))
    assert len(keys) == len(set(keys))


@given(task=tasks(), calendar=calendars)
@settings(deadline=None, max_examples=60)
def test_a_pause_moves_the_limit_by_the_working_minutes_it_covers(
    task: Tugas, calendar: WorkCalendar
) -> None:
    work = calendar
    due = due_of(task, work)
    if due is None or task.clock_from is None or task.minutes is None:
        assert task.minutes is None
        return
    paused = sum(work.used(begin, min(end, due)) for begin, end in task.pauses if begin < due)
    assert work.used(task.clock_from, due) == task.minutes + paused
    assert work.used(task.clock_from, due, task.pauses) == task.minutes


@given(task=tasks(), calendar=calendars)
@settings(deadline=None, max_examples=40)
def test_short_steps_never_escalate_and_levels_come_in_order(
    task: Tugas, calendar: WorkCalendar
) -> None:
    work = calendar
    tugas = task._replace(due_at=due_of(task, work))
    found = levels(tugas, OFFICE, work)
    names = [level.name for level in found]
    assert [level.at for level in found] == sorted(level.at for level in found)
    if tugas.minutes is not None and tugas.minutes < 60:
        assert names == ["habis"]
    assert next_moment(tugas, OFFICE, work) == (found[0].at if found else None)


def test_a_tugas_follows_its_post() -> None:
    """A Plh of the Sekretaris has come: she is shown it, he is told where it went."""
    order = an_order(task("2a", "sekretaris"))
    slots = (a_slot("t7-1:p2", SEKRETARIS),)
    came = roster(acting(KASUBAG, "sekretaris", None, "Plh"))
    turn, same = a_turn(None, order, people=came, slots=slots), a_turn(None, order, slots=slots)
    settle_holders(turn, order.tugas[0])
    settle_holders(same, order.tugas[0])

    told = [o for o in turn.speech.out if isinstance(o, Message)]
    assert told[0].key == "dialihkan"
    assert [o.to for o in told] == [f"p{SEKRETARIS}", f"p{KASUBAG}"]
    assert [(e.name, e.data["to"]) for e in turn.events] == [("TugasMoved", [KASUBAG])]
    assert same.speech.out == []
