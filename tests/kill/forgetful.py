"""A faulty bot that confirms updates before their commit, as the library's updater does.

Updates are confirmed at once and kept a second later. Nobody notices until it is killed.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.__main__ import app
from bot.receiving.receiver import Receiver
from bot.receiving.updates import number

QUEUED_SECONDS = 1.0
LATER: set[asyncio.Task[None]] = set()


async def keep_later(receiver: Receiver, updates: Sequence[Any]) -> None:
    receiver._offset = max(number(update, "update_id") for update in updates) + 1

    async def later() -> None:
        await asyncio.sleep(QUEUED_SECONDS)
        await receiver.keep(updates)

    task = asyncio.create_task(later())
    LATER.add(task)
    task.add_done_callback(LATER.discard)


Receiver._keep_all = keep_later  # type: ignore[method-assign] # the point of this file

if __name__ == "__main__":
    app()
