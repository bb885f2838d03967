"""The health endpoints report what an official would notice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.operations.health import Health
from bot.resources import Metrics, Resources, Watched
from bot.runtime.http_server import serve
from tests.bot.ports import open_door


@contextlib.asynccontextmanager
async def watching(
    metrics: Metrics, resources: Resources | None
) -> AsyncIterator[httpx.AsyncClient]:
    door, url = open_door()
    task = asyncio.create_task(serve(Health(metrics, Watched(resources)).app(), door))
    try:
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            yield client
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_before_it_is_connected_it_is_alive_and_not_ready() -> None:
    async with watching(Metrics(), None) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")

    assert (alive.status_code, ready.status_code) == (200, 503)


async def test_a_house_at_work_is_ready(resources: Resources) -> None:
    resources.metrics.poll_ended()

    async with watching(resources.metrics, resources) as client:
        answer = await client.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("trouble", ["refused", "out", "silent"])
async def test_whoever_cannot_serve_is_not_ready(resources: Resources, trouble: str) -> None:
    resources.metrics.poll_ended()
    resources.metrics.is_refused = trouble == "refused"
    resources.metrics.is_out = trouble == "out"
    if trouble == "silent" and resources.metrics.polled_at is not None:
        resources.metrics.polled_at -= 600

    async with watching(resources.metrics, resources) as client:
        answer = await client.get("/readyz")
        alive = await client.get("/healthz")

    assert answer.status_code == 503
    assert alive.status_code == (503 if trouble == "silent" else 200)


async def test_a_store_that_is_gone_is_not_ready(resources: Resources) -> None:
    resources.metrics.poll_ended()
    resources.store.close()
    (resources.settings.data_dir / "sigap.db").unlink()
    (resources.settings.data_dir / "sigap.db").mkdir()

    async with watching(resources.metrics, resources) as client:
        answer = await client.get("/readyz")
        numbers = await client.get("/metrics")

    assert answer.status_code == 503
    assert answer.text.startswith("store: ")
    assert "sigap_store_up 0.0" in numbers.text
    assert "sigap_ticks_total" in numbers.text
    assert "sigap_waiting" not in numbers.text


async def test_the_numbers_are_there(resources: Resources) -> None:
    resources.metrics.received["message"] += 3
    resources.metrics.delivered["board"] += 2
    resources.metrics.ticks += 1

    async with watching(resources.metrics, resources) as client:
        lines = (await client.get("/metrics")).text.splitlines()

    assert 'sigap_updates_total{kind="message"} 3.0' in lines
    assert 'sigap_deliveries_total{kind="board"} 2.0' in lines
    assert 'sigap_waiting{box="inbox"} 0.0' in lines
    assert 'sigap_oldest_seconds{box="outbox"} 0.0' in lines
    assert "sigap_worker_crashes_total 0.0" in lines
    assert "sigap_drawings_total 0.0" in lines
    assert "sigap_ticks_total 1.0" in lines
    assert "sigap_store_up 1.0" in lines
