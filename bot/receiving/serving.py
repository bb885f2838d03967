"""Inbox items served at once: those of the office before those of strangers, one of these at a
time."""

from collections.abc import Callable, Collection, Coroutine
from datetime import date
from typing import Any, NamedTuple

from bot.receiving.strangers import sender
from bot.resources import Resources
from bot.runtime.loops import Signal, TaskPool
from storage.queues.inbox import Item
from storage.transaction import Transaction

STRANGERS = 1


class Client(NamedTuple):
    item: Item
    is_stranger: bool


class Serving:
    """Up to `limit` tasks on items of one state of the inbox."""

    def __init__(self, resources: Resources, state: str, limit: int, signal: Signal) -> None:
        self._resources = resources
        self._state = state
        self._pool = TaskPool(limit, signal)
        self._strangers: set[str] = set()

    async def serve(
        self,
        work: Callable[[Client], Coroutine[Any, Any, None]],
        resting: Collection[int] = frozenset(),
    ) -> None:
        """Starts `work` on as many items as there is room for, but on none of `resting`."""
        self._pool.check()
        self._strangers &= self._pool.keys
        if self._pool.room < 1:
            return
        busy = {*map(int, self._pool.keys), *resting}
        for client in await self._resources.write(lambda tx: self._next(tx, busy)):
            key = str(client.item.id)
            if client.is_stranger:
                self._strangers.add(key)
            self._pool.start(key, work(client))

    def _next(self, tx: Transaction, busy: Collection[int]) -> list[Client]:
        free = [(id, chat) for id, chat in tx.inbox.waiting(self._state) if id not in busy]
        if not free:
            return []
        known = tx.office.registered(self._day())
        # Who speaks in a group is seen only in the item itself: `sender` decides there.
        ours = [id for id, chat in free if chat is not None and (chat < 0 or chat in known)]
        found = [tx.inbox.get(id) for id in ours[: self._pool.room]]
        clients = [Client(item, sender(item.raw) not in known) for item in found]
        room = min(self._pool.room - len(clients), STRANGERS - len(self._strangers))
        for id, chat in free:
            # An earlier message may still register him, or say what the file is for.
            if room > 0 and id not in ours and not tx.inbox.is_behind(id, chat):
                clients.append(Client(tx.inbox.get(id), True))
                room -= 1
        return clients

    def _day(self) -> date:
        return self._resources.setting.calendar.day_of(self._resources.clock.now())
