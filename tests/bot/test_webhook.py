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
from bot.resources import House
from tests.bot.ports import free_port
from tests.bot.rooms import Street, eventually
from tests.bot.test_receiver import kept

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


def hooked(house: House, port: int) -> House:
    told = {
        "webhook_url": f"http://127.0.0.1:{port}/kait",
        "webhook_listen": f"127.0.0.1:{port}",
        "webhook_secret": SecretStr(WORD),
    }
    return replace(house, settings=house.settings.model_copy(update=told))


@contextlib.asynccontextmanager
async def called(house: House) -> AsyncIterator[httpx.AsyncClient]:
    port = free_port()
    house = hooked(house, port)
    task = asyncio.create_task(Webhook(house, Receiver(house)).run(Watchdog()))
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as client:
            await eventually_up(client)
            yield client
    finally:
        task.cancel()
        await asyncio.wait([task])
        await house.bot.delete_webhook()


async def eventually_up(client: httpx.AsyncClient) -> None:
    for _ in range(200):
        with contextlib.suppress(httpx.HTTPError):
            await client.get("/")
            return
        await asyncio.sleep(0.02)


async def test_what_is_said_stands_in_the_inbox_when_it_is_answered(house: House) -> None:
    async with called(house) as client:
        answer = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    [item] = kept(house)
    assert (answer.status_code, item.update_id) == (200, 77)


@pytest.mark.parametrize("headers", [{}, {SECRET: "salah"}, {SECRET: WORD + "x"}])
async def test_whoever_does_not_know_the_word_is_not_believed(
    house: House, headers: dict[str, str]
) -> None:
    async with called(house) as client:
        answer = await client.post("/kait", json=UPDATE, headers=headers)

    assert (answer.status_code, kept(house)) == (403, ())


async def test_an_inbox_that_cannot_write_makes_telegram_try_again(house: House) -> None:
    path = house.settings.data_dir / "sigap.db"
    async with called(house) as client:
        house.store.close()
        hidden = path.rename(path.with_name("away.db"))
        path.mkdir()
        refused = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})
        path.rmdir()
        hidden.rename(path)
        taken = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    assert (refused.status_code, taken.status_code) == (500, 200)
    assert len(kept(house)) == 1


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[" * 9_000_000, 413), (b"[]", 200)])
async def test_nonsense_ends_nothing(house: House, body: bytes, status: int) -> None:
    async with called(house) as client:
        answer = await client.post("/kait", content=body, headers={SECRET: WORD})
        after = await client.post("/kait", json=UPDATE, headers={SECRET: WORD})

    assert (answer.status_code, after.status_code) == (status, 200)


async def test_telegram_itself_is_told_where_to_call(house: House, street: Street) -> None:
    person = street.person()

    async with called(house):
        await asyncio.to_thread(street.say, person, "lewat kait")
        found = await eventually(
            lambda: [i for i in kept(house) if i.raw["message"].get("text") == "lewat kait"]
        )

    assert found[0].chat_id == person
