"""Resources that the loops of the bot share."""

from dataclasses import dataclass, field
from pathlib import Path

from telegram import Bot

from bot.runtime.clock import Clock, Skew
from bot.runtime.config import Settings
from bot.runtime.loops import Signal, StoreThread
from bot.runtime.metrics import Metrics
from bot.transport.account import Me
from bot.transport.rate_limiter import RateLimiter
from flows.model.view import Setting
from reports.workers import Workers
from storage.store import Store


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


@dataclass(slots=True)
class Watched:
    """The resources as health probes see them: None until they are open."""

    resources: Resources | None = None
