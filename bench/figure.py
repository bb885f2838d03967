"""A measured figure and its bound; medians of timed acts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`at_most` / `at_least` are bounds; a figure without one is only reported."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        is_low = self.at_most is None or self.value <= self.at_most
        return is_low and (self.at_least is None or self.value >= self.at_least)

    def __str__(self) -> str:
        bound = ""
        if self.at_most is not None:
            bound = f"  (at most {self.at_most:g} {self.unit})"
        if self.at_least is not None:
            bound = f"  (at least {self.at_least:g} {self.unit})"
        mark = "" if self.holds else "  MISSED"
        return f"{self.name:<66} {self.value:10.2f} {self.unit}{bound}{mark}"


def medians(
    rounds: int, *, is_own_work: bool = False, **acts: Callable[[], object]
) -> dict[str, float]:
    """Seconds each act takes: all of them once a round, side by side, the median of the rounds.
    What this process does all by itself is counted in its own time, so that others do not."""
    clock = time.process_time if is_own_work else time.perf_counter
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            begun = clock()
            act()
            taken[name].append(clock() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]
