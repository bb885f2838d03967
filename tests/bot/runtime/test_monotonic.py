"""The monotonic clock of time-outs and rate limits."""

import pytest

from bot.runtime.monotonic import MonotonicClock
from tests.bot.transport.test_rate_limiter import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize("leap", [-86_400.0, -0.5, 86_400.0])
def test_it_goes_on_at_its_pace_after_every_leap_of_the_clock_beneath(
    watch: Watch, leap: float
) -> None:
    monotonic = MonotonicClock(watch)
    watch.at += 1.0
    before = monotonic()

    watch.at += leap
    assert monotonic() == before
    watch.at += 2.5

    assert monotonic() == pytest.approx(before + 2.5)


def test_what_merely_took_its_time_is_counted(watch: Watch) -> None:
    monotonic = MonotonicClock(watch)
    before = monotonic()

    watch.at += 9.0

    assert monotonic() == before + 9.0
