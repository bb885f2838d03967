"""One running bot for each database, and an end to it when its database or DATA_DIR is gone."""

import asyncio
import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operations.installation import StateRefused
from bot.resources import Resources
from storage.faults import StoreLost

LOOK_SECONDS = 10.0

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


async def watch(resources: Resources, seconds: float = LOOK_SECONDS) -> None:
    """Raises StoreLost once the database or DATA_DIR is not the one that was opened."""
    while True:
        if lost := resources.store.lost():
            raise StoreLost(lost)
        await asyncio.sleep(seconds)
