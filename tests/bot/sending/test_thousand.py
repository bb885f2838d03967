"""A thousand messages to two hundred chats: as fast as Telegram allows, and no faster."""

import asyncio
import heapq
import random
import statistics
import time
from collections import Counter

import pytest

from bot.resources import Resources
from bot.sending.dispatcher import IN_THE_AIR
from bot.transport.rate_limiter import ALL_A_SECOND, RateLimiter
from simulator.world.flood import FloodGate
from tests.bot.rooms import Street, eventually
from tests.bot.sending.test_dispatcher import queue, sending, states, words
from tests.bot.transport.test_rate_limiter import Watch

CHATS = [*range(1, 200), -100]
EACH = 5
EACH_ITS_FIVE = {chat: [1] * EACH for chat in CHATS}
NOTABLE_SECONDS = 0.02
ALLOWED_SECONDS = len(CHATS) * EACH / ALL_A_SECOND


class Machine:
    """What it costs by itself: how much later than asked for this process was woken, in all, and
    how long a question to Telegram takes that waits for nothing."""

    def __init__(self, resources: Resources) -> None:
        self._bot = resources.bot
        self.late = 0.0
        self._trips: list[float] = []

    @property
    def round_trip(self) -> float:
        return statistics.fmean(self._trips)

    async def __aenter__(self) -> None:
        self._tasks = [
            asyncio.create_task(measure()) for measure in (self._lateness, self._round_trips)
        ]

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)

    async def _lateness(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            over = time.monotonic() - before - 0.01
            self.late += over if over > NOTABLE_SECONDS else 0.0

    async def _round_trips(self) -> None:
        while True:
            before = time.monotonic()
            await self._bot.get_me()
            self._trips.append(time.monotonic() - before)
            await asyncio.sleep(0.2)


def post(
    chance: random.Random,
    sendings: dict[int, list[int]],
    longest: float,
    at_once: int = 1,
    least: float = 0.0025,
) -> tuple[float, int, int]:
    """What each chat is to get, as messages or albums of so many, `at_once` of a chat on their
    way, through the bot's pace to the simulator's gate, in a time of its own; each way takes
    `least` seconds, and both together `longest` at most. How long it took, how many were refused,
    how many arrived."""
    watch = Watch()
    limiter, gate = RateLimiter(watch), FloodGate(watch)
    waiting = {chat: list(counts) for chat, counts in sendings.items()}
    refused, arrived, in_the_air = 0, 0, Counter[int]()
    events: list[tuple[float, int, bool, int, int, float]] = []
    begun, serial = watch.at, 0
    while any(waiting.values()) or events:
        ready = [to for to, counts in waiting.items() if counts and in_the_air[to] < at_once]
        for to in ready:
            count = waiting[to][0]
            if (
                in_the_air.total() == IN_THE_AIR
                or limiter.wait(to, count)
                or limiter.room() < count
            ):
                continue
            waiting[to].pop(0)
            limiter.take(to, count)
            in_the_air[to] += 1
            there, back = (least + chance.uniform(0, longest / 2 - least) for _ in "ab")
            counted, landing = watch.at + there, watch.at + there + back
            serial += 2
            heapq.heappush(events, (counted, serial, True, to, count, 0.0))
            heapq.heappush(events, (landing, serial + 1, False, to, count, there + back))
        soon = watch.at + 0.01
        if not events or events[0][0] > soon:
            watch.at = soon
            continue
        watch.at, _, is_counted, to, count, took = heapq.heappop(events)
        if is_counted:
            refused += bool(gate.wait_needed(to, count))
            arrived += count
        else:
            limiter.land(to, count, took)
            in_the_air[to] -= 1
    return watch.at - begun, refused, arrived


@pytest.mark.parametrize("seed", range(5))
def test_on_a_quick_line_it_takes_a_tenth_longer_at_most_and_nothing_is_refused(
    seed: int,
) -> None:
    took, refused, arrived = post(random.Random(seed), EACH_ITS_FIVE, longest=0.1)

    assert arrived == len(CHATS) * EACH
    assert refused == 0
    assert took < 1.1 * ALLOWED_SECONDS


def test_on_a_steady_line_what_the_way_takes_is_not_waited_for() -> None:
    """Of fifty milliseconds, or of half a second: thirty a second all the same."""
    for round_trip in (0.05, 0.3):
        chance = random.Random(1)
        took, refused, _ = post(
            chance, EACH_ITS_FIVE, round_trip + 0.002, least=round_trip / 2, at_once=2
        )

        assert refused == 0
        assert took < 1.03 * ALLOWED_SECONDS + 50 / 30


@pytest.mark.parametrize("longest", [0.5, 3.0])
def test_on_a_line_of_any_slowness_nothing_is_refused(longest: float) -> None:
    _, refused, arrived = post(random.Random(7), EACH_ITS_FIVE, longest)

    assert (refused, arrived) == (0, len(CHATS) * EACH)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_mixture_of_messages_and_albums_nothing_is_refused(seed: int) -> None:
    """On a line whose delays change with every message, two of a chat on their way at once."""
    chance = random.Random(seed)
    sendings = {
        chat: chance.choices(range(1, 11), (8, *[1] * 9), k=chance.randint(5, 30))
        for chat in (1, 2, 3, 4, -100)
    }

    _, refused, arrived = post(chance, sendings, chance.choice((0.05, 0.5, 4.0)), at_once=2)

    assert arrived == sum(sum(counts) for counts in sendings.values())
    assert refused == 0


async def test_through_the_bot_nothing_is_refused_and_nobody_waits_for_a_blocked_chat(
    resources: Resources, street: Street
) -> None:
    """Also the time is held to, but for what the machine itself was too busy to give; a message
    counts until its answer is there, so each second takes a round trip longer."""
    people = [await asyncio.to_thread(street.person) for _ in range(len(CHATS) - 1)]
    chats = [*people, street.group(people[0])]
    street.calm()
    street.fault("blocked", chat=people[1])
    queue(resources, *(words(number, to) for number in range(EACH) for to in chats))
    awaited = len(chats) * EACH - EACH

    machine = Machine(resources)
    begun = time.monotonic()
    async with sending(resources), machine:
        await eventually(lambda: resources.metrics.delivered["message"] >= awaited, seconds=150)
    took = time.monotonic() - begun

    assert resources.metrics.undelivered == {"block": 1}
    assert await asyncio.to_thread(states, resources) == {"sent": awaited, "unreachable": EACH}
    allowed = 1.1 * ALLOWED_SECONDS * (1 + machine.round_trip)
    assert took - machine.late < allowed, (took, machine.late, machine.round_trip)
