"""Updates stand in the inbox before Telegram may forget them, once each."""

import asyncio
import contextlib
import subprocess
import sys
from typing import Any

import pytest

from bot.receiving import receiver
from bot.receiving.receiver import POLL_SECONDS, Receiver, Watchdog
from bot.resources import Resources
from bot.transport.account import TokenRefused, connect, make_bot
from bot.transport.faults import OUT_SECONDS
from storage.queues.inbox import Item
from tests.bot.operations.test_maintenance import said as queued
from tests.bot.rooms import PATIENCE, ROOT, Street, bound, eventually, settings
from tests.bot.transport.test_rate_limiter import Watch
from tests.rows import depths


@contextlib.asynccontextmanager
async def receiving(resources: Resources) -> Any:
    task = asyncio.create_task(Receiver(resources).run(Watchdog()))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def kept(resources: Resources) -> tuple[Item, ...]:
    with resources.store.transaction() as tx:
        return tuple(item for state in ("new", "ready") for item in tx.inbox.pending(state, 100))


async def until_kept(resources: Resources, words: str) -> Item:
    def found() -> Item | None:
        texts = ((item.raw.get("message", {}).get("text"), item) for item in kept(resources))
        return next((item for text, item in texts if text == words), None)

    item = await eventually(found)
    assert item is not None
    return item


async def said(street: Street, person: int, text: str) -> None:
    await asyncio.to_thread(street.say, person, text)


async def test_what_people_say_is_kept(resources: Resources, street: Street) -> None:
    person = street.person()

    async with receiving(resources):
        await said(street, person, "selamat pagi")
        item = await until_kept(resources, "selamat pagi")

    assert (item.chat_id, item.state, item.bot_id) == (person, "ready", resources.me.id)


async def test_on_a_quiet_morning_it_is_ready_before_a_long_poll_has_ended(
    resources: Resources,
) -> None:
    async with receiving(resources):
        polled_at = await eventually(lambda: resources.metrics.polled_at, seconds=POLL_SECONDS / 2)

    assert polled_at


async def test_a_bell_wakes_the_office(resources: Resources, street: Street) -> None:
    person = street.person()

    async with receiving(resources):
        await said(street, person, "halo")
        async with asyncio.timeout(PATIENCE):
            await resources.signals.decide.wait(5 * PATIENCE)

    assert kept(resources)


