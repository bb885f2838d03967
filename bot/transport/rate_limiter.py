"""How fast Telegram may be spoken to: all chats, one chat, a group; on the steady clock.

Telegram counts a message somewhere between its sending and its answer. So here it counts for the
whole of that time, and what a limit gives back is reckoned from the answer: then no delay on the
way, of one or of many, can bring more together there than was let go here. Only what the way
takes at least, there and back, is not waited for twice: no message is counted sooner after its
sending, nor its answer here sooner after it was counted.
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
AT_THE_DOOR = 3
LOOK_SECONDS = 0.1
TRIPS = 50
WAIT_SECONDS = 1.0

# A chat by its id; a name where there is none, as of a press to be answered.
Place = int | str


class Bucket:
    """Holds up to `size` tokens and gains `rate` of them a second, while nothing is in the air."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = size
        self._rate = rate
        self._tokens = size
        self._at = now
        self._in_the_air = 0

    def wait(self, now: float, count: int = 1) -> float:
        """Seconds until so many fit, or as many as ever do."""
        missing = min(count, self._size) - self._level(now)
        return max(missing / self._rate, LOOK_SECONDS / 10) if missing > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        """One token at most is owed: an album is not to hold up the answer to the next press."""
        self._tokens, self._at = max(-1.0, self._level(now) - count), now
        self._in_the_air += count

    def land(self, now: float, count: int) -> None:
        self._tokens, self._at = self._level(now), now
        self._in_the_air -= count

    def is_idle(self, now: float) -> bool:
        return not self._in_the_air and self._level(now) == self._size

    def _level(self, now: float) -> float:
        gained = 0.0 if self._in_the_air else (now - self._at) * self._rate
        return min(self._size, self._tokens + gained)


class Window:
    """So many in any span of so many seconds: no burst on top, as a bucket would allow."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._in_the_air = 0
        self._landed: deque[float] = deque()
        self.spared = 0.0

    def room(self, now: float) -> int:
        while self._landed and now - self._landed[0] >= self._seconds - self.spared:
            self._landed.popleft()
        return max(0, self._size - self._in_the_air - len(self._landed))

    def wait(self, now: float, count: int = 1) -> float:
        """Seconds until so many fit, or as many as ever do; a guess while they are in the air."""
        over = min(count, self._size) - self.room(now)
        if over <= 0:
            return 0.0
        if over > len(self._landed):
            return LOOK_SECONDS
        free = self._landed[over - 1] + self._seconds - self.spared
        return max(free - now, LOOK_SECONDS / 10)

    def take(self, now: float, count: int) -> None:
        self._in_the_air += count

    def land(self, now: float, count: int) -> None:
        self._in_the_air -= count
        self._landed.extend([now] * count)

    def is_idle(self, now: float) -> bool:
        return self.room(now) == self._size


class RoundTrip:
    """To Telegram and back."""

    def __init__(self) -> None:
        self._took: list[float] = []
        self.least = 0.0

    def learn(self, took: float) -> None:
        """By the quickest of some calls, as far as the next ones were like it: where they
        differ much, the two ways may be at their quickest at once, as they were in none."""
        self._took.append(took)
        self.least = min(self.least, took)
        if len(self._took) == TRIPS:
            self._took.sort()
            quickest, like = self._took[0], self._took[TRIPS // 10]
            self.least = max(0.0, quickest - 2 * (like - quickest))
            self._took.clear()


class Limits:
    """Those of one chat; `door` lets in one at a time, in the order they came."""

    def __init__(self, chat: int, now: float) -> None:
        # Telegram takes a larger burst than we make of single messages: an album fills it.
        bursts = (CHAT_BURST, ALBUM_BURST)
        self.each: list[Bucket | Window] = [Bucket(size, CHAT_A_SECOND, now) for size in bursts]
        if is_group(chat):
            self.each.append(Window(GROUP_A_MINUTE, 60.0))
        self.door = asyncio.Lock()

    def is_idle(self, now: float) -> bool:
        """Nothing of what was sent there counts any more."""
        return not self.door.locked() and all(limit.is_idle(now) for limit in self.each)


class RateLimiter:
    """Who may be written to now: one for all that speaks with the bot's token."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self._all = Window(ALL_A_SECOND, 1.0)
        self._round_trip = RoundTrip()
        self._door = asyncio.Lock()
        self._waiting = 0
        self._chats: dict[int, Limits] = {}
        self._held: dict[Place, float] = {}
        self._held_all = 0.0

    @asynccontextmanager
    async def turn(self, chat: int | None, count: int = 1) -> AsyncIterator[None]:
        """Wait until so many may leave together. None: what counts for no chat."""
        if chat is None:
            await self._enter(None, count)
        else:
            async with self._limits(chat).door:
                await _until(lambda: self.wait(chat, count))
                await self._enter(chat, count)
        begun = self._ticks()
        try:
            yield
        finally:
            self.land(chat, count, self._ticks() - begun)

    async def _enter(self, chat: int | None, count: int) -> None:
        """First come, first let in: else whoever needs much room would wait for ever."""
        self._waiting += 1
        try:
            async with self._door:
                await _until(lambda: self._wait_for_all(count))
                self.take(chat, count)
        finally:
            self._waiting -= 1

    def room(self) -> int:
        """How many messages may leave now, whoever gets them."""
        now = self._ticks()
        return 0 if now < self._held_all else self._all.room(now)

    def wanted(self) -> int:
        """How many to bring: those that may leave, and a few to stand ready at the door."""
        if self._ticks() < self._held_all:
            return 0
        return max(0, self.room() + AT_THE_DOOR - self._waiting)

    def waiting(self) -> frozenset[Place]:
        """Who must not be written to yet."""
        now = self._ticks()
        self._held = {place: until for place, until in self._held.items() if now < until}
        self._chats = {c: limits for c, limits in self._chats.items() if not limits.is_idle(now)}
        spent = {
            chat
            for chat, limits in self._chats.items()
            if limits.door.locked() or any(limit.wait(now) for limit in limits.each)
        }
        return frozenset(self._held) | spent

    def rest(self) -> float:
        """How long there is nothing to do, unless something new is to be said."""
        if rest := self._wait_for_all(1):
            return min(rest, WAIT_SECONDS)
        return LOOK_SECONDS if self.waiting() else WAIT_SECONDS

    def wait(self, chat: int, count: int = 1) -> float:
        """Seconds until that chat takes so many, as far as can be told; 0: now."""
        now = self._ticks()
        held = max(0.0, self._held.get(chat, 0.0) - now)
        return max(held, *(limit.wait(now, count) for limit in self._limits(chat).each))

    def take(self, chat: int | None, count: int = 1) -> None:
        """They leave. The parts of an album count one by one."""
        now = self._ticks()
        for limit in self._all_of(chat):
            limit.take(now, count)

    def land(self, chat: int | None, count: int = 1, took: float = 0.0) -> None:
        """They have been answered, well or badly, after so many seconds."""
        now = self._ticks()
        self._round_trip.learn(took)
        self._all.spared = self._round_trip.least
        for limit in self._all_of(chat):
            limit.land(now, count)

    def hold(self, place: Place, seconds: float) -> None:
        """It waits; when others wait at the same time, the flood is everywhere: all do."""
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
    """It tells how long it is to be, as far as it knows by now; 0: no longer."""
    while True:
        seconds = wait()
        if not seconds:
            return
        await asyncio.sleep(seconds)
