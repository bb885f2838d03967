"""The clock of time-outs, pacing and the watchdog: it only goes forward, and never leaps."""

import asyncio
import threading
import time
from collections.abc import Callable

LEAP_SECONDS = 10.0


class MonotonicClock:
    """The monotonic clock without its leaps.

    The loop looks at it every second. What is more between two looks, or less than nothing, was
    no time anything could be done in: the machine stood still, or the clock was moved along with
    the wall's, as libfaketime does. Taken for true, it would end every call in the air, or keep
    all from waking for the length of the jump.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._seen = ticks()
        self._leapt = 0.0
        self._lock = threading.Lock()

    def __call__(self) -> float:
        now = self._ticks()
        if not 0.0 <= now - self._seen <= LEAP_SECONDS:
            now = self._look_again()
        self._seen = now
        return now - self._leapt

    def _look_again(self) -> float:
        """Of two threads one may have looked earlier and come later: that is no leap."""
        with self._lock:
            now = self._ticks()
            if not 0.0 <= now - self._seen <= LEAP_SECONDS:
                self._leapt += now - self._seen
                self._seen = now
            return now


monotonic = MonotonicClock()


class MonotonicLoop(asyncio.SelectorEventLoop):
    # Asked some hundred times an update: without a call between.
    time = staticmethod(monotonic)
