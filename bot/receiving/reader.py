"""The loop that has inbox files read by worker processes: sheets as JSON, codes of PDFs."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from bot.receiving.retries import postpone
from bot.receiving.updates import chat_of, file_of, message_of, number, text
from bot.resources import Resources
from bot.runtime.loops import TaskPool
from storage.queues.inbox import Item

IN_FLIGHT = 2
LOOK_AHEAD = 50

log = logging.getLogger(__name__)

Tell = Callable[[int], Coroutine[Any, Any, None]]


class Reader:
    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    async def run(self, begins: Tell) -> None:
        """`begins` tells the chat that its workbook is looked at."""
        signal = self._resources.signals.read
        pool = TaskPool(IN_FLIGHT, signal)
        while True:
            pool.check()
            for item in await self._resources.write(
                lambda tx: tx.inbox.pending("fetched", LOOK_AHEAD)
            ):
                if pool.room and str(item.id) not in pool.keys:
                    pool.start(str(item.id), self._serve(item, begins))
            await signal.wait(1.0)

    async def _serve(self, item: Item, begins: Tell) -> None:
        file = file_of(message_of(item.raw))
        sha256 = text(item.extra, "sha256")
        try:
            if file is not None and file.is_pdf:
                # The code in it: it may be a paper of ours, changed outside.
                path = self._resources.store.files.path(sha256)
                code = await asyncio.to_thread(self._resources.workers.claim, path)
                found: Mapping[str, str] = {"claim": code}
            else:
                found = await self._sheet(sha256, begins(number(chat_of(item.raw), "id")))
            await self._resources.write(lambda tx: tx.inbox.promote(item.id, "ready", found))
        except Exception:
            log.exception("reading_failed", extra={"item": item.id})
            await self._resources.in_thread(
                postpone, self._resources.store, item, self._resources.clock.now()
            )
            await asyncio.sleep(1.0)
        self._resources.signals.decide.ring()

    async def _sheet(self, sha256: str, telling: Coroutine[Any, Any, None]) -> Mapping[str, str]:
        """Reads a workbook; a failed worker makes the file unreadable with its reason."""
        source = self._resources.store.files.path(sha256)
        # Bounded: a slow network must not delay the reading, nor the notice follow the answer.
        telling_task = asyncio.ensure_future(telling)
        try:
            target = self._resources.sheets / f"{sha256}.json"
            await asyncio.to_thread(self._resources.workers.read, source, target)
        finally:
            telling_task.cancel()
        return {"sheet": sha256}
