"""Machines that watch the house learn what an official would notice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.operations.health import Health
from bot.resources import House, Watched
from bot.runtime.http_server import serve
from bot.runtime.metrics import Tally
from tests.bot.ports import open_door


@contextlib.asynccontextmanager
async def watching(tally: Tally, house: House | None) -> AsyncIterator[httpx.AsyncClient]:
    door, url = open_door()
    task = asyncio.create_task(serve(Health(tally, Watched(house)).app(), door))
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            yield client
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_before_it_is_connected_it_is_alive_and_not_ready() -> None:
    async with watching(Tally(), None) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")

    assert (alive.status_code, ready.status_code) == (200, 503)


async def test_a_house_at_work_is_ready(house: House) -> None:
    house.tally.poll_ended()

    async with watching(house.tally, house) as client:
        answer = await client.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("trouble", ["refused", "out", "silent"])
async def test_whoever_cannot_serve_is_not_ready(house: House, trouble: str) -> None:
    house.tally.poll_ended()
    house.tally.is_refused = trouble == "refused"
    house.tally.is_out = trouble == "out"
    if trouble == "silent" and house.tally.polled_at is not None:
        house.tally.polled_at -= 600

    async with watching(house.tally, house) as client:
        answer = await client.get("/readyz")
        alive = await client.get("/healthz")

    assert answer.status_code == 503
    assert alive.status_code == (503 if trouble == "silent" else 200)


async def test_a_store_that_is_gone_is_not_ready(house: House) -> None:
    house.tally.poll_ended()
    house.store.close()
    (house.settings.data_dir / "sigap.db").unlink()
    (house.settings.data_dir / "sigap.db").mkdir()

    async with watching(house.tally, house) as client:
        answer = await client.get("/readyz")
        numbers = await client.get("/metrics")

    assert answer.status_code == 503
    assert answer.text.startswith("store: ")
    assert "sigap_store_up 0.0" in numbers.text
    assert "sigap_ticks_total" in numbers.text
    assert "sigap_waiting" not in numbers.text


async def test_the_numbers_are_there(house: House) -> None:
    house.tally.received["message"] += 3
    house.tally.delivered["board"] += 2
    house.tally.ticked()

    async with watching(house.tally, house) as client:
        lines = (await client.get("/metrics")).text.splitlines()

    assert 'sigap_updates_total{kind="message"} 3.0' in lines
    assert 'sigap_deliveries_total{kind="board"} 2.0' in lines
    assert 'sigap_waiting{box="inbox"} 0.0' in lines
    assert 'sigap_oldest_seconds{box="outbox"} 0.0' in lines
    assert "sigap_worker_crashes_total 0.0" in lines
    assert "sigap_ticks_total 1.0" in lines
    assert "sigap_store_up 1.0" in lines
