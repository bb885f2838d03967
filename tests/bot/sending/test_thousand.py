"""A thousand messages to two hundred chats: as fast as Telegram allows, and no faster."""

import asyncio
import heapq
import random
from collections import Counter

import pytest

from bot.resources import Resources
from bot.sending.dispatcher import IN_FLIGHT
from bot.transport.rate_limiter import ALL_A_SECOND, RateLimiter
from simulator.world.flood import FloodLimits
from tests.bot.rooms import Street, eventually
from tests.bot.sending.test_dispatcher import queue, sending, states, words
from tests.bot.transport.test_rate_limiter import Watch

CHATS = [*range(1, 200), -100]
EACH = 5
EACH_ITS_FIVE = {chat: [1] * EACH for chat in CHATS}
ALLOWED_SECONDS = len(CHATS) * EACH / ALL_A_SECOND


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
    limiter, gate = RateLimiter(watch), FloodLimits(watch)
    waiting = {chat: list(counts) for chat, counts in sendings.items()}
    refused, arrived, in_flight = 0, 0, Counter[int]()
    events: list[tuple[float, int, bool, int, int, float]] = []
    begun, serial = watch.at, 0
    while any(waiting.values()) or events:
        free = IN_FLIGHT - in_flight.total()
        for to, counts in waiting.items():
            if not free or not (room := limiter.room()):
                break
            if not counts or in_flight[to] == at_once:
                continue
            if limiter.wait(to, counts[0]) or room < counts[0]:
                continue
            count = counts.pop(0)
            limiter.take(to, count)
            in_flight[to] += 1
            free -= 1
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
            limiter.answered(to, count, took)
            in_flight[to] -= 1
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
    people = [await asyncio.to_thread(street.person) for _ in range(len(CHATS) - 1)]
    chats = [*people, street.group(people[0])]
    street.calm()
    street.fault("blocked", chat=people[1])
    queue(resources, *(words(number, to) for number in range(EACH) for to in chats))
    awaited = len(chats) * EACH - EACH

    async with sending(resources):
        await eventually(lambda: resources.metrics.delivered["message"] >= awaited, seconds=900)

    assert resources.metrics.undelivered == {"block": 1}
    assert await asyncio.to_thread(states, resources) == {"sent": awaited, "unreachable": EACH}
