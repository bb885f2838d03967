"""A thousand messages to two hundred chats: as fast as Telegram allows, and no faster."""

import asyncio
import heapq
import random
import time

import pytest

from bot.house import House
from bot.mailroom import IN_THE_AIR
from bot.pacing import ALL_A_SECOND, Pace
from simulator.flood import FloodGate
from tests.bot.rooms import Street, eventually
from tests.bot.test_mailroom import queue, sending, states, words
from tests.bot.test_pacing import Watch

CHATS = [f"p{number}" for number in range(1, 200)] + ["g"]
EACH = 5
NOTABLE_SECONDS = 0.02
ALLOWED_SECONDS = len(CHATS) * EACH / ALL_A_SECOND


class Lateness:
    """How much later than asked for this process was woken, in all: the machine's own delay."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._measure())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _measure(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            over = time.monotonic() - before - 0.01
            self.seconds += over if over > NOTABLE_SECONDS else 0.0


def post(chance: random.Random, longest: float) -> tuple[float, int, int]:
    """All the chats' messages through the bot's pace to the simulator's gate, in a time of its
    own: how long it took, how many were refused, how many arrived."""
    watch = Watch()
    pace, gate = Pace(watch), FloodGate(watch)
    waiting = dict.fromkeys(CHATS, EACH)
    refused, arrived, in_the_air = 0, 0, set[str]()
    events: list[tuple[float, int, str, str]] = []
    begun, serial = watch.at, 0
    while waiting or in_the_air:
        busy = in_the_air | pace.waiting()
        ready = [to for to in waiting if to not in busy]
        room = min(pace.room(), IN_THE_AIR - len(in_the_air), len(ready))
        for to in ready[: max(0, room)]:
            pace.take(to)
            in_the_air.add(to)
            way = chance.uniform(0.005, longest)
            serial += 2
            counted = watch.at + chance.uniform(0.0, way)
            heapq.heappush(events, (counted, serial, to, "counted"))
            heapq.heappush(events, (watch.at + way, serial + 1, to, "landed"))
        if not events or (not room and events[0][0] > watch.at + pace.rest()):
            watch.at += max(0.001, pace.rest())
            continue
        watch.at, _, to, what = heapq.heappop(events)
        if what == "counted":
            chat = -1 if to == "g" else int(to[1:])
            refused += bool(gate.wait_needed(chat))
            arrived += 1
        else:
            pace.land(to)
            in_the_air.discard(to)
            waiting[to] -= 1
            if not waiting[to]:
                del waiting[to]
    return watch.at - begun, refused, arrived


@pytest.mark.parametrize("seed", range(5))
def test_on_a_quick_line_it_takes_a_tenth_longer_at_most_and_nothing_is_refused(
    seed: int,
) -> None:
    took, refused, arrived = post(random.Random(seed), longest=0.1)

    assert arrived == len(CHATS) * EACH
    assert refused == 0
    assert took < 1.1 * ALLOWED_SECONDS


@pytest.mark.parametrize("longest", [0.5, 3.0])
def test_on_a_line_of_any_slowness_nothing_is_refused(longest: float) -> None:
    _, refused, arrived = post(random.Random(7), longest)

    assert (refused, arrived) == (0, len(CHATS) * EACH)


async def test_through_the_bot_nothing_is_refused_and_nobody_waits_for_a_blocked_chat(
    house: House, street: Street
) -> None:
    """Also the time is held to, less what the machine itself was too busy to give."""
    people = [await asyncio.to_thread(street.person) for _ in range(len(CHATS) - 1)]
    chats = [*people, street.group(people[0])]
    street.calm()
    street.fault("blocked", chat=people[1])
    queue(house, *(words(number, to) for number in range(EACH) for to in chats))
    awaited = len(chats) * EACH - EACH

    late = Lateness()
    begun = time.monotonic()
    async with sending(house), late:
        await eventually(lambda: house.tally.delivered["message"] >= awaited, seconds=150)
    took = time.monotonic() - begun

    assert house.tally.undelivered == {"block": 1}
    assert await asyncio.to_thread(states, house) == {"sent": awaited, "unreachable": EACH}
    assert took - late.seconds < 1.1 * ALLOWED_SECONDS, (took, late.seconds)
