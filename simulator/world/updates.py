"""The queue of updates for the bot, with Telegram's rules of offset and long polling."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from simulator.world.feed import Awaited
from simulator.world.refusal import Refusal

_LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class UpdateQueue(Awaited):
    def __init__(self, first_id: int = 700_000_001):
        super().__init__()
        self._next = first_id
        self._waiting: list[dict[str, Any]] = []
        self._allowed: frozenset[str] = frozenset()
        self._poll = 0
        self._ended_by = _TWO_POLLERS
        self.polls = 0
        self.began_at = 0.0
        self.confirmed = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, payload: dict[str, Any]) -> None:
        if self._is_allowed(kind):
            self._waiting.append({"update_id": self._next, kind: payload})
            self._next += 1
            self.wake()

    def allow(self, kinds: Sequence[str]) -> None:
        self._allowed = frozenset(kinds)

    def waiting(self) -> list[dict[str, Any]]:
        return list(self._waiting)

    def restore(self, waiting: list[dict[str, Any]]) -> None:
        """Those of an earlier process; the numbers of new ones lie above theirs."""
        self._waiting = [*waiting, *self._waiting]
        if waiting:
            self._next = max(self._next, waiting[-1]["update_id"] + 1)

    def forget(self) -> None:
        self._waiting.clear()

    def repeat_last(self) -> None:
        """Queues the newest update again under its number, as after a lost confirmation."""
        self._waiting.append(self._waiting[-1])

    def swap_last(self) -> bool:
        if len(self._waiting) < 2:
            return False
        self._waiting[-1], self._waiting[-2] = self._waiting[-2], self._waiting[-1]
        return True

    def first(self) -> dict[str, Any] | None:
        return self._waiting[0] if self._waiting else None

    def confirm(self, offset: int) -> None:
        if offset > 0:
            self.confirmed = max(self.confirmed, min(offset, self._next) - 1)
            self._waiting = [u for u in self._waiting if u["update_id"] >= offset]
        elif offset < 0:
            self._waiting = self._waiting[offset:]

    async def take(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer one getUpdates; a poll that is still waiting is ended with 409."""
        self.interrupt(_TWO_POLLERS)
        poll = self._poll
        self.polls += 1
        if not offset:  # timeout 0: the first poll after a start
            self.began_at = time.monotonic()
        self.confirm(offset)
        deadline = asyncio.get_running_loop().time() + seconds
        while not self._waiting:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.woken(left):
                break
            if poll != self._poll:
                raise Refusal(409, self._ended_by)
        return self._waiting[:limit]

    def interrupt(self, words: str) -> None:
        """End the poll that is waiting, if any, with a conflict in these words."""
        self._ended_by = words
        self._poll += 1
        self.wake()

    def _is_allowed(self, kind: str) -> bool:
        if self._allowed:
            return kind in self._allowed
        return kind not in _LEFT_OUT_BY_DEFAULT
