"""The bot's process: starts its loops together and ends all when one ends."""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from telegram.error import InvalidToken

from bot.alerts import HEARTBEAT
from bot.operations.admin import first_admin, open_store
from bot.operations.backups import database_file
from bot.operations.guard import held, watch
from bot.operations.installation import MADE, require
from bot.operations.maintenance import Maintenance
from bot.practice.practice import Practice, loops
from bot.receiving.receiver import Receiver, Watchdog
from bot.resources import Metrics, Resources, Watched
from bot.runtime.clock import Clock, Skew
from bot.runtime.config import Settings, calendar_of, read_book, read_office
from bot.runtime.loops import StoreThread, until_first
from bot.transport.account import TokenRefused, connect, make_bot
from bot.transport.rate_limiter import RateLimiter
from bot.wording.wording import Wording
from flows.engine.commands import showing
from flows.model.view import Setting
from reports.workers import Workers

Say = Callable[[str], None]


async def run(settings: Settings, say: Say, stop: asyncio.Event) -> None:
    """Runs until `stop` is set, SIGTERM or SIGINT comes, or a loop fails."""
    stop_by_signal(stop)
    metrics, watched = Metrics(), Watched()
    async with AsyncExitStack() as ending:
        works = [stop.wait(), _work(settings, say, ending, metrics, watched)]
        if settings.health_listen:
            works.append(_answer_health(settings, metrics, watched))
        await until_first(*works)


def stop_by_signal(stop: asyncio.Event) -> None:
    """Sets `stop` at SIGTERM and SIGINT. A cancelled main task would not do: a library that waits
    with a time-out of its own may take the cancellation for it."""
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)


async def _work(
    settings: Settings, say: Say, ending: AsyncExitStack, metrics: Metrics, watched: Watched
) -> None:
    watchdog = Watchdog()
    try:
        watched.resources = resources = await _open_resources(settings, say, ending, metrics)
        watchdog.start()
        ending.callback(watchdog.stop)
        await until_first(*_loops(resources, watchdog))
    except (InvalidToken, TokenRefused):
        metrics.is_refused = True
        raise


async def _open_resources(
    settings: Settings, say: Say, ending: AsyncExitStack, metrics: Metrics
) -> Resources:
    """Raises for every configuration fault, before the first update is requested."""
    rules = read_office(settings.kantor_file)
    book = read_book(rules, settings.sop_dir)
    skew, limiter = Skew(), RateLimiter()
    bot, clock = make_bot(settings, skew, limiter), Clock(settings.clock_url)
    require(settings, MADE)
    ending.enter_context(held(database_file(settings)))
    store = open_store(settings)
    ending.callback(store.close)
    workers, in_thread = Workers(), StoreThread()
    ending.callback(workers.close)
    ending.callback(in_thread.close)
    ending.push_async_callback(bot.shutdown)
    ending.push_async_callback(clock.close)
    me = await connect(bot)
    say(f"@{me.username} connected")
    await clock.first()
    for line in await in_thread(list, first_admin(store, me.username, clock.now())):
        say(line)
    setting = Setting(rules, book, calendar_of(rules, clock.now().year), me.username, showing())
    return Resources(
        settings,
        setting,
        bot,
        me,
        store,
        workers,
        in_thread,
        clock,
        metrics=metrics,
        skew=skew,
        limiter=limiter,
    )


async def _answer_health(settings: Settings, metrics: Metrics, watched: Watched) -> None:
    # Imported only when configured: the server and its metrics take a third of the start time.
    from bot.operations.health import Health
    from bot.runtime.http_server import open_socket, serve

    await serve(Health(metrics, watched).app(), open_socket(settings.health_listen))


def _loops(resources: Resources, watchdog: Watchdog) -> Iterator[Coroutine[Any, Any, None]]:
    # Objects made so far live on: collecting them would take a tenth of the CPU time.
    gc.freeze()
    hours = resources.setting.office.jam_kerja
    wording = Wording(zone=hours.zona, day=hours.ordinary_day)
    yield resources.clock.follow()
    yield watch(resources)
    practice = Practice(resources, wording)
    yield practice.run()
    yield _receiving(resources, Receiver(resources, practice.take), watchdog)
    with resources.store.reading() as queries:
        told = queries.office.meta(HEARTBEAT)
    # The last heartbeat of the former process; None at the first start.
    yield Maintenance(resources, datetime.fromisoformat(told) if told else None).run()
    yield from loops(resources, wording)


def _receiving(
    resources: Resources, receiver: Receiver, watchdog: Watchdog
) -> Coroutine[Any, Any, None]:
    if not resources.settings.webhook_url:
        return receiver.run(watchdog)
    from bot.receiving.webhook import (
        Webhook,  # imports the HTTP server: only where a webhook is set
    )

    return Webhook(resources, receiver).run(watchdog)
