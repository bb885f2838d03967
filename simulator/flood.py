"""Telegram's sending limits: a chat, a group and the whole bot, counted in real time."""

import math
import time
from collections import deque
from collections.abc import Callable

_ALL = (30, 1.0)
_GROUP = (20, 60.0)
_PRIVATE_BURST = (5, 5.0)


class FloodGate:
    def __init__(self, steady: Callable[[], float] = time.monotonic):
        self._steady = steady
        self._sent: dict[int, deque[float]] = {}
        self._sent_at_all: deque[float] = deque(maxlen=_ALL[0])

    def wait_needed(self, chat: int) -> int:
        """Whole seconds to wait before the next message; 0 counts the message as sent."""
        now = self._steady()
        limit = _GROUP if chat < 0 else _PRIVATE_BURST
        sent = self._sent.setdefault(chat, deque(maxlen=limit[0]))
        wait = max(_wait(sent, limit, now), _wait(self._sent_at_all, _ALL, now))
        if not wait:
            sent.append(now)
            self._sent_at_all.append(now)
        return wait


def _wait(sent: deque[float], limit: tuple[int, float], now: float) -> int:
    allowed, seconds = limit
    if len(sent) < allowed or now - sent[0] >= seconds:
        return 0
    return max(1, math.ceil(seconds - (now - sent[0])))
