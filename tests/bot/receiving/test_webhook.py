"""Called by Telegram: 200 means it stands in the inbox, and only Telegram is believed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from pydantic import SecretStr

from bot.receiving.receiver import Receiver, Watchdog
from bot.receiving.webhook import SECRET, Webhook
from bot.resources import Resources
from tests.bot.ports import free_port
from tests.bot.receiving.test_receiver import kept
from tests.bot.rooms import Street, eventually

WORD = "rahasia-rahasia-rahasia-rahasia-rahasia"
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False},
        "text": "halo",
    },
}


def hooked(resources: Resources, port: int) -> Resources:
    told = {
        "webhook_url": f"http://127.0.0.1:{port}/kait",
        "webhook_listen": f"127.0.0.1:{port}",
        "webhook_secret": SecretStr(WORD),
    }
    return replace(resources, settings=resources.settings.model_copy(update=told))


@contextlib.asynccontextmanager
async def called(resources: Resources) -> AsyncIterator[httpx.AsyncClient]:
    port = free_port()
    resources = hooked(resources, port)
    task = asyncio.create_task(Webhook(resources, Receiver(resources)).run(Watchdog()))
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as client:
            await eventually_up(client)
            yield client
    finally:
        task.cancel()
        await asyncio.wait([task])
        await resources.bot.delete_webhook()


async def eventually_up(client: httpx.AsyncClient) -> None:
    for _ in range(200):
        with contextlib.suppress(httpx.HTTPError):
            await client.get("/")
            return
        await asyncio.sleep(0.02)


async def test_what_is_said_stands_in_the_inbox_when_it_is_answered(resources: Resources) -> None:
    async with called(resources) as client:
        answer = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    [item] = kept(resources)
    assert (answer.status_code, item.update_id) == (200, 77)


@pytest.mark.parametrize("headers", [{}, {SECRET: "salah"}, {SECRET: WORD + "x"}])
async def test_whoever_does_not_know_the_word_is_not_believed(
    resources: Resources, headers: dict[str, str]
) -> None:
    async with called(resources) as client:
        answer = await client.post("/kait", json=UPDATE, headers=headers)

    assert (answer.status_code, kept(resources)) == (403, ())


async def test_an_inbox_that_cannot_write_makes_telegram_try_again(resources: Resources) -> None:
    path = resources.settings.data_dir / "sigap.db"
    async with called(resources) as client:
        resources.store.close()
        hidden = path.rename(path.with_name("away.db"))
        path.mkdir()
        refused = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})
        path.rmdir()
        hidden.rename(path)
        taken = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    assert (refused.status_code, taken.status_code) == (500, 200)
    assert len(kept(resources)) == 1


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[" * 9_000_000, 413), (b"[]", 200)])
async def test_nonsense_ends_nothing(resources: Resources, body: bytes, status: int) -> None:
    async with called(resources) as client:
        answer = await client.post("/kait", content=body, headers={SECRET: WORD})
        after = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    assert (answer.status_code, after.status_code) == (status, 200)


async def test_telegram_itself_is_told_where_to_call(resources: Resources, street: Street) -> None:
    person = street.person()

    async with called(resources):
        await asyncio.to_thread(street.say, person, "lewat kait")
        found = await eventually(
            lambda: [i for i in kept(resources) if i.raw["message"].get("text") == "lewat kait"]
        )

    assert found[0].chat_id == person
