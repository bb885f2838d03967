"""Long polling: updates are committed to the inbox before the next offset confirms them."""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from bot.alerts import raise_alarm
from bot.receiving.updates import (
    KINDS,
    Json,
    chat_of,
    is_for_us,
    is_storable,
    kind_of,
    needs,
    number,
    without_halves,
)
from bot.resources import Resources
from bot.runtime.monotonic import monotonic
from bot.transport.faults import OUT_SECONDS, TELL_SECONDS, flood_seconds
from storage.faults import StoreLost, is_passing, told

POLL_SECONDS = 25
READ_SECONDS = POLL_SECONDS + 10.0
CONFLICT_SECONDS = 5.0
LONGEST_PAUSE = 30.0
HANG_SECONDS = 90.0
PAT_SECONDS = 15.0

Take = Callable[[Sequence[Json]], Awaitable[Sequence[Json]]]

log = logging.getLogger(__name__)


class Watchdog:
    """Ends the process when no getUpdates has ended, by success or fault, for too long.

    A thread of its own: a blocked event loop cannot watch itself. In an outage each getUpdates
    ends by a fault, so it is no hang.
    """

    def __init__(
        self, seconds: float = HANG_SECONDS, ticks: Callable[[], float] = monotonic
    ) -> None:
        self._seconds = seconds
        self._ticks = ticks
        self._ended_at = ticks()
        self._is_done = threading.Event()

    def pat(self) -> None:
        self._ended_at = self._ticks()

    def silence(self) -> float:
        """Seconds since the last getUpdates ended, once above the limit; else 0."""
        silence = self._ticks() - self._ended_at
        return silence if silence > self._seconds else 0.0

    def start(self) -> None:
        self.pat()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self._is_done.set()

    def _watch(self) -> None:
        while True:
            # sleep, not wait(timeout): a timed wait uses a clock that can be moved.
            time.sleep(min(self._seconds / 4, 5.0))
            if self._is_done.is_set():
                return
            if silence := self.silence():
                log.critical("getupdates_hangs", extra={"seconds": round(silence)})
                os._exit(1)


class Receiver:
    def __init__(self, resources: Resources, practice: Take | None = None) -> None:
        """`practice` takes what belongs to an office of practice and returns the rest."""
        self._resources = resources
        self._practice = practice
        self._offset: int | None = None
        self._pause = 1.0
        self._tell_at = 0.0

    async def run(self, watchdog: Watchdog) -> None:
        """Polls for ever, at first without an offset.

        Telegram then begins with all it still holds; the inbox ignores what it has. A kept offset
        would be wrong after a week without updates: their numbers may then start anew.
        """
        while True:
            try:
                updates = await self._next()
            finally:
                watchdog.pat()
                self._resources.metrics.poll_ended()
            if updates:
                await self._keep_watched(updates, watchdog)

    async def _keep_watched(self, updates: Sequence[Any], watchdog: Watchdog) -> None:
        """A database that is held by another program, however long, is no poll that hangs."""
        keeping = asyncio.ensure_future(self._keep_all(updates))
        try:
            while not (await asyncio.wait([keeping], timeout=PAT_SECONDS))[0]:
                watchdog.pat()
                self._resources.metrics.poll_ended()
        finally:
            keeping.cancel()
        await keeping

    async def keep(self, updates: Sequence[Any]) -> None:
        """Returns once the updates are committed to the inbox; raises when the store cannot."""
        # A simulated clock may just have been moved: ask it before the items are dated.
        await self._resources.clock.ask()
        storable = [without_halves(raw) for raw in updates if is_storable(raw)]
        try:
            rest = await self._practice(storable) if self._practice else storable
            has_needs = await self._resources.in_thread(self._keep, rest)
        except Exception:
            self._resources.metrics.is_stuck = True  # a read would not notice a full disk
            raise
        self._resources.metrics.received.update(kind_of(raw) or "unknown" for raw in updates)
        if has_needs:
            self._resources.signals.fetch.ring()
        self._resources.signals.decide.ring()

    async def _next(self) -> Sequence[Any]:
        """One long poll; a fault is logged and waited out, and gives no updates."""
        try:
            updates = await self._poll()
        except InvalidToken:
            raise
        except Conflict as conflict:
            log.error("another_poller", extra={"answer": conflict.message})
            await self._tell_of_another()
            await asyncio.sleep(CONFLICT_SECONDS)
        except RetryAfter as flood:
            await asyncio.sleep(flood_seconds(flood))
        except NetworkError as fault:
            self._resources.metrics.is_out = True
            if monotonic() >= self._tell_at:
                self._tell_at = monotonic() + TELL_SECONDS
                log.warning("telegram_unreachable", extra={"fault": type(fault).__name__})
            await self._rest(OUT_SECONDS)
        except Exception:
            log.exception("getupdates_failed")
            await self._rest()
        else:
            self._pause, self._tell_at = 1.0, 0.0
            if self._resources.metrics.is_out:
                self._resources.metrics.is_out = False
                self._resources.signals.fetch.ring()
                self._resources.signals.send.ring()
            return updates
        return ()

    async def _tell_of_another(self) -> None:
        now = self._resources.clock.now()
        try:
            await self._resources.write(lambda tx: raise_alarm(tx, "gangguan_kembar", {}, now))
        except Exception:  # told at the next conflict
            log.exception("another_poller_untold")
        self._resources.signals.send.ring()

    async def _poll(self) -> Sequence[Any]:
        """The first poll has no time-out, so that readiness is known at once."""
        seconds = 0 if self._resources.metrics.polled_at is None else POLL_SECONDS
        # A private method: the public one parses updates, and one that it cannot parse would
        # block all that follow.
        answer = await self._resources.bot._post(
            "getUpdates",
            {"offset": self._offset, "timeout": seconds, "allowed_updates": list(KINDS)},
            read_timeout=READ_SECONDS,
        )
        return answer if isinstance(answer, list) else ()

    async def _keep_all(self, updates: Sequence[Any]) -> None:
        try:
            await self.keep(updates)
        except Exception as fault:  # a traceback only where it does not pass by itself
            extra = {"updates": len(updates), "fault": told(fault)}
            log.error("inbox_refused", extra=extra, exc_info=not is_passing(fault))
            await self._rest()
            return
        numbers = [number(update, "update_id") for update in updates]
        self._offset = max(numbers) + 1

    def _keep(self, updates: Sequence[Any]) -> bool:
        """Commits the updates; returns whether an item needs something fetched first."""
        now, me = self._resources.clock.now(), self._resources.me
        ours = [(raw, needs(raw, me)) for raw in updates if is_for_us(raw, me)]
        with self._resources.store.transaction() as tx:
            for raw, wanted in ours:
                tx.inbox.receive(
                    me.id,
                    number(raw, "update_id"),
                    dict(raw),
                    received_at=now,
                    chat_id=number(chat_of(raw), "id") or None,
                    needs=wanted,
                )
        if lost := self._resources.store.lost():  # nothing may be confirmed that went there
            raise StoreLost(lost)
        # Here and not after the thread's work: whoever sees the items is told that it is well.
        self._resources.metrics.is_stuck = False
        return any(wanted for _, wanted in ours)

    async def _rest(self, longest: float = LONGEST_PAUSE) -> None:
        self._pause = min(self._pause, longest)
        await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, longest)
