"""The wall clock jumps forth and back: it ticks on within seconds, and the time is the new one."""

import asyncio
import time
from datetime import UTC, datetime, tzinfo
from typing import Any

import pytest

from bot.runtime import clock as clocks
from bot.runtime.clock import Clock, Ticker
from tests.bot.rooms import eventually

REAL_TIME = time.time


class Wall:
    shift = 0.0


class Moved(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.fromtimestamp(REAL_TIME() + Wall.shift, tz)


@pytest.fixture(autouse=True)
def wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that looks at the wall, in the scheduler too; the monotonic clock goes on."""
    import apscheduler.executors.base as executing
    import apscheduler.schedulers.base as scheduling
    import apscheduler.triggers.interval as interval

    Wall.shift = 0.0
    for module in (executing, scheduling, interval, clocks):
        monkeypatch.setattr(module, "datetime", Moved)
    monkeypatch.setattr(clocks.time, "time", lambda: REAL_TIME() + Wall.shift)


async def test_when_the_scheduler_sees_a_jump_first_one_tick_is_owed() -> None:
    """And not one for every second of a year, counted while all else waits."""
    ticker = Ticker(_nothing)
    task = asyncio.create_task(ticker.run())
    [job] = await eventually(ticker._scheduler.get_jobs)
    Wall.shift = 31_536_000.0

    owed = job._get_run_times(Moved.now(UTC))
    task.cancel()
    await asyncio.wait([task])

    assert len(owed) == 1


async def _nothing() -> None:
    """A tick with nothing to do."""


@pytest.mark.parametrize("jump", [-86_400.0, -300.0, 3600.0, 31_536_000.0])
async def test_after_a_jump_it_ticks_on_and_does_not_wait_for_its_length(jump: float) -> None:
    ticks: list[datetime] = []
    clock = Clock()

    async def tick() -> None:
        ticks.append(clock.now())

    task = asyncio.create_task(Ticker(tick).run())
    await eventually(lambda: ticks)
    Wall.shift = jump
    moved = datetime.fromtimestamp(REAL_TIME() + jump, UTC)
    before = len(ticks)
    await eventually(lambda: len(ticks) >= before + 2)
    task.cancel()
    await asyncio.wait([task])

    assert moved <= ticks[-1] <= Moved.now(UTC)
