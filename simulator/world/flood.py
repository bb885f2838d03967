"""Telegram's sending limits in real seconds: the whole bot, one chat, one group."""

import math
import time
from collections import deque
from collections.abc import Callable

ALL_A_SECOND = 30
CHAT_A_SECOND = 1.0
CHAT_BURST = 5
GROUP_A_MINUTE = 20
_MINUTE = 60.0


class _Window:
    """A sliding window: `allowed` messages in any span of `seconds`."""

    def __init__(self, allowed: int, seconds: float) -> None:
        self._seconds = seconds
        self._sent: deque[float] = deque(maxlen=allowed)

    def wait(self, count: int, now: float) -> float:
        """Seconds until `count` more fit; more than ever fit wait for an empty window."""
        kept = [at for at in self._sent if now - at < self._seconds]
        over = len(kept) + count - (self._sent.maxlen or 0)
        return kept[min(over, len(kept)) - 1] + self._seconds - now if over > 0 and kept else 0.0

    def take(self, count: int, now: float) -> None:
        self._sent.extend([now] * count)


class _Burst:
    """A token bucket: CHAT_BURST at once, then one a second; an album owes one token at most."""

    def __init__(self, now: float) -> None:
        self._left = float(CHAT_BURST)
        self._at = now

    def wait(self, count: int, now: float) -> float:
        needed = min(count, CHAT_BURST) - self._level(now)
        return max(0.0, needed / CHAT_A_SECOND)

    def take(self, count: int, now: float) -> None:
        self._left, self._at = max(-1.0, self._level(now) - count), now

    def _level(self, now: float) -> float:
        return min(float(CHAT_BURST), self._left + (now - self._at) * CHAT_A_SECOND)


class FloodLimits:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic):
        self._monotonic = monotonic
        self._all = _Window(ALL_A_SECOND, 1.0)
        self._chats: dict[int, _Burst] = {}
        self._groups: dict[int, _Window] = {}

    def wait_needed(self, chat: int, count: int = 1) -> int:
        """Whole seconds to wait before these messages; 0 counts them as sent."""
        now = self._monotonic()
        limits: list[_Window | _Burst] = [self._all]
        limits.append(self._chats.setdefault(chat, _Burst(now)))
        if chat < 0:
            limits.append(self._groups.setdefault(chat, _Window(GROUP_A_MINUTE, _MINUTE)))
        wait = max(limit.wait(count, now) for limit in limits)
        if wait > 0:
            return max(1, math.ceil(wait))
        for limit in limits:
            limit.take(count, now)
        return 0
