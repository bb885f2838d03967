"""The disk is full, the file locked or read-only: nothing is confirmed that is not kept."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.app import _loops
from bot.deciding.decider import Decider
from bot.operations.guard import watch
from bot.operations.health import Health
from bot.receiving import fetcher, receiver
from bot.receiving.receiver import Receiver, Watchdog
from bot.receiving.retries import MAX_ATTEMPTS
from bot.resources import Resources, Watched
from bot.runtime.loops import until_first
from storage import files
from storage.faults import StoreLost
from tests.bot.deciding.test_decider import NOW, arrive, bodies, items
from tests.bot.receiving.test_fetcher import at_work, until_ready
from tests.bot.receiving.test_receiver import kept, receiving, said, until_kept
from tests.bot.rooms import Street, bound, eventually
from tests.disk import FullDisk


def cripple(resources: Resources, pragma: str) -> Callable[[], None]:
    """Every connection from now on suffers from it; what is returned ends that."""
    engine = resources.store._writing
    engine.dispose()

    def suffer(connection: Any, _: Any) -> None:
        connection.execute(pragma)

    event.listen(engine, "connect", suffer)

    def heal() -> None:
        event.remove(engine, "connect", suffer)
        engine.dispose()

    return heal


@pytest.mark.parametrize("pragma", ["PRAGMA max_page_count=1", "PRAGMA query_only=ON"])
async def test_a_full_or_read_only_database_loses_no_update(
    resources: Resources, street: Street, pragma: str
) -> None:
    """max_page_count makes SQLite say "database or disk is full"."""
    person = street.person()
    street.calm()
    heal = cripple(resources, pragma)

    async with receiving(resources):
        await said(street, person, "x" * 4000)
        await asyncio.sleep(1.0)
        waiting = await asyncio.to_thread(street.get, "/api/state")
        ready_meanwhile = await readiness(resources)
        await resources.in_thread(heal)
        item = await until_kept(resources, "x" * 4000)
        ready_again = await readiness(resources)

    assert waiting["updates_waiting"] >= 1
    assert item.state == "ready"
    assert ready_meanwhile == "the inbox takes nothing\n"
    assert ready_again == "ok\n"


async def readiness(resources: Resources) -> str:
    app = Health(resources.metrics, Watched(resources)).app()
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://h") as http:
        return (await http.get("/readyz")).text


async def test_a_locked_database_is_waited_for(resources: Resources, street: Street) -> None:
    person = street.person()
    lock = sqlite3.connect(resources.settings.data_dir / "sigap.db", check_same_thread=False)
    lock.isolation_level = None
    lock.execute("BEGIN IMMEDIATE")

    async with receiving(resources):
        await said(street, person, "sabar")
        threading.Timer(1.5, lambda: lock.execute("ROLLBACK")).start()
        await until_kept(resources, "sabar")

    lock.close()


async def test_nothing_is_confirmed_that_goes_into_a_removed_database(
    resources: Resources, street: Street
) -> None:
    """The open file takes it still, and loses it with the process."""
    person = street.person()
    street.calm()
    place = resources.settings.data_dir / "sigap.db"
    place.rename(place.with_name("lain.db"))

    async with receiving(resources):
        await said(street, person, "jangan hilang")
        await eventually(lambda: resources.metrics.is_stuck)
        waiting = await asyncio.to_thread(street.get, "/api/state")
        readiness_then = await readiness(resources)
        with pytest.raises(StoreLost, match=r"sigap\.db was removed or exchanged"):
            await watch(resources)
        place.with_name("lain.db").rename(place)
        item = await until_kept(resources, "jangan hilang")

    assert waiting["updates_waiting"] >= 1
    assert readiness_then != "ok\n"
    assert item.state == "ready"


@pytest.mark.parametrize(
    "pragma", ["PRAGMA max_page_count=1", "PRAGMA query_only=ON", "PRAGMA busy_timeout=50"]
)
async def test_a_store_that_fails_for_a_while_ends_no_loop(
    resources: Resources, street: Street, caplog: pytest.LogCaptureFixture, pragma: str
) -> None:
    """Full, read-only, or held by another program; it goes on by itself, and nothing is done
    twice."""
    person = street.person()
    street.calm()
    watchdog = Watchdog()
    heal = cripple(resources, pragma)
    with holding(resources) if "busy" in pragma else nullcontext():
        working = asyncio.ensure_future(until_first(*_loops(resources, watchdog)))
        await said(street, person, "halo " * 800)
        await eventually(lambda: street.get("/api/state")["updates_waiting"])
        await eventually(lambda: met(caplog) >= 8)
        waiting = await asyncio.to_thread(street.get, "/api/state")
        ready_meanwhile = await readiness(resources)
        is_over = working.done()
        await resources.in_thread(heal)
    await eventually(lambda: street.messages(person))
    await eventually(lambda: not resources.metrics.is_unwritable)
    ready_again = await readiness(resources)
    working.cancel()
    await asyncio.wait([working])

    assert not is_over
    assert waiting["updates_waiting"] >= 1
    assert ready_meanwhile != "ok\n"
    assert ready_again == "ok\n"
    assert len(street.messages(person)) == 1


@contextmanager
def holding(resources: Resources) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    place = resources.settings.data_dir / "sigap.db"
    with closing(sqlite3.connect(place, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield


def met(caplog: pytest.LogCaptureFixture) -> int:
    """How often a loop has met the fault: on a full disk small rows may still find their room."""
    words = ("store_fails", "inbox_refused")
    return sum(record.getMessage() in words for record in caplog.records)


async def test_while_the_database_is_held_no_poll_counts_as_hanging(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "PAT_SECONDS", 0.02)
    person, watchdog = street.person(), Pats()
    street.calm()
    await said(street, person, "sabar")

    with holding(resources):
        task = asyncio.create_task(Receiver(resources).run(watchdog))
        await eventually(lambda: watchdog.pats > 5)
    await until_kept(resources, "sabar")
    task.cancel()
    await asyncio.wait([task])


class Pats(Watchdog):
    def __init__(self) -> None:
        super().__init__()
        self.pats = 0

    def pat(self) -> None:
        self.pats += 1


async def test_a_file_waits_for_room_on_the_disk(
    resources: Resources, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More often than an item may fail."""
    full = FullDisk()
    person = street.person()
    bound(resources, person)
    monkeypatch.setattr(fetcher, "STORE_PAUSE", 0.01)
    async with at_work(resources):
        with monkeypatch.context() as disk:
            disk.setattr(files.os, "fsync", full)
            await asyncio.to_thread(street.upload, person, "isi.pdf", b"%PDF-1.7 isi")
            await eventually(lambda: full.tries > MAX_ATTEMPTS + 1)
        item = await until_ready(resources, "document")

    assert (item.attempts, item.state) == (0, "ready")
    assert resources.store.files.has(str(item.extra["sha256"]))


async def test_a_decision_that_cannot_be_written_is_made_later_and_once(
    resources: Resources,
) -> None:
    arrive(resources, 1, text="halo " * 500)
    office = Decider(resources.store, resources.setting, resources.me, resources.sheets)
    heal = cripple(resources, "PRAGMA query_only=ON")
    with pytest.raises(OperationalError, match="readonly"):
        office.work_once(NOW)
    heal()

    while office.work_once(NOW):
        pass

    assert items(resources, "ready") == ()
    assert len(bodies(resources)) == 1


async def test_a_poisonous_update_is_put_aside_and_the_rest_goes_on(resources: Resources) -> None:
    arrive(resources, 1, document={"file_id": "F", "file_name": "isi.xlsx"})
    with resources.store.transaction() as tx:
        tx.inbox.promote(1, "ready", {"sheet": "0" * 64})
    for number in range(2, 6):
        arrive(resources, number, chat=8, text="lain")
    office = Decider(resources.store, resources.setting, resources.me, resources.sheets)

    while office.work_once(NOW):
        pass

    assert [item.update_id for item in items(resources, "done")] == [2, 3, 4, 5]
    assert kept(resources)[0].attempts == 1
