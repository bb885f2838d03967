"""Metrics of this process since its start."""

from collections import Counter
from dataclasses import dataclass, field

from bot.runtime.monotonic import monotonic


@dataclass(slots=True)
class Metrics:
    """Counters and gauges; no decision and no delivery depends on them."""

    received: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    undelivered: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    ticks: int = 0
    polled_at: float | None = None
    is_refused: bool = False
    is_out: bool = False
    is_stuck: bool = False

    def poll_ended(self) -> None:
        self.polled_at = monotonic()

    def ticked(self) -> None:
        self.ticks += 1


def seconds_since(moment: float | None) -> float | None:
    return None if moment is None else monotonic() - moment
