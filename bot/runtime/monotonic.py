"""The monotonic clock without leaps: for time-outs, rate limits and the watchdog."""

import asyncio
import threading
import time
from collections.abc import Callable

LEAP_SECONDS = 10.0


class MonotonicClock:
    """The monotonic clock less its leaps.

    The event loop reads it at least every second. A step back or of more than LEAP_SECONDS is no
    time in which anything could be done: the machine was suspended, or the clock was moved along
    with the wall clock, as by libfaketime. Counted, it would time out every request in flight, or
    delay every timer by the length of the jump.
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
        """Reads again under the lock: two threads that race can look like a step back."""
        with self._lock:
            now = self._ticks()
            if not 0.0 <= now - self._seen <= LEAP_SECONDS:
                self._leapt += now - self._seen
                self._seen = now
            return now


monotonic = MonotonicClock()


class MonotonicLoop(asyncio.SelectorEventLoop):
    # Read some hundred times per update: no method in between.
    time = staticmethod(monotonic)
