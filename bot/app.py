"""The wiring: every loop of the bot, and how they begin and end."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from telegram.error import InvalidToken

from bot.account import TokenRefused, connect, make_bot
from bot.admin import first_admin, open_store
from bot.caretaker import Caretaker
from bot.clock import Clock, Skew, Ticker
from bot.config import Settings, holidays_around, read_book, read_office
from bot.courier import Courier
from bot.documents import Documents
from bot.fetcher import Fetcher
from bot.house import House, Watched
from bot.loops import StoreThread, until_first
from bot.mailroom import Mailroom
from bot.office import HEARTBEAT, Office
from bot.officeloop import OfficeLoop
from bot.practice import Practice
from bot.reader import Reader
from bot.receiver import Receiver, Watchdog
from bot.tally import Tally
from bot.wording import Wording
from flows.view import Setting
from reports.workers import Workers

Say = Callable[[str], None]


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
        watched.house = house = await _open(settings, say, ending, tally)
        watchdog.start()
        ending.callback(watchdog.stop)
        await until_first(*_loops(house, watchdog))
    except (InvalidToken, TokenRefused):
        tally.is_refused = True
        raise


async def _answer_health(settings: Settings, tally: Tally, watched: Watched) -> None:
    # Only where somebody watches: the server and its metrics are a third of the start.
    from bot.health import Health
    from bot.listening import open_socket, serve

    await serve(Health(tally, watched).app(), open_socket(settings.health_listen))


async def _open(settings: Settings, say: Say, ending: AsyncExitStack, tally: Tally) -> House:
    """Everything that can be wrong comes out here, before the first update is asked for."""
    rules = read_office(settings.kantor_file)
    book = read_book(rules, settings.sop_dir)
    skew = Skew()
    bot, clock = make_bot(settings, skew), Clock(settings.clock_url)
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
    calendar = rules.calendar(holidays_around(clock.now().year))
    setting = Setting(rules, book, calendar, me.username)
    return House(
        settings, setting, bot, me, store, workers, in_thread, clock, tally=tally, skew=skew
    )


def _loops(house: House, watchdog: Watchdog) -> Iterator[Coroutine[Any, Any, None]]:
    house.sheets.mkdir(exist_ok=True)
    office = OfficeLoop(house, Office(house.store, house.setting, house.me, house.sheets))
    wording = Wording(zone=house.setting.calendar.zone.key)
    courier = Courier(house, wording, Documents(house, wording))
    yield house.clock.follow()
    practice = Practice(house, wording)
    yield practice.run()
    yield _receiving(house, Receiver(house, practice.take), watchdog)
    yield Caretaker(house, _last_beat(house)).run()
    yield Fetcher(house).run()
    yield Reader(house).run(courier.show_upload)
    yield office.run()
    yield Ticker(office.tick).run()
    yield Mailroom(house, courier).run()


def _receiving(house: House, receiver: Receiver, watchdog: Watchdog) -> Coroutine[Any, Any, None]:
    if not house.settings.webhook_url:
        return receiver.run(watchdog)
    from bot.webhook import Webhook  # with the HTTP server it needs: only where it is asked for

    return Webhook(house, receiver).run(watchdog)


def _last_beat(house: House) -> datetime | None:
    """Until when the office was at work the last time."""
    with house.store.reading() as queries:
        told = queries.meta(HEARTBEAT)
    return datetime.fromisoformat(told) if told else None
