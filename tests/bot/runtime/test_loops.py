"""Signals, running tasks, and ending together."""

import asyncio
import threading

import pytest

from bot.runtime.loops import Signal, StoreThread, TaskPool, until_first


async def test_a_bell_rung_before_the_wait_is_heard() -> None:
    signal = Signal()
    signal.ring()

    async with asyncio.timeout(1):
        await signal.wait(60)


async def test_a_bell_not_rung_ends_the_wait_by_itself() -> None:
    signal = Signal()

    async with asyncio.timeout(1):
        await signal.wait(0.01)


async def test_a_bell_is_silent_after_it_was_heard() -> None:
    signal = Signal()
    signal.ring()
    await signal.wait(60)
    waited = asyncio.create_task(signal.wait(60))

    await asyncio.sleep(0.01)

    assert not waited.done()
    waited.cancel()


async def test_work_in_the_air_takes_room_until_it_lands() -> None:
    signal, gate = Signal(), asyncio.Event()
    pool = TaskPool(2, signal)

    async def wait() -> None:
        await gate.wait()

    pool.start("p1", wait())

    assert (pool.room, pool.keys) == (1, {"p1"})
    gate.set()
    await signal.wait(1)
    assert (pool.room, pool.keys) == (2, frozenset())


async def test_a_fault_in_the_air_is_raised_by_the_loop() -> None:
    signal = Signal()
    pool = TaskPool(2, signal)

    async def fail() -> None:
        raise ValueError("lost")

    pool.start("p1", fail())
    await signal.wait(1)

    with pytest.raises(ValueError, match="lost"):
        pool.check()


async def test_work_in_the_air_is_given_its_time_to_land() -> None:
    landed = []
    pool = TaskPool(2, Signal())

    async def land(seconds: float) -> None:
        await asyncio.sleep(seconds)
        landed.append(seconds)

    pool.start("p1", land(0.01))
    pool.start("p2", land(60))
    await pool.settle(0.2)

    assert landed == [0.01]


async def test_all_end_when_one_ends() -> None:
    ended = []

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("long")

    await until_first(long(), asyncio.sleep(0.01))

    assert ended == ["long"]


async def test_the_fault_of_the_first_to_end_is_raised() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await until_first(asyncio.sleep(60), fail())


async def test_the_store_has_one_thread_of_its_own() -> None:
    in_thread = StoreThread()

    names = [await in_thread(lambda: threading.current_thread().name) for _ in range(3)]

    in_thread.close()
    assert len(set(names)) == 1
    assert names[0] != threading.current_thread().name


async def test_a_fault_of_the_store_reaches_whoever_waits_for_it() -> None:
    in_thread = StoreThread()

    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 / 0)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await in_thread(next, iter(()))
    assert await in_thread(max, 1, 2) == 2
    in_thread.close()


async def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    in_thread, release, done = StoreThread(), threading.Event(), []
    first = asyncio.ensure_future(in_thread(release.wait, 10))
    second = asyncio.ensure_future(in_thread(done.append, "second"))
    await asyncio.sleep(0)

    second.cancel()
    await asyncio.wait([second])
    release.set()
    assert await first

    await in_thread(done.append, "third")
    in_thread.close()
    assert done == ["third"]
