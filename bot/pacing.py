"""How fast Telegram may be spoken to: all chats, one chat, a group; on the monotonic clock."""

from collections import deque
from collections.abc import Callable
from time import monotonic

ALL_A_SECOND = 30
CHAT_A_SECOND = 1.0
CHAT_BURST = 3
GROUP_A_MINUTE = 20
HELD_CHATS_OF_A_FLOOD = 2
LOOK_SECONDS = 0.1
WAIT_SECONDS = 1.0


class Bucket:
    """Holds up to `size` tokens and gains `rate` of them a second."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = size
        self._rate = rate
        self._tokens = size
        self._at = now

    def room(self, now: float) -> int:
        return int(self._level(now))

    def wait(self, now: float) -> float:
        """Seconds until one more fits."""
        return max(0.0, (1 - self._level(now)) / self._rate)

    def take(self, now: float, count: int) -> None:
        """One token at most is owed: an album is not to hold up the answer to the next press."""
        self._tokens = max(-1.0, self._level(now) - count)
        self._at = now

    def land(self, now: float, count: int) -> None:
        """Telegram's own burst is larger than ours: no delay on the way matters here."""

    def _level(self, now: float) -> float:
        return min(self._size, self._tokens + (now - self._at) * self._rate)


class Window:
    """So many in any span of so many seconds: no burst on top, as a bucket would allow.

    Telegram counts a message somewhere between sending and answer. So what is in the air counts,
    and what was answered for the whole span after: no delay on the way brings two spans together.
    """

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._in_the_air = 0
        self._landed: deque[float] = deque()

    def room(self, now: float) -> int:
        while self._landed and now - self._landed[0] >= self._seconds:
            self._landed.popleft()
        return max(0, self._size - self._in_the_air - len(self._landed))

    def wait(self, now: float) -> float:
        """Seconds until one that landed counts no more."""
        return max(0.0, self._landed[0] + self._seconds - now) if self._landed else WAIT_SECONDS

    def take(self, now: float, count: int) -> None:
        self._in_the_air += count

    def land(self, now: float, count: int) -> None:
        self._in_the_air -= count
        self._landed.extend([now] * count)


Limit = Bucket | Window


class Pace:
    """Who may be written to now. A recipient is "p31", "g" or "c-100"."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self._all = Window(ALL_A_SECOND, 1.0)
        self._chats: dict[str, tuple[Limit, ...]] = {}
        self._held: dict[str, float] = {}
        self._held_all = 0.0

    def room(self) -> int:
        """How many messages may leave now, whoever gets them."""
        now = self._ticks()
        return 0 if now < self._held_all else self._all.room(now)

    def waiting(self) -> frozenset[str]:
        """The recipients who must not be written to yet."""
        now = self._ticks()
        self._held = {to: until for to, until in self._held.items() if now < until}
        spent = {to for to, limits in self._chats.items() if any(not x.room(now) for x in limits)}
        return frozenset(self._held) | spent

    def rest(self) -> float:
        """How long there is nothing to do, unless something new is to be said."""
        now = self._ticks()
        if now < self._held_all:
            return min(self._held_all - now, WAIT_SECONDS)
        if not self._all.room(now):
            return self._all.wait(now)
        return LOOK_SECONDS if self.waiting() else WAIT_SECONDS

    def take(self, to: str | None, count: int = 1) -> None:
        """They leave. None: what counts for no chat. The parts of an album count one by one."""
        now = self._ticks()
        self._all.take(now, count)
        if to is None:
            return
        for limit in self._chats.setdefault(to, _limits(to, now)):
            limit.take(now, count)

    def land(self, to: str | None, count: int = 1) -> None:
        """They have been answered, well or badly."""
        now = self._ticks()
        self._all.land(now, count)
        for limit in self._chats.get(to or "", ()):
            limit.land(now, count)

    def hold(self, to: str, seconds: float) -> None:
        """That chat waits; when others wait at the same time, the flood is everywhere: all do."""
        now = self._ticks()
        others = [other for other, until in self._held.items() if other != to and now < until]
        self._held[to] = max(now + seconds, self._held.get(to, 0.0))
        if len(others) >= HELD_CHATS_OF_A_FLOOD:
            self._held_all = max(self._held_all, now + seconds)

    def hold_all(self, seconds: float) -> None:
        self._held_all = max(self._held_all, self._ticks() + seconds)


def is_group(to: str) -> bool:
    return to == "g" or to.startswith("c-")


def _limits(to: str, now: float) -> tuple[Limit, ...]:
    chat = Bucket(CHAT_BURST, CHAT_A_SECOND, now)
    return (chat, Window(GROUP_A_MINUTE, 60.0)) if is_group(to) else (chat,)