async def test_a_second_process_on_the_token_is_told_once_an_hour(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = bound(resources, street.person())
    monkeypatch.setattr(receiver, "CONFLICT_SECONDS", 0.05)
    street.fault("status", method="getUpdates", status=409, count=3)

    async with receiving(resources):
        await eventually(lambda: not street.get("/api/faults"))
        await said(street, street.person(), "penanda")
        await until_kept(resources, "penanda")

    assert queued(resources) == [(admin, "gangguan_kembar")]


async def test_what_telegram_sends_twice_is_kept_once(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    async with receiving(resources):
        await said(street, person, "satu")
        await until_kept(resources, "satu")
        street.fault("duplicate", count=1)
        await said(street, person, "dua")
        await said(street, person, "tiga")
        await until_kept(resources, "tiga")

    texts = [item.raw["message"]["text"] for item in kept(resources)]
    assert texts.count("dua") == 1


async def test_updates_in_another_order_are_kept_once_each(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.calm()
    street.say(person, "satu")
    street.fault("reorder", count=1)
    street.say(person, "dua")

    async with receiving(resources):
        await until_kept(resources, "satu")
        await until_kept(resources, "dua")
        await said(street, person, "tiga")
        await until_kept(resources, "tiga")

    assert sorted(item.raw["message"]["text"] for item in kept(resources)) == [
        "dua",
        "satu",
        "tiga",
    ]


async def test_an_update_not_yet_kept_is_delivered_again(
    resources: Resources, street: Street
) -> None:
    """Whoever dies between the answer and the inbox finds everything there again."""
    person = street.person()
    street.say(person, "jangan hilang")
    answer = await resources.bot._post("getUpdates", {"timeout": 0})

    async with receiving(resources):
        item = await until_kept(resources, "jangan hilang")

    assert item.raw == answer[-1]


async def test_the_groups_own_talk_is_not_kept(resources: Resources, street: Street) -> None:
    owner = street.person()
    group = street.group(owner, bot="administrator")

    async with receiving(resources):
        await asyncio.to_thread(street.say, owner, "rapat jam dua", group)
        await said(street, owner, "penanda")
        await until_kept(resources, "penanda")

    texts = [item.raw.get("message", {}).get("text") for item in kept(resources)]
    assert "rapat jam dua" not in texts


async def test_an_update_of_unknown_shape_stops_nobody(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    street.fault("unparsable", count=1)

    async with receiving(resources):
        await said(street, person, "sesudahnya")
        item = await until_kept(resources, "sesudahnya")

    assert item.state == "ready"


async def test_an_outage_is_waited_out(resources: Resources, street: Street) -> None:
    person = street.person()
    street.fault("status", method="getUpdates", status=502, count=1)

    async with receiving(resources):
        await said(street, person, "sesudah gangguan")
        item = await until_kept(resources, "sesudah gangguan")

    assert item.state == "ready"


@pytest.mark.parametrize("status", [200, 401, 403, 404])
async def test_the_page_of_a_proxy_is_an_outage_and_no_refusal(
    resources: Resources, street: Street, status: int
) -> None:
    person = street.person()
    street.fault("page", method="getUpdates", status=status, count=1)

    async with receiving(resources):
        await said(street, person, "lewat portal")
        item = await until_kept(resources, "lewat portal")

    assert item.state == "ready"
    assert resources.metrics.is_refused is False


async def test_an_inbox_that_cannot_write_confirms_nothing(
    resources: Resources, street: Street
) -> None:
    person = street.person()
    with resources.store.reading() as queries:
        before = depths(queries)
    resources.store.close()
    path = resources.settings.data_dir / "sigap.db"
    hidden = path.rename(path.with_name("away.db"))
    path.mkdir()

    async with receiving(resources):
        await said(street, person, "tunggu")
        await asyncio.sleep(0.5)
        path.rmdir()
        hidden.rename(path)
        item = await until_kept(resources, "tunggu")

    assert before["inbox"] == {}
    assert item.state == "ready"


async def test_a_refused_token_is_told_without_the_token(
    resources: Resources, street: Street
) -> None:
    wrong = "999999:" + "x" * 35
    told = settings(street, resources.settings.data_dir).model_copy(
        update={"telegram_bot_token": type(resources.settings.telegram_bot_token)(wrong)}
    )

    with pytest.raises(TokenRefused) as refused:
        await connect(make_bot(told))

    assert wrong not in str(refused.value)


def test_the_watchdog_ends_a_process_that_hangs() -> None:
    script = (
        "import time; from bot.receiving.receiver import Watchdog;"
        "Watchdog(0.2).start(); time.sleep(600)"
    )

    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=120, check=False)

    assert ended.returncode == 1


def test_the_watchdog_leaves_a_process_alone_that_works() -> None:
    watch = Watch()
    dog = Watchdog(90.0, watch)

    for _ in range(3):
        watch.at += 89.0
        assert not dog.silence()
        dog.pat()
    watch.at += 91.0

    assert dog.silence() == 91.0


@pytest.mark.parametrize("kind", ["page", "status"])
async def test_an_outage_is_one_line_in_the_log(
    resources: Resources, street: Street, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    person = street.person()
    street.fault(kind, method="getUpdates", status=502, count=2)

    async with receiving(resources):
        await said(street, person, "sesudah gangguan")
        await until_kept(resources, "sesudah gangguan")

    told = [(record.name, record.msg, record.exc_info) for record in caplog.records]
    assert told == [("bot.receiving.receiver", "telegram_unreachable", None)]


async def test_an_outage_however_long_is_looked_at_every_other_second(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    sleep = asyncio.sleep

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await sleep(0)

    street.fault("status", method="getUpdates", status=502, count=12)
    polling = Receiver(resources)
    for _ in range(12):
        with monkeypatch.context() as patched:
            patched.setattr(asyncio, "sleep", rest)
            await polling._next()

    # An answer waits for one such rest of the receiver and one of the dispatcher.
    assert rests == [1.0] + [OUT_SECONDS] * 11
    assert 2 * OUT_SECONDS < 5.0
