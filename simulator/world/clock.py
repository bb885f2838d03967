"""The simulated clock: settable, movable, at any rate; aware datetimes in WITA."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

WITA = timezone(timedelta(hours=8), "WITA")


class MovableClock:
    def __init__(self, start: datetime, monotonic: Callable[[], float] = time.monotonic):
        self._monotonic = monotonic
        self._rate = 1.0
        self._anchor = start.astimezone(WITA)
        self._anchored_at = monotonic()

    @property
    def rate(self) -> float:
        return self._rate

    def now(self) -> datetime:
        passed = (self._monotonic() - self._anchored_at) * self._rate
        return self._anchor + timedelta(seconds=passed)

    def set(self, moment: datetime) -> None:
        self._anchor = moment.astimezone(WITA)
        self._anchored_at = self._monotonic()

    def advance(self, minutes: float) -> None:
        self.set(self.now() + timedelta(minutes=minutes))

    def set_rate(self, rate: float) -> None:
        self.set(self.now())
        self._rate = rate


def read_moment(text: str) -> datetime:
    """Read an ISO moment; without a zone it is WITA."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=WITA) if moment.tzinfo is None else moment
