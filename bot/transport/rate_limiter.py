"""Rate limits of the Bot API: all chats, one chat, a group; on the monotonic clock.

Telegram counts a message at an unknown moment between its request and its response. So it counts
here for all of that time, and capacity is regained from the response on: then no network delay
can make more messages coincide at Telegram than were released here. The shortest round trip seen
is subtracted from the wait: no message is counted sooner after its request, and no response
arrives sooner after the counting.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.runtime.monotonic import monotonic

ALL_A_SECOND = 30
CHAT_A_SECOND = 1.0
CHAT_BURST = 3
ALBUM_BURST = 5
GROUP_A_MINUTE = 20
HELD_CHATS_OF_A_FLOOD = 2
READY_AHEAD = 3
LOOK_SECONDS = 0.1
TRIPS = 50
WAIT_SECONDS = 1.0

# A chat by its id, or another recipient by name, as of an answer to a press.
Place = int | str


class Bucket:
    """A token bucket: up to `size` tokens, `rate` more a second while no request is in flight."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = size
        self._rate = rate
        self._tokens = size
        self._at = now
        self._in_flight = 0

    def wait(self, now: float, count: int = 1) -> float:
        """Seconds until `count` messages fit, or `size` where that is less."""
        missing = min(count, self._size) - self._level(now)
        return max(missing / self._rate, LOOK_SECONDS / 10) if missing > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        """Owes one token at most, so that an album does not delay the answer to the next press."""
        self._tokens, self._at = max(-1.0, self._level(now) - count), now
        self._in_flight += count

    def answered(self, now: float, count: int) -> None:
        self._tokens, self._at = self._level(now), now
        self._in_flight -= count

    def is_idle(self, now: float) -> bool:
        return not self._in_flight and self._level(now) == self._size

    def _level(self, now: float) -> float:
        gained = 0.0 if self._in_flight else (now - self._at) * self._rate
        return min(self._size, self._tokens + gained)


