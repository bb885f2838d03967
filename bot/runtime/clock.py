"""The office's clock, the only reader of wall time; the ticker; the skew from Telegram."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.runtime.monotonic import monotonic

TICK_SECONDS = 1
ASK_SECONDS = 1.0
ANSWER_SECONDS = 5.0
JUMP_SECONDS = 2.0
SILENCE_SECONDS = 60.0

log = logging.getLogger(__name__)


class Clock:
    """The system's clock or, with a URL, one asked every second and extrapolated between."""

    def __init__(self, url: str = "") -> None:
        self._url = url
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) if url else None
        self._told: datetime | None = None
        self._told_at = 0.0
        self._rate = 1.0

    def now(self) -> datetime:
        if self._told is None:
            return datetime.now(UTC)
        return self._told + timedelta(seconds=(monotonic() - self._told_at) * self._rate)

    async def first(self) -> None:
        """Waits for the first answer: until then no moment is known."""
        while True:
            if await self.ask():
                return
            await asyncio.sleep(ASK_SECONDS)

    async def follow(self) -> None:
        """Asks for ever; while the clock does not answer, its last answer is extrapolated."""
        while True:
            await self.ask()
            await asyncio.sleep(ASK_SECONDS)

    async def ask(self) -> bool:
        """Whether the time is known; always for the system's clock."""
        if self._client is None:
            return True
        try:
            answer = (await self._client.get(self._url)).raise_for_status().json()
            told = datetime.fromisoformat(answer["now"]).astimezone(UTC)
            rate = float(answer.get("rate", 1))
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as fault:
            log.warning("clock_silent", extra={"fault": type(fault).__name__})
            return False
        self._told, self._told_at, self._rate = told, monotonic(), rate
        return True

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


class EverySecond(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Fires a second after now.

    The library's interval trigger counts the missed seconds one by one: after a jump of a year
    that blocks the loop for a minute.
    """

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=TICK_SECONDS)


class Ticker:
    """Calls `tick` every second, and goes on when the wall clock jumps forward or back."""

    def __init__(self, tick: Callable[[], Awaitable[None]]) -> None:
        self._tick = tick
        self._ticked_at = monotonic()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    async def run(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        job = self._scheduler.add_job(self._once, EverySecond())
        self._scheduler.start()
        drift = _drift()
        try:
            while True:
                await asyncio.sleep(TICK_SECONDS)
                before, drift = drift, _drift()
                if has_jumped(before, drift) or self._is_silent():
                    # The job waits for its moment by the wall clock: after a jump back that
                    # would be the length of the jump.
                    log.warning("clock_jumped", extra={"seconds": round(drift - before)})
                    self._ticked_at = monotonic()
                    job.modify(next_run_time=datetime.now(UTC))
        finally:
            self._scheduler.shutdown(wait=False)

    async def _once(self) -> None:
        with suppress(asyncio.CancelledError):  # else logged as a fault
            await self._tick()
        self._ticked_at = monotonic()

    def _is_silent(self) -> bool:
        return monotonic() - self._ticked_at > SILENCE_SECONDS


class Skew:
    """The difference of this machine's clock from Telegram's Date header, in seconds."""

    def __init__(self) -> None:
        self.seconds: float | None = None

    async def heed(self, answer: httpx.Response) -> None:
        try:
            told = parsedate_to_datetime(answer.headers["date"])
        except (KeyError, ValueError, TypeError):
            return
        self.seconds = (datetime.now(UTC) - told.astimezone(UTC)).total_seconds()


def has_jumped(before: float, after: float) -> bool:
    """Whether the wall clock jumped against the monotonic one between two measurements."""
    return abs(after - before) > JUMP_SECONDS


def _drift() -> float:
    return time.time() - monotonic()
