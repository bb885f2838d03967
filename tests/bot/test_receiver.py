"""Updates stand in the inbox before Telegram may forget them, once each."""

import asyncio
import contextlib
import subprocess
import sys
from typing import Any

import pytest

from bot.receiving.receiver import POLL_SECONDS, Receiver, Watchdog
from bot.resources import House
from bot.transport.account import TokenRefused, connect, make_bot
from storage.queues.inbox import Item
from tests.bot.rooms import ROOT, Street, eventually, settings


@contextlib.asynccontextmanager
async def receiving(house: House) -> Any:
    task = asyncio.create_task(Receiver(house).run(Watchdog()))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def kept(house: House) -> tuple[Item, ...]:
    with house.store.transaction() as tx:
        return tuple(item for state in ("new", "ready") for item in tx.pending(state, 100))


async def until_kept(house: House, words: str) -> Item:
    def found() -> Item | None:
        texts = ((item.raw.get("message", {}).get("text"), item) for item in kept(house))
        return next((item for text, item in texts if text == words), None)

    item = await eventually(found)
    assert item is not None
    return item


async def said(street: Street, person: int, text: str) -> None:
    await asyncio.to_thread(street.say, person, text)


async def test_what_people_say_is_kept(house: House, street: Street) -> None:
    person = street.person()

    async with receiving(house):
        await said(street, person, "selamat pagi")
        item = await until_kept(house, "selamat pagi")

    assert (item.chat_id, item.state, item.bot_id) == (person, "ready", house.me.id)


async def test_on_a_quiet_morning_it_is_ready_before_a_long_poll_has_ended(house: House) -> None:
    async with receiving(house):
        polled_at = await eventually(lambda: house.tally.polled_at, seconds=POLL_SECONDS / 2)

    assert polled_at


async def test_a_bell_wakes_the_office(house: House, street: Street) -> None:
    person = street.person()

    async with receiving(house):
        await said(street, person, "halo")
        async with asyncio.timeout(5):
            await house.bells.decide.wait(60)

    assert kept(house)


async def test_what_telegram_sends_twice_is_kept_once(house: House, street: Street) -> None:
    person = street.person()
    async with receiving(house):
        await said(street, person, "satu")
        await until_kept(house, "satu")
        street.fault("duplicate", count=1)
        await said(street, person, "dua")
        await said(street, person, "tiga")
        await until_kept(house, "tiga")

    texts = [item.raw["message"]["text"] for item in kept(house)]
    assert texts.count("dua") == 1


async def test_updates_in_another_order_are_kept_once_each(house: House, street: Street) -> None:
    person = street.person()
    street.calm()
    street.say(person, "satu")
    street.fault("reorder", count=1)
    street.say(person, "dua")

    async with receiving(house):
        await until_kept(house, "satu")
        await until_kept(house, "dua")
        await said(street, person, "tiga")
        await until_kept(house, "tiga")

    assert sorted(item.raw["message"]["text"] for item in kept(house)) == ["dua", "satu", "tiga"]


async def test_an_update_not_yet_kept_is_delivered_again(house: House, street: Street) -> None:
    """Whoever dies between the answer and the inbox finds everything there again."""
    person = street.person()
    street.say(person, "jangan hilang")
    answer = await house.bot._post("getUpdates", {"timeout": 0})

    async with receiving(house):
        item = await until_kept(house, "jangan hilang")

    assert item.raw == answer[-1]


async def test_the_groups_own_talk_is_not_kept(house: House, street: Street) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")

    async with receiving(house):
        await asyncio.to_thread(street.say, owner, "rapat jam dua", group)
        await said(street, owner, "penanda")
        await until_kept(house, "penanda")

    texts = [item.raw.get("message", {}).get("text") for item in kept(house)]
    assert "rapat jam dua" not in texts


async def test_an_update_of_unknown_shape_stops_nobody(house: House, street: Street) -> None:
    person = street.person()
    street.fault("unparsable", count=1)

    async with receiving(house):
        await said(street, person, "sesudahnya")
        item = await until_kept(house, "sesudahnya")

    assert item.state == "ready"


async def test_an_outage_is_waited_out(house: House, street: Street) -> None:
    person = street.person()
    street.fault("status", method="getUpdates", status=502, count=1)

    async with receiving(house):
        await said(street, person, "sesudah gangguan")
        item = await until_kept(house, "sesudah gangguan")

    assert item.state == "ready"


@pytest.mark.parametrize("status", [200, 401, 403, 404])
async def test_the_page_of_a_proxy_is_an_outage_and_no_refusal(
    house: House, street: Street, status: int
) -> None:
    person = street.person()
    street.fault("page", method="getUpdates", status=status, count=1)

    async with receiving(house):
        await said(street, person, "lewat portal")
        item = await until_kept(house, "lewat portal")

    assert item.state == "ready"
    assert house.tally.is_refused is False


async def test_an_inbox_that_cannot_write_confirms_nothing(house: House, street: Street) -> None:
    person = street.person()
    with house.store.reading() as queries:
        before = queries.depths()
    house.store.close()
    path = house.settings.data_dir / "sigap.db"
    hidden = path.rename(path.with_name("away.db"))
    path.mkdir()

    async with receiving(house):
        await said(street, person, "tunggu")
        await asyncio.sleep(0.5)
        path.rmdir()
        hidden.rename(path)
        item = await until_kept(house, "tunggu")

    assert before["inbox"] == {}
    assert item.state == "ready"


async def test_a_refused_token_is_told_without_the_token(house: House, street: Street) -> None:
    wrong = "999999:" + "x" * 35
    told = settings(street, house.settings.data_dir).model_copy(
        update={"telegram_bot_token": type(house.settings.telegram_bot_token)(wrong)}
    )

    with pytest.raises(TokenRefused) as refused:
        await connect(make_bot(told))

    assert wrong not in str(refused.value)


def test_the_watchdog_ends_a_process_that_hangs() -> None:
    script = (
        "import time; from bot.receiver import Watchdog; Watchdog(0.2).start(); time.sleep(20)"
    )

    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=15, check=False)

    assert ended.returncode == 1


def test_the_watchdog_leaves_a_process_alone_that_works() -> None:
    script = (
        "import time; from bot.receiver import Watchdog\n"
        "dog = Watchdog(0.6); dog.start()\n"
        "for _ in range(12): time.sleep(0.1); dog.pat()"
    )

    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=15, check=False)

    assert ended.returncode == 0
