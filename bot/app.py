"""The bot's process: starts its loops together and ends all when one ends."""

import asyncio
import gc
import signal
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from typing import Any

from telegram.error import InvalidToken

from bot.deciding.decider import Decider
from bot.deciding.deciding_loop import DecidingLoop
from bot.documents.documents import Documents
from bot.operations.maintenance import Maintenance
from bot.practice.practice import Practice
from bot.receiving.fetcher import Fetcher
from bot.receiving.reader import Reader
from bot.receiving.receiver import Receiver, Watchdog
from bot.resources import Resources, Watched
from bot.runtime.clock import Ticker
from bot.runtime.config import Settings
from bot.runtime.loops import until_first
from bot.runtime.metrics import Metrics
from bot.sending.dispatcher import Dispatcher
from bot.sending.sender import Sender
from bot.startup import Say, last_beat, open_resources
from bot.transport.account import TokenRefused
from bot.wording.wording import Wording


async def run(settings: Settings, say: Say, stop: asyncio.Event) -> None:
    """Runs until `stop` is set, SIGTERM or SIGINT comes, or a loop fails."""
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    metrics, watched = Metrics(), Watched()
    async with AsyncExitStack() as ending:
        works = [stop.wait(), _work(settings, say, ending, metrics, watched)]
        if settings.health_listen:
            works.append(_answer_health(settings, metrics, watched))
        await until_first(*works)


async def _work(
    settings: Settings, say: Say, ending: AsyncExitStack, metrics: Metrics, watched: Watched
) -> None:
    watchdog = Watchdog()
    try:
        watched.resources = resources = await open_resources(settings, say, ending, metrics)
        watchdog.start()
        ending.callback(watchdog.stop)
        await until_first(*_loops(resources, watchdog))
    except (InvalidToken, TokenRefused):
        metrics.is_refused = True
        raise


async def _answer_health(settings: Settings, metrics: Metrics, watched: Watched) -> None:
    # Imported only when configured: the server and its metrics take a third of the start time.
    from bot.operations.health import Health
    from bot.runtime.http_server import open_socket, serve

    await serve(Health(metrics, watched).app(), open_socket(settings.health_listen))


def _loops(resources: Resources, watchdog: Watchdog) -> Iterator[Coroutine[Any, Any, None]]:
    resources.sheets.mkdir(exist_ok=True)
    # Objects made so far live on: collecting them would take a tenth of the CPU time.
    gc.freeze()
    office = DecidingLoop(
        resources, Decider(resources.store, resources.setting, resources.me, resources.sheets)
    )
    wording = Wording(zone=resources.setting.calendar.zone.key)
    sender = Sender(resources, wording, Documents(resources, wording))
    yield resources.clock.follow()
    practice = Practice(resources, wording)
    yield practice.run()
    yield _receiving(resources, Receiver(resources, practice.take), watchdog)
    yield Maintenance(resources, last_beat(resources)).run()
    yield Fetcher(resources).run()
    yield Reader(resources).run(sender.show_upload)
    yield office.run()
    yield Ticker(office.tick).run()
    yield Dispatcher(resources, sender).run()


def _receiving(
    resources: Resources, receiver: Receiver, watchdog: Watchdog
) -> Coroutine[Any, Any, None]:
    if not resources.settings.webhook_url:
        return receiver.run(watchdog)
    from bot.receiving.webhook import (
        Webhook,  # imports the HTTP server: only where a webhook is set
    )

    return Webhook(resources, receiver).run(watchdog)
