from datetime import timedelta

from simulator.world.clock import MovableClock, read_moment
from tests.simulator.conftest import People


class MonotonicClock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_the_clock_runs_at_its_rate_from_where_it_was_set() -> None:
    monotonic = MonotonicClock()
    clock = MovableClock(read_moment("2026-11-24 07:30"), monotonic)

    monotonic.seconds += 10
    clock.set_rate(60)
    monotonic.seconds += 10
    clock.advance(15)
    monotonic.seconds += 1

    passed = timedelta(seconds=10 + 600 + 900 + 60)
    assert clock.now() == read_moment("2026-11-24 07:30") + passed


def test_a_moment_without_zone_is_wita() -> None:
    assert read_moment("2026-11-24 07:30").isoformat() == "2026-11-24T07:30:00+08:00"
    assert read_moment("2026-11-24T00:00:00+00:00").utcoffset() == timedelta(0)


async def test_the_clock_is_read_and_moved_over_http(people: People) -> None:
    before = await people.get("/clock")
    moved = await people.post("/clock", set="2026-11-25T08:00:00+08:00", rate=0)
    later = await people.post("/clock", advance_minutes=90)

    assert before["now"].startswith("2026-11-24T07:30:00")
    assert before["now"].endswith("+08:00")
    assert (before["rate"], moved["rate"]) == (1, 0)
    assert later["now"] == "2026-11-25T09:30:00.000+08:00"


async def test_a_wrong_clock_order_is_refused_with_its_reason(people: People) -> None:
    unknown = await people.post("/clock", tomorrow=True)
    backwards = await people.post("/clock", rate=-1)
    unreadable = await people.post("/clock", set="besok")

    assert (unknown["status"], unknown["error"]) == (400, "unknown field 'tomorrow'")
    assert backwards["error"] == "rate must be 0 to 3600"
    assert "besok" in unreadable["error"]
    assert (await people.get("/clock"))["now"].startswith("2026-11-24T07:30")
