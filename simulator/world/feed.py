"""The page's event feed: numbered events that a reader can resume."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

_KEPT = 5_000
_HEARTBEAT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    kind: str
    data: dict[str, Any]
    audience: frozenset[int] | None

    def concerns(self, person: int | None) -> bool:
        return person is None or self.audience is None or person in self.audience

    def wire(self) -> str:
        data = json.dumps(self.data, ensure_ascii=False)
        return f"id: {self.id}\nevent: {self.kind}\ndata: {data}\n\n"


class Awaited:
    def __init__(self) -> None:
        self._grown = asyncio.Event()

    async def woken(self, seconds: float) -> bool:
        """Waits for the next change; False when none came in time."""
        try:
            async with asyncio.timeout(seconds):
                await self._grown.wait()
        except TimeoutError:
            return False
        return True

    def wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()


class Feed(Awaited):
    def __init__(self, first_id: int = 1):
        super().__init__()
        self._next = first_id
        self._events: deque[Event] = deque(maxlen=_KEPT)
        self._is_closed = False

    @property
    def last_id(self) -> int:
        return self._next - 1

    def publish(
        self, kind: str, data: dict[str, Any], audience: frozenset[int] | None = None
    ) -> None:
        self._events.append(Event(self._next, kind, data, audience))
        self._next += 1
        self.wake()

    def close(self) -> None:
        self._is_closed = True
        self.wake()

    def since(self, last: int, person: int | None = None) -> list[Event]:
        return [event for event in self._events if event.id > last and event.concerns(person)]

    def has_all_since(self, last: int) -> bool:
        first = self._events[0].id if self._events else self._next
        return first - 1 <= last <= self.last_id

    async def changed(self, last: int, seconds: float) -> bool:
        """Wait until there is an event after this one; False when none came in time."""
        return self.last_id > last or await self.woken(seconds)

    async def stream(self, last: int | None, person: int | None) -> AsyncIterator[str]:
        at = self.last_id if last is None else last
        has_all = self.has_all_since(at)
        at = at if has_all else self.last_id
        yield f"id: {at}\nevent: {'hello' if has_all else 'reset'}\ndata: {{}}\n\n"
        while not self._is_closed:
            for event in self.since(at, person):
                yield event.wire()
            at = self.last_id
            if not await self.changed(at, _HEARTBEAT_SECONDS):
                yield ": heartbeat\n\n"