class Window:
    """A sliding window: `size` messages in any span of `seconds`, without a bucket's burst."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._in_flight = 0
        self._answered: deque[float] = deque()
        self.spared = 0.0

    def room(self, now: float) -> int:
        while self._answered and now - self._answered[0] >= self._seconds - self.spared:
            self._answered.popleft()
        return max(0, self._size - self._in_flight - len(self._answered))

    def wait(self, now: float, count: int = 1) -> float:
        """Seconds until `count` fit, or `size`; LOOK_SECONDS while that depends on requests
        in flight."""
        over = min(count, self._size) - self.room(now)
        if over <= 0:
            return 0.0
        if over > len(self._answered):
            return LOOK_SECONDS
        free = self._answered[over - 1] + self._seconds - self.spared
        return max(free - now, LOOK_SECONDS / 10)

    def take(self, now: float, count: int) -> None:
        self._in_flight += count

    def answered(self, now: float, count: int) -> None:
        self._in_flight -= count
        self._answered.extend([now] * count)

    def is_idle(self, now: float) -> bool:
        return self.room(now) == self._size


class RoundTrip:
    """The shortest round trip to Telegram, in seconds."""

    def __init__(self) -> None:
        self._took: list[float] = []
        self.least = 0.0

    def learn(self, took: float) -> None:
        """Takes the quickest of TRIPS requests, less twice its distance to their first decile.

        Where round trips differ much, the way there and the way back may both be at their
        quickest for a message, although they were for none of those measured.
        """
        self._took.append(took)
        self.least = min(self.least, took)
        if len(self._took) == TRIPS:
            self._took.sort()
            quickest, like = self._took[0], self._took[TRIPS // 10]
            self.least = max(0.0, quickest - 2 * (like - quickest))
            self._took.clear()


class Limits:
    """The limits of one chat; `lock` is fair: messages to the chat leave in their order."""

    def __init__(self, chat: int, now: float) -> None:
        # A larger burst for albums than for single messages: Telegram allows it.
        bursts = (CHAT_BURST, ALBUM_BURST)
        self.each: list[Bucket | Window] = [Bucket(size, CHAT_A_SECOND, now) for size in bursts]
        if is_group(chat):
            self.each.append(Window(GROUP_A_MINUTE, 60.0))
        self.lock = asyncio.Lock()

    def is_idle(self, now: float) -> bool:
        """Whether no message sent to the chat counts any more."""
        return not self.lock.locked() and all(limit.is_idle(now) for limit in self.each)


class RateLimiter:
    """Permits to send: one instance for all users of the bot's token."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self._all = Window(ALL_A_SECOND, 1.0)
        self._round_trip = RoundTrip()
        self._queue = asyncio.Lock()
        self._waiting = 0
        self._chats: dict[int, Limits] = {}
        self._held: dict[Place, float] = {}
        self._held_all = 0.0

    @asynccontextmanager
    async def turn(self, chat: int | None, count: int = 1) -> AsyncIterator[None]:
        """Waits until `count` messages to the chat may leave together.

        None: counts for no chat. The chat's lock is taken before the common one, never the
        other way round, so a chat that waits for its own limit blocks nobody else.
        """
        if chat is None:
            await self._enter(None, count)
        else:
            async with self._limits(chat).lock:
                await _until(lambda: self.wait(chat, count))
                await self._enter(chat, count)
        begun = self._ticks()
        try:
            yield
        finally:
            self.answered(chat, count, self._ticks() - begun)

    async def _enter(self, chat: int | None, count: int) -> None:
        """First come, first served: else single messages would keep an album waiting for ever."""
        self._waiting += 1
        try:
            async with self._queue:
                await _until(lambda: self._wait_for_all(count))
                self.take(chat, count)
        finally:
            self._waiting -= 1

    def room(self) -> int:
        """How many messages may leave now by the limit of all chats."""
        now = self._ticks()
        return 0 if now < self._held_all else self._all.room(now)

    def wanted(self) -> int:
        """How many outbox rows to claim: those that may leave, and READY_AHEAD that wait."""
        if self._ticks() < self._held_all:
            return 0
        return max(0, self.room() + READY_AHEAD - self._waiting)

    def waiting(self) -> frozenset[Place]:
        """The recipients that must wait."""
        now = self._ticks()
        self._held = {place: until for place, until in self._held.items() if now < until}
        self._chats = {c: limits for c, limits in self._chats.items() if not limits.is_idle(now)}
        spent = {
            chat
            for chat, limits in self._chats.items()
            if limits.lock.locked() or any(limit.wait(now) for limit in limits.each)
        }
        return frozenset(self._held) | spent

    def rest(self) -> float:
        """Seconds to sleep unless a new message is queued."""
        if rest := self._wait_for_all(1):
            return min(rest, WAIT_SECONDS)
        return LOOK_SECONDS if self.waiting() else WAIT_SECONDS

    def wait(self, chat: int, count: int = 1) -> float:
        """Seconds until the chat may get `count` messages, as far as known; 0: now."""
        now = self._ticks()
        held = max(0.0, self._held.get(chat, 0.0) - now)
        return max(held, *(limit.wait(now, count) for limit in self._limits(chat).each))

    def take(self, chat: int | None, count: int = 1) -> None:
        """Counts requests as in flight. The parts of an album count one by one."""
        now = self._ticks()
        for limit in self._all_of(chat):
            limit.take(now, count)

    def answered(self, chat: int | None, count: int = 1, took: float = 0.0) -> None:
        """Counts requests as answered, by success or fault, `took` seconds after their sending."""
        now = self._ticks()
        self._round_trip.learn(took)
        self._all.spared = self._round_trip.least
        for limit in self._all_of(chat):
            limit.answered(now, count)

    def hold(self, place: Place, seconds: float) -> None:
        """Holds one recipient; all of them once HELD_CHATS_OF_A_FLOOD others are held too."""
        now = self._ticks()
        others = [other for other, until in self._held.items() if other != place and now < until]
        self._held[place] = max(now + seconds, self._held.get(place, 0.0))
        if len(others) >= HELD_CHATS_OF_A_FLOOD:
            self._held_all = max(self._held_all, now + seconds)

    def hold_all(self, seconds: float) -> None:
        self._held_all = max(self._held_all, self._ticks() + seconds)

    def _wait_for_all(self, count: int) -> float:
        now = self._ticks()
        return max(0.0, self._held_all - now, self._all.wait(now, count))

    def _all_of(self, chat: int | None) -> tuple[Bucket | Window, ...]:
        return (self._all, *(self._limits(chat).each if chat is not None else ()))

    def _limits(self, chat: int) -> Limits:
        if chat not in self._chats:
            self._chats[chat] = Limits(chat, self._ticks())
        return self._chats[chat]


def is_group(chat: int) -> bool:
    return chat < 0


async def _until(wait: Callable[[], float]) -> None:
    """Sleeps until `wait` returns 0; it gives the seconds known so far."""
    while True:
        seconds = wait()
        if not seconds:
            return
        await asyncio.sleep(seconds)
