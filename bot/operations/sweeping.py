"""Once a day: what need not be kept is forgotten, and files that no row names are removed."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from bot.resources import Resources
from storage.transaction import Transaction

KEPT = timedelta(days=90)
# A file is written before its row; younger ones are left.
UNNAMED = timedelta(days=1)
SWEPT = "tidied"

log = logging.getLogger(__name__)


async def sweep(resources: Resources) -> None:
    now = resources.clock.now()
    day = resources.setting.calendar.day_of(now).isoformat()
    if await resources.read(lambda q: q.office.meta(SWEPT)) == day:
        return
    await resources.write(lambda tx: _forget(tx, now, day))
    # By the machine's clock, which dates files, not by a simulated one.
    before = datetime.now(UTC) - UNNAMED
    removed = await asyncio.to_thread(_remove_unnamed, resources, before)
    log.info("files_swept", extra={"files": removed})


def _forget(tx: Transaction, now: datetime, day: str) -> None:
    tx.office.set_meta(SWEPT, day)
    bodies = tx.privacy.forget_bodies(now - KEPT)
    strangers = tx.privacy.forget_strangers(now - KEPT)
    messages = tx.privacy.forget_messages(now - KEPT)
    found = {"bodies": bodies, "strangers": strangers, "messages": messages}
    log.info("tidied", extra=found)


def _remove_unnamed(resources: Resources, before: datetime) -> int:
    files = resources.store.files
    with resources.store.reading() as queries:
        unnamed = queries.naming.unnamed(files.older(before))
    removed = [sha256 for sha256 in unnamed if files.remove(sha256, before)]
    for sha256 in removed:
        (resources.sheets / f"{sha256}.json").unlink(missing_ok=True)
    return len(removed)
