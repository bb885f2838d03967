"""What the loops of the bot share."""

from dataclasses import dataclass, field
from pathlib import Path

from telegram import Bot

from bot.runtime.clock import Clock, Skew
from bot.runtime.config import Settings
from bot.runtime.loops import Bell, StoreThread
from bot.runtime.metrics import Tally
from bot.transport.account import Me
from bot.transport.rate_limiter import Pace
from flows.model.view import Setting
from reports.workers import Workers
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Bells:
    """One for each loop that waits for another's work."""

    fetch: Bell = field(default_factory=Bell)
    read: Bell = field(default_factory=Bell)
    decide: Bell = field(default_factory=Bell)
    send: Bell = field(default_factory=Bell)


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    setting: Setting
    bot: Bot
    me: Me
    store: Store
    workers: Workers
    in_thread: StoreThread
    clock: Clock
    bells: Bells = field(default_factory=Bells)
    tally: Tally = field(default_factory=Tally)
    skew: Skew = field(default_factory=Skew)
    pace: Pace = field(default_factory=Pace)

    @property
    def sheets(self) -> Path:
        """Where the spreadsheets stand as they were read, by the file's SHA-256."""
        return self.settings.data_dir / "sheets"


@dataclass(slots=True)
class Watched:
    """The house as whoever watches it may find it: not there before it is open."""

    house: House | None = None
