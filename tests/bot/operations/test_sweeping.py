"""What no row names is removed; what a row names stays, wherever it is named."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from bot.operations.sweeping import sweep
from bot.resources import Resources
from flows.model.changes import Decision
from flows.model.messages import Attachment, Message
from storage.maintenance.backup import back_up
from tests.bot.deciding.test_decider import arrive
from tests.bot.rooms import NOW, eventually


def old(resources: Resources, content: bytes) -> str:
    """A file that was stored two days ago, and its reading."""
    sha256 = resources.store.files.keep(content)
    then = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(resources.store.files.path(sha256), (then, then))
    resources.sheets.mkdir(exist_ok=True)
    (resources.sheets / f"{sha256}.json").write_text("{}")
    return sha256


async def test_what_no_row_names_is_removed_once_a_day(resources: Resources) -> None:
    fetched, queued, unnamed = (old(resources, word) for word in (b"a", b"b", b"c"))
    young = resources.store.files.keep(b"d")
    arrive(resources, 1, text="berkas")
    message = Message("x", "c7", attachments=(Attachment("berkas", "b.pdf", sha256=queued),))
    with resources.store.transaction() as tx:
        tx.inbox.promote(1, "ready", {"sha256": fetched})
        tx.apply(Decision(out=(message,)), "k", NOW)

    await sweep(resources)

    has = resources.store.files.has
    assert [has(sha256) for sha256 in (fetched, queued, young, unnamed)] == [True] * 3 + [False]
    assert {path.stem for path in resources.sheets.iterdir()} == {fetched, queued}
    later = old(resources, b"e")
    await sweep(resources)
    assert has(later)


async def test_files_swept_during_a_backup_do_not_spoil_it(resources: Resources) -> None:
    files, data_dir = resources.store.files, resources.settings.data_dir
    kept = files.keep(b"a")
    swept = [files.path(files.keep(b"%d" % n)) for n in range(200)]
    target = data_dir / "backups" / "a.tar.gz"
    making = asyncio.to_thread(back_up, data_dir / "sigap.db", data_dir, target, NOW)
    task = asyncio.create_task(making)
    await eventually(lambda: list(target.parent.glob(".coming-*/archive")) or task.done())
    for path in swept:
        path.unlink(missing_ok=True)

    made = await task

    assert made.files >= 1
    assert files.has(kept)
