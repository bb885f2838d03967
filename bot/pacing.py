"""How fast Telegram may be spoken to: all chats, one chat, a group; on the monotonic clock."""

from collections.abc import Callable
from time import monotonic

ALL_A_SECOND = 30
CHAT_A_SECOND = 1.0
CHAT_BURST = 3
GROUP_A_MINUTE = 20
HELD_CHATS_OF_A_FLOOD = 2


class Bucket:
    """Holds up to `size` tokens and gains `rate` of them a second."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = size
        self._rate = rate
        self._tokens = size
        self._at = now

    def level(self, now: float) -> float:
        self._tokens = min(self._size, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return self._tokens

    def take(self, now: float) -> None:
        self._tokens = self.level(now) - 1


class Pace:
    """Who may be written to now. A recipient is "p31", "g" or "c-100"."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self._all = Bucket(ALL_A_SECOND, ALL_A_SECOND, ticks())
        self._chats: dict[str, tuple[Bucket, ...]] = {}
        self._held: dict[str, float] = {}
        self._held_all = 0.0

    def room(self) -> int:
        """How many messages may leave now, whoever gets them."""
        now = self._ticks()
        return 0 if now < self._held_all else max(0, int(self._all.level(now)))

    def waiting(self) -> frozenset[str]:
        """The recipients who must not be written to yet."""
        now = self._ticks()
        self._held = {to: until for to, until in self._held.items() if now < until}
        spent = {to for to, buckets in self._chats.items() if _is_spent(buckets, now)}
        return frozenset(self._held) | spent

    def take(self, to: str | None) -> None:
        """None: what counts for no chat."""
        now = self._ticks()
        self._all.take(now)
        if to is None:
            return
        if to not in self._chats:
            self._chats[to] = _buckets(to, now)
        for bucket in self._chats[to]:
            bucket.take(now)

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


def _buckets(to: str, now: float) -> tuple[Bucket, ...]:
    chat = Bucket(CHAT_BURST, CHAT_A_SECOND, now)
    if is_group(to):
        return chat, Bucket(GROUP_A_MINUTE, GROUP_A_MINUTE / 60, now)
    return (chat,)


def _is_spent(buckets: tuple[Bucket, ...], now: float) -> bool:
    return any(bucket.level(now) < 1 for bucket in buckets)
