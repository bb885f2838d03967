"""Waiting for the feed's next event: a stop ends it, whatever event comes at that moment."""

import asyncio

import pytest

from simulator.world.feed import Feed
from simulator.world.updates import UpdateQueue


@pytest.mark.parametrize("steps", range(3))
async def test_a_reader_called_off_while_news_comes_ends(steps: int) -> None:
    feed = Feed()
    reading = asyncio.create_task(feed.changed(feed.last_id, 5.0))
    await asyncio.sleep(0.01)
    feed.publish("message", {})
    await _called_off_after(reading, steps)


@pytest.mark.parametrize("steps", range(3))
async def test_a_poll_called_off_while_an_update_comes_ends(steps: int) -> None:
    updates = UpdateQueue()
    polling = asyncio.create_task(updates.woken(5.0))
    await asyncio.sleep(0.01)
    updates.wake()
    await _called_off_after(polling, steps)


async def _called_off_after(task: "asyncio.Task[bool]", steps: int) -> None:
    """After so many steps of the loop; what had already ended by then was in time."""
    for _ in range(steps):
        await asyncio.sleep(0)
    if not task.done():
        task.cancel()
        await asyncio.wait((task,))
        assert task.cancelled()
