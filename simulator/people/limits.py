"""Deadlines that people's messages name: the next one, and those that have passed."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.world.clock import WITA
from simulator.world.world import Message, World

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_LIMIT = re.compile(
    r"^Batas[^:\n]*: \w+, (\d{1,2}) (\w+) (\d{4}) pukul (\d{2})\.(\d{2})", re.MULTILINE
)
_STEP = re.compile(r"^(?:Langkah .+|Tugas .+)$", re.MULTILINE)
_TITLE_AT_MOST = 110
LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Limit:
    at: datetime
    person: int
    message: int
    title: str

    @property
    def passed_at(self) -> datetime:
        """The end of the minute named: a message names no seconds."""
        return self.at + timedelta(minutes=1)


def limits(world: World) -> list[Limit]:
    """The deadlines named by open messages, soonest first."""
    found = [
        Limit(at, chat.id, message.id, _title(message))
        for chat in world.chats.values()
        if chat.is_private
        for message in chat.messages.values()
        if message.keyboard and message.sender == world.bot.id and (at := limit_of(message))
    ]
    return sorted(found, key=lambda limit: (limit.at, limit.person))


def next_passing(world: World) -> datetime | None:
    """The moment at which the next deadline has passed."""
    now = world.clock.now()
    return next((limit.passed_at for limit in limits(world) if limit.passed_at > now), None)


def limit_of(message: Message) -> datetime | None:
    found = _LIMIT.search(message.content.text)
    if found is None or found[2] not in _MONTHS:
        return None
    month = _MONTHS.index(found[2]) + 1
    try:
        return datetime(
            int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), tzinfo=WITA
        )
    except ValueError:
        return None


def tell_clock(world: World) -> dict[str, Any]:
    """Sends the present time to the pages."""
    now = world.clock.now().isoformat(timespec="milliseconds")
    state = {"now": now, "rate": world.clock.rate}
    world.feed.publish("clock", state)
    return state


def announce_due(world: World) -> list[dict[str, Any]]:
    """Sends the deadlines passed since the last call to the pages; anew after a set-back."""
    before, now = world.looked_at, world.clock.now()
    world.looked_at = now
    if before is None or now - before < timedelta(0):
        return []
    due = [_view(world, limit) for limit in limits(world) if before < limit.passed_at <= now]
    if due:
        world.feed.publish("due", {"due": due})
    return due


async def watch_limits(world: World) -> None:
    """Announces deadlines that pass while the clock runs by itself, until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        announce_due(world)


def _title(message: Message) -> str:
    step = _STEP.search(message.content.text)
    lines = (line for line in message.content.text.splitlines() if line.strip())
    greeted = (line for line in lines if not line.startswith("Yth."))
    return (step[0] if step else next(greeted, ""))[:_TITLE_AT_MOST]


def _view(world: World, limit: Limit) -> dict[str, Any]:
    person = world.people[limit.person]
    return {
        "at": limit.at.isoformat(),
        "person": person.id,
        "name": person.name,
        "note": person.note,
        "message": limit.message,
        "title": limit.title,
    }
