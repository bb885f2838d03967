"""Eight people at once, beside PTB's ConversationHandler with PicklePersistence."""

import asyncio
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest

from bench._echo import TOKEN
from bench._wire import ME, update
from bench.figure import Figure, medians
from bot.deciding.decider import Decider
from bot.runtime.loops import StoreThread
from bot.transport.account import Me
from flows.engine.decide import decide
from flows.model.commands import Said
from tests import officials
from tests.kantor import ACCOUNTS, Kantor

PEOPLE, ROUNDS = 8, 40
IDLE_SECONDS = 3.0
USERS, STEPS, ROWS = 200, 40, 37
ORDER = "/perintah pengumpulan TW III 2026"


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        kantor = Kantor.open(Path(name))
        officials.start_collection(kantor)
        yield from at_once(kantor)
        yield from one_step(kantor, Path(name) / "conversation.pickle")
        kantor.close()


def at_once(kantor: Kantor) -> Iterator[Figure]:
    """Each says /tugas at the same moment; the wait ends when his answer is committed."""
    idle = asyncio.run(_idle())
    waits, stalls = asyncio.run(_eight(kantor))
    middle, last = statistics.median(waits), _p99(waits)
    yield Figure(f"{PEOPLE} people at once, median", middle * 1e3, "ms")
    yield Figure("   p99", last * 1e3, "ms")
    yield Figure("   p99 to median", last / middle, "x", at_most=5)
    yield Figure("   the event loop stands still, p99", _p99(stalls) * 1e3, "ms", at_most=10)
    yield Figure("   … as it does with nothing to do, beside what else runs", idle * 1e3, "ms")


async def _eight(kantor: Kantor) -> tuple[list[float], list[float]]:
    in_thread, now = StoreThread(), kantor.now
    office = Decider(kantor.store, kantor.setting, Me(ME["id"], ME["username"]), kantor.folder)
    users = [ACCOUNTS + person_id for person_id in list(kantor.people.values())[:PEOPLE]]
    waits: list[float] = []
    stalls: list[float] = []

    async def say(number: int, user: int) -> None:
        begun = time.perf_counter()
        await in_thread(_keep, kantor, update(number, user, "/tugas"), now)
        await in_thread(office.work_once, now)
        waits.append(time.perf_counter() - begun)

    watch = asyncio.create_task(_watch(stalls))
    for start in range(1, ROUNDS * PEOPLE, PEOPLE):
        await asyncio.gather(*(say(start + n, user) for n, user in enumerate(users)))
    watch.cancel()
    in_thread.close()
    return waits, stalls


async def _idle() -> float:
    stalls: list[float] = []
    watch = asyncio.create_task(_watch(stalls))
    await asyncio.sleep(IDLE_SECONDS)
    watch.cancel()
    return _p99(stalls)


async def _watch(stalls: list[float]) -> None:
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        stalls.append(time.perf_counter() - begun - 0.001)


def _keep(kantor: Kantor, raw: dict[str, Any], now: datetime) -> None:
    chat = raw["message"]["chat"]["id"]
    with kantor.store.transaction() as tx:
        tx.inbox.receive(ME["id"], raw["update_id"], raw, received_at=now, chat_id=chat, needs="")


def one_step(kantor: Kantor, path: Path) -> Iterator[Figure]:
    """A question answered and the next one asked. Ours stands on the disk before it is answered;
    theirs when it is told to save, which writes down what all users have said."""
    loop = asyncio.new_event_loop()
    app, say = loop.run_until_complete(_conversation(path))
    taken = medians(
        STEPS,
        ours=lambda: _ask(kantor),
        theirs=lambda: loop.run_until_complete(say()),
        saved=lambda: (
            loop.run_until_complete(say()),
            loop.run_until_complete(app.update_persistence()),
        ),
    )
    loop.run_until_complete(app.shutdown())
    loop.close()
    size = path.stat().st_size / 1000
    yield Figure("a step of a dialog: ours, committed", taken["ours"] * 1e3, "ms")
    yield Figure(f"   ConversationHandler, {USERS} users, in memory", taken["theirs"] * 1e3, "ms")
    yield Figure("   … saved after the step by PicklePersistence", taken["saved"] * 1e3, "ms")
    yield Figure("   … which writes each time", size, "kB")


def _ask(kantor: Kantor) -> None:
    command = Said.read(kantor.origin("Marlina"), ORDER)
    with kantor.store.transaction() as tx:
        decision = decide(tx.load(command, kantor.setting, kantor.now), command, kantor.now)
        tx.apply(decision, command.origin.key, kantor.now)


class Silent(BaseRequest):
    """A request class that answers every call with success."""

    read_timeout = 1.0

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, b'{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"S"}}'


async def _conversation(path: Path) -> tuple[Application[Any, Any, Any, Any, Any, Any], Any]:
    """Every user stands in the middle of a form of so many rows."""
    bot = ExtBot(TOKEN, request=Silent(), get_updates_request=Silent())
    app = Application.builder().bot(bot).persistence(PicklePersistence(path)).build()

    async def answer(said: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert context.user_data is not None
        figures = {f"IKU-{n:02}": f"{said.update_id},{n}" for n in range(ROWS)}
        context.user_data.update(figures)
        return 0

    handler = MessageHandler(filters.TEXT, answer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conversation = ConversationHandler(
            [handler], {0: [handler]}, [], name="form", persistent=True
        )
    app.add_handler(conversation)
    await app.initialize()
    count = 0

    async def say() -> None:
        nonlocal count
        count += 1
        raw = update(count, count % USERS + 1, "61,5")
        raw["message"]["date"] = int(datetime.now(UTC).timestamp())
        await app.process_update(Update.de_json(raw, bot))

    for _ in range(USERS):
        await say()
    return app, say


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]
