"""Resources that the loops of the bot share."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from telegram import Bot

from bot.runtime.clock import Clock, Skew
from bot.runtime.config import Settings
from bot.runtime.loops import Signal, StoreThread
from bot.runtime.monotonic import monotonic
from bot.transport.account import Me
from bot.transport.rate_limiter import RateLimiter
from flows.model.view import Setting
from reports.workers import Workers
from storage.reading.queries import Queries
from storage.store import Store
from storage.transaction import Transaction

T = TypeVar("T")


@dataclass(slots=True)
class Metrics:
    """Counters and gauges; no decision and no delivery depends on them."""

    received: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    undelivered: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    ticks: int = 0
    drawings: int = 0
    polled_at: float | None = None
    is_refused: bool = False
    is_out: bool = False
    is_stuck: bool = False
    is_unwritable: bool = False

    def poll_ended(self) -> None:
        self.polled_at = monotonic()


def seconds_since(moment: float | None) -> float | None:
    return None if moment is None else monotonic() - moment


@dataclass(frozen=True, slots=True)
class Signals:
    """One signal for each loop that waits for another's work."""

    fetch: Signal = field(default_factory=Signal)
    read: Signal = field(default_factory=Signal)
    decide: Signal = field(default_factory=Signal)
    send: Signal = field(default_factory=Signal)


@dataclass(frozen=True, slots=True)
class Resources:
    settings: Settings
    setting: Setting
    bot: Bot
    me: Me
    store: Store
    workers: Workers
    in_thread: StoreThread
    clock: Clock
    signals: Signals = field(default_factory=Signals)
    metrics: Metrics = field(default_factory=Metrics)
    skew: Skew = field(default_factory=Skew)
    limiter: RateLimiter = field(default_factory=RateLimiter)

    @property
    def sheets(self) -> Path:
        """The folder of read spreadsheets as JSON, named by the file's SHA-256."""
        return self.settings.data_dir / "sheets"

    async def read(self, ask: Callable[[Queries], T]) -> T:
        """What `ask` finds, in the store's thread."""

        def work() -> T:
            with self.store.reading() as queries:
                return ask(queries)

        return await self.in_thread(work)

    async def write(self, act: Callable[[Transaction], T]) -> T:
        """What `act` returns, in the store's thread and a transaction of its own."""

        def work() -> T:
            with self.store.transaction() as tx:
                return act(tx)

        return await self.in_thread(work)


@dataclass(slots=True)
class Watched:
    """The resources as health probes see them: None until they are open."""

    resources: Resources | None = None
