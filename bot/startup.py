"""Start of the bot: opens rules, store, Telegram account and clock."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime

from bot.alerts import HEARTBEAT
from bot.operations.admin import first_admin, open_store
from bot.resources import Resources
from bot.runtime.clock import Clock, Skew
from bot.runtime.config import Settings, calendar_of, read_book, read_office
from bot.runtime.loops import StoreThread
from bot.runtime.metrics import Metrics
from bot.transport.account import connect, make_bot
from bot.transport.rate_limiter import RateLimiter
from flows.engine.commands import showing
from flows.model.view import Setting
from reports.workers import Workers

Say = Callable[[str], None]


async def open_resources(
    settings: Settings, say: Say, ending: AsyncExitStack, metrics: Metrics
) -> Resources:
    """Raises for every configuration fault, before the first update is requested."""
    rules = read_office(settings.kantor_file)
    book = read_book(rules, settings.sop_dir)
    skew, limiter = Skew(), RateLimiter()
    bot, clock = make_bot(settings, skew, limiter), Clock(settings.clock_url)
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


def last_beat(resources: Resources) -> datetime | None:
    """The last heartbeat of the former process, in UTC; None at the first start."""
    with resources.store.reading() as queries:
        told = queries.office.meta(HEARTBEAT)
    return datetime.fromisoformat(told) if told else None
