"""One running bot for each database, and an end to it when its database or DATA_DIR is gone."""

import asyncio
import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bot.operations.installation import StateRefused
from bot.resources import Resources
from bot.runtime.loops import STORE_PAUSE
from storage.faults import StoreLost, is_passing, told

LOOKS_A_TRY = 5
TRIED = "tried"

log = logging.getLogger(__name__)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Holds the database against a second `run` or `restore`; StateRefused where one works.

    The lock is the open file: it ends with the process, however that ends. SQLite's own locks
    are others, so every other command goes on working beside it.
    """
    path = database.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told = "another bot works with this database; end that one first"
            raise StateRefused(f"{database}: {told}") from None
        except OSError as fault:  # a file system without locks
            log.warning("unlocked", extra={"fault": str(fault)})
        yield


async def watch(resources: Resources) -> None:
    """Raises StoreLost once the database or DATA_DIR is not the one that was opened. Tries to
    write, too, for what is only read tells of no full disk."""
    metrics = resources.metrics
    for look in count():
        if lost := resources.store.lost():
            raise StoreLost(lost)
        if look % LOOKS_A_TRY == 0 or metrics.is_unwritable or metrics.is_stuck:
            await _try(resources)
        await asyncio.sleep(STORE_PAUSE)


async def _try(resources: Resources) -> None:
    now = resources.clock.now().isoformat()
    try:
        await resources.write(lambda tx: tx.office.set_meta(TRIED, now))
    except Exception as fault:
        if not is_passing(fault):
            raise
        log.warning("store_fails", extra={"fault": told(fault)})
        resources.metrics.is_unwritable = True
        return
    resources.metrics.is_unwritable = False
    if resources.settings.webhook_url:  # Telegram's next try may be minutes away
        resources.metrics.is_stuck = False
