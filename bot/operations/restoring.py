"""`python -m bot restore`: where it may begin, and the restored database taken into use."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.operations.backups import database_file
from bot.operations.guard import held
from bot.operations.installation import NO_KEY, State, StateRefused, look
from bot.runtime.config import Settings
from storage.maintenance.backup import Restored, RestoreRefused, restore
from storage.store import Store, read_key

# In these no database is there: of the first `run` would make one, of the second it would not.
EMPTY = frozenset({State.NEW, State.MISSING})


def put_back(settings: Settings, archive: Path, now: datetime) -> Restored:
    """Where the database is missing, or has not a single person; RestoreRefused elsewhere."""
    database = database_file(settings)
    try:
        with held(database):
            found = look(settings)
            if found.state in EMPTY or found.is_blank:
                is_there = database.exists()
                return restore(archive, database, settings.data_dir, now, is_blank=is_there)
    except StateRefused as refused:
        raise RestoreRefused(str(refused)) from None
    if found.state in (State.LOG_LEFT, State.UNWRITABLE):
        raise RestoreRefused(found.told)
    logs = "with its -wal and -shm"
    raise RestoreRefused(
        f"{database} exists; stop the bot, move it away ({logs}), and restore into an empty place"
    )


def reopened(settings: Settings) -> str:
    """A restored database as it is taken into use: brought up to date, its record looked at."""
    found = look(settings)
    key = read_key(settings.key_file) if found.state not in NO_KEY else None
    with closing(Store(settings.database_url, settings.data_dir, key)) as store:
        store.migrate()
        with store.reading() as queries:
            breaks = queries.record.verification().breaks()
            first, further = next(breaks, None), sum(1 for _ in breaks)
    seals = f" (seals not checked; before the start: {found.told})" if key is None else ""
    if first is not None:
        return f"the record has {1 + further} breaks{seals}; the first: {first}"
    return f"the record is whole{seals}"
