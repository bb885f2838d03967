"""What one coroutine makes and the others that need it wait for: drawings, uploads."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager


class Shared:
    """Made values by key, the last `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[str, str] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()

    @asynccontextmanager
    async def holding(self, keys: Sequence[str]) -> AsyncIterator[dict[str, str]]:
        """Holds the keys (sorted: two holders of several cannot deadlock); the known values."""
        self._users.update(keys)
        try:
            async with AsyncExitStack() as held:
                for key in keys:
                    await held.enter_async_context(self._locks.setdefault(key, asyncio.Lock()))
                yield self._known
        finally:
            self._users.subtract(keys)
            for key in keys:
                if not self._users[key]:
                    del self._users[key]
                    self._locks.pop(key, None)
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
