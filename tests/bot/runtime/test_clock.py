"""The office's clock: the system's, or one asked over HTTP."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from bot.runtime.clock import Clock, Skew, Ticker, has_jumped
from bot.transport.account import connect, make_bot
from tests.bot.rooms import Street, eventually, settings

START = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


@contextlib.asynccontextmanager
async def told(street: Street) -> AsyncIterator[Clock]:
    """A clock that has heard the simulator's once."""
    clock = Clock(f"{street.url}/clock")
    await clock.first()
    yield clock
    await clock.close()


def test_without_an_address_it_is_the_systems() -> None:
    before = datetime.now(UTC)

    now = Clock().now()

    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


async def test_a_moved_clock_is_followed(street: Street) -> None:
    street.post("/clock", {"set": "2026-11-24T07:30:00+08:00", "rate": 1})

    async with told(street) as clock:
        assert abs(clock.now() - START) < timedelta(minutes=5)
        task = asyncio.create_task(clock.follow())
        street.post("/clock", {"advance_minutes": 90})
        moved = await eventually(lambda: clock.now() - START > timedelta(minutes=89))
        task.cancel()

    assert moved


async def test_between_two_answers_it_goes_at_the_clocks_rate(street: Street) -> None:
    street.post("/clock", {"rate": 600})

    async with told(street) as clock:
        begun, before = time.monotonic(), clock.now()
        await asyncio.sleep(0.2)
        passed = (clock.now() - before).total_seconds()
        most = time.monotonic() - begun

    street.post("/clock", {"rate": 1})
    assert 110 < passed <= 600 * most


async def test_a_silent_clock_keeps_its_last_word() -> None:
    clock = Clock("http://127.0.0.1:9/clock")

    has_heard = await clock.ask()

    await clock.close()
    assert not has_heard
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


async def test_it_ticks_every_second() -> None:
    ticks = []

    async def tick() -> None:
        ticks.append(1)

    ticker = Ticker(tick)
    task = asyncio.create_task(ticker.run())
    await eventually(lambda: len(ticks) >= 3)
    [job] = ticker._scheduler.get_jobs()
    task.cancel()
    await asyncio.wait([task])

    assert job.trigger.get_next_fire_time(START, START) - START == timedelta(seconds=1)


async def test_a_tick_that_fails_is_not_the_last() -> None:
    ticks = []

    async def tick() -> None:
        ticks.append(1)
        raise ValueError("sekali gagal")

    task = asyncio.create_task(Ticker(tick).run())
    await eventually(lambda: len(ticks) >= 2)
    task.cancel()
    await asyncio.wait([task])

    assert len(ticks) >= 2


async def test_a_tick_that_ends_with_its_office_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun = []

    async def tick() -> None:
        begun.append(1)
        await asyncio.sleep(30)

    task = asyncio.create_task(Ticker(tick).run())
    await eventually(lambda: begun)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0.1)

    assert caplog.records == []


@pytest.mark.parametrize(
    ("before", "after", "jumped"),
    [(100.0, 100.4, False), (100.0, 3700.0, True), (100.0, -3500.0, True)],
)
def test_a_jump_is_wall_and_monotonic_clock_going_apart(
    before: float, after: float, jumped: bool
) -> None:
    assert has_jumped(before, after) is jumped


async def test_every_answer_of_telegram_tells_how_far_our_clock_stands_from_its(
    street: Street, tmp_path: Path
) -> None:
    skew = Skew()
    bot = make_bot(settings(street, tmp_path), skew)

    await connect(bot)
    told = skew.seconds
    old = datetime.now(UTC) - timedelta(minutes=5)
    await skew.heed(httpx.Response(200, headers={"date": format_datetime(old, usegmt=True)}))
    await bot.shutdown()

    assert told is not None
    assert skew.seconds is not None
    assert skew.seconds - told > 290


async def test_an_answer_without_a_date_tells_nothing() -> None:
    skew = Skew()

    for headers in ({}, {"date": "kemarin"}):
        await skew.heed(httpx.Response(200, headers=headers))

    assert skew.seconds is None
