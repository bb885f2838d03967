"""The wiring: every loop of the bot, and how they begin and end."""

import asyncio
import gc
import signal
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from typing import Any

from telegram.error import InvalidToken

from bot.deciding.office import Office
from bot.deciding.office_loop import OfficeLoop
from bot.documents.documents import Documents
from bot.operations.maintenance import Caretaker
from bot.practice.practice import Practice
from bot.receiving.fetcher import Fetcher
from bot.receiving.reader import Reader
from bot.receiving.receiver import Receiver, Watchdog
from bot.resources import House, Watched
from bot.runtime.clock import Ticker
from bot.runtime.config import Settings
from bot.runtime.loops import until_first
from bot.runtime.metrics import Tally
from bot.sending.dispatcher import Mailroom
from bot.sending.sender import Courier
from bot.startup import Say, last_beat, open_house
from bot.transport.account import TokenRefused
from bot.wording.wording import Wording


async def run(settings: Settings, say: Say, stop: asyncio.Event) -> None:
    """Works until `stop` is set, SIGTERM or SIGINT comes, or a loop cannot go on."""
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    tally, watched = Tally(), Watched()
    async with AsyncExitStack() as ending:
        works = [stop.wait(), _work(settings, say, ending, tally, watched)]
        if settings.health_listen:
            works.append(_answer_health(settings, tally, watched))
        await until_first(*works)


async def _work(
    settings: Settings, say: Say, ending: AsyncExitStack, tally: Tally, watched: Watched
) -> None:
    watchdog = Watchdog()
    try:
        watched.house = house = await open_house(settings, say, ending, tally)
        watchdog.start()
        ending.callback(watchdog.stop)
        await until_first(*_loops(house, watchdog))
    except (InvalidToken, TokenRefused):
        tally.is_refused = True
        raise


async def _answer_health(settings: Settings, tally: Tally, watched: Watched) -> None:
    # Only where somebody watches: the server and its metrics are a third of the start.
    from bot.operations.health import Health
    from bot.runtime.http_server import open_socket, serve

    await serve(Health(tally, watched).app(), open_socket(settings.health_listen))


def _loops(house: House, watchdog: Watchdog) -> Iterator[Coroutine[Any, Any, None]]:
    house.sheets.mkdir(exist_ok=True)
    # What is here now stays: to look through it again and again costs a tenth of all we do.
    gc.freeze()
    office = OfficeLoop(house, Office(house.store, house.setting, house.me, house.sheets))
    wording = Wording(zone=house.setting.calendar.zone.key)
    courier = Courier(house, wording, Documents(house, wording))
    yield house.clock.follow()
    practice = Practice(house, wording)
    yield practice.run()
    yield _receiving(house, Receiver(house, practice.take), watchdog)
    yield Caretaker(house, last_beat(house)).run()
    yield Fetcher(house).run()
    yield Reader(house).run(courier.show_upload)
    yield office.run()
    yield Ticker(office.tick).run()
    yield Mailroom(house, courier).run()


def _receiving(house: House, receiver: Receiver, watchdog: Watchdog) -> Coroutine[Any, Any, None]:
    if not house.settings.webhook_url:
        return receiver.run(watchdog)
    from bot.receiving.webhook import (
        Webhook,  # with the HTTP server it needs: only where it is asked for
    )

    return Webhook(house, receiver).run(watchdog)
