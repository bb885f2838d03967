"""The state in which a command finds database, DATA_DIR and audit key, and what to do about it."""

import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from bot.operations.backups import database_file
from bot.runtime.config import Settings
from storage import store
from storage.faults import StoreBroken, StoreDamaged, StoreForeign, StoreTooNew, StoreUnusable
from storage.maintenance.backup import FOLDERS
from storage.maintenance.migrating import fault_of, is_newest, revision
from storage.record.chain import is_sealed_by

# What an office leaves in DATA_DIR. The audit key may be laid there before the first start.
TRACES = (*FOLDERS, "backups", "latihan")
LOGS = ("-wal", "-journal")
NEWEST_SEAL = "SELECT hash, seal FROM event WHERE seal <> '' ORDER BY rowid DESC LIMIT 1"
IS_PEOPLED = "SELECT EXISTS (SELECT 1 FROM person)"


class State(Enum):
    """Every state that a command may find; `Installation.told` says what to do about it.

    NEW: no database, or one that holds nothing and has no key; nothing of an office is there.
    """

    READY = auto()
    OLDER = auto()
    NEW = auto()
    MISSING = auto()
    LOG_LEFT = auto()
    NEWER = auto()
    FOREIGN = auto()
    DAMAGED = auto()
    UNUSABLE = auto()
    KEY_MISSING = auto()
    KEY_OTHER = auto()
    KEY_DAMAGED = auto()
    UNWRITABLE = auto()


MIGRATED = frozenset({State.READY, State.OLDER})
# For `run`, `migrate` and `staff` alone.
MADE = MIGRATED | {State.NEW}
NO_KEY = frozenset({State.KEY_MISSING, State.KEY_OTHER, State.KEY_DAMAGED})
# Seals are not looked at.
COPIED = MIGRATED | NO_KEY
VERIFIED = frozenset({State.READY, State.KEY_MISSING, State.KEY_OTHER})


class StateRefused(Exception):
    """The command does not work in this state; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Installation:
    """`is_blank`: a database without a single person."""

    state: State
    told: str = ""
    is_blank: bool = False


def require(
    settings: Settings, accepted: Collection[State], *, is_thorough: bool = False
) -> Installation:
    """The state, where the command works in it; StateRefused where not, StoreUnusable where
    it may do so later."""
    found = look(settings, is_thorough=is_thorough)
    if found.state in (State.UNUSABLE, State.UNWRITABLE):
        raise StoreUnusable(found.told)
    if found.state not in accepted:
        raise StateRefused(found.told)
    return found


def look(
    settings: Settings, *, is_thorough: bool = False, seconds: float | None = None
) -> Installation:
    """Changes nothing. `is_thorough`: reads every page; `seconds`: to wait for a lock."""
    wait = store.BUSY_MILLISECONDS / 1000 if seconds is None else seconds
    found = _database(settings, wait, is_thorough)
    if found.state in MADE and (closed := next(_closed(settings), None)):
        told = f"{closed} may not be written to; run this as the bot's own user, or give it to him"
        return Installation(State.UNWRITABLE, f"{told} (sudo chown -R USER {closed})")
    return found


def _database(settings: Settings, wait: float, is_thorough: bool) -> Installation:
    path = database_file(settings)
    try:
        if not path.exists() or path.stat().st_size == 0:
            return _without_database(settings, path)
        with closing(_opened(path, wait)) as connection:
            present = revision(connection, path, is_thorough=is_thorough)
            if present is None:
                return _without_database(settings, path)
            is_older = not is_newest(present)
            is_blank = connection.execute(IS_PEOPLED).fetchone() == (0,)
            seal = connection.execute(NEWEST_SEAL).fetchone()
    except StoreTooNew as fault:
        return Installation(State.NEWER, f"{path}: {fault}")
    except StoreForeign as fault:
        return Installation(State.FOREIGN, str(fault))
    except (StoreDamaged, StoreUnusable) as fault:
        return _unusable(fault)
    except (sqlite3.Error, OSError) as fault:
        return _unusable(fault_of(path, fault))
    state, told = _key(settings.key_file, seal)
    if state is State.KEY_MISSING and is_blank and seal is None:
        return Installation(State.NEW, told, is_blank)  # as empty as no database
    if state is State.READY and is_older:
        state, told = State.OLDER, f"{path} is of an earlier version; run: python -m bot migrate"
    return Installation(state, told, is_blank)


def _unusable(fault: StoreDamaged | StoreUnusable) -> Installation:
    is_damaged = isinstance(fault, StoreDamaged)
    return Installation(State.DAMAGED if is_damaged else State.UNUSABLE, str(fault))


def _without_database(settings: Settings, path: Path) -> Installation:
    log = next((log for tail in LOGS if (log := path.with_name(path.name + tail)).exists()), None)
    if log is not None and log.stat().st_size:
        told = f"{path} is missing, and {log.name} of it is still there; bring the database back,"
        return Installation(State.LOG_LEFT, f"{told} or move {log} away and restore a backup")
    left = next(_traces(settings.data_dir), None)
    if left is not None:
        told = f"{path} is missing, but {left} of an office is there; set DATABASE_URL to its"
        return Installation(
            State.MISSING, f"{told} database, or run: python -m bot restore BACKUP"
        )
    told = f"{path} does not exist; make it with: python -m bot staff FILE.xlsx"
    return Installation(State.NEW, f"{told} (or restore a backup)")


def _traces(data_dir: Path) -> Iterator[Path]:
    """What is filled of an earlier office."""
    for folder in (data_dir / name for name in TRACES):
        with suppress(NotADirectoryError, FileNotFoundError):
            if any(not path.name.startswith(".") for path in folder.iterdir()):
                yield folder


def _key(path: Path, seal: tuple[str, str] | None) -> tuple[State, str]:
    """`seal`: the newest entry's hash and seal. An earlier program may have changed keys."""
    try:
        key = store.read_key(path)
    except FileNotFoundError:
        told = f"{path}: the audit key is missing; put the office's key back, from the copy of it"
        return State.KEY_MISSING, f"{told} that is kept apart from the backups"
    except (StoreBroken, OSError) as fault:
        return State.KEY_DAMAGED, str(fault)
    if seal is not None and not is_sealed_by(key, *seal):
        told = f"{path}: this is not the audit key that the record was sealed with"
        return State.KEY_OTHER, f"{told}; put the office's key back"
    return State.READY, ""


def _closed(settings: Settings) -> Iterator[Path]:
    """Places that must be written to and may not be."""
    database = database_file(settings)
    for folder in dict.fromkeys((settings.data_dir, database.parent)):
        standing = standing_part(folder)
        if not (standing.is_dir() and os.access(standing, os.W_OK | os.X_OK)):
            yield standing
    if database.exists() and not os.access(database, os.W_OK):
        yield database


def standing_part(folder: Path) -> Path:
    """The path, or its nearest parent that exists."""
    return next(path for path in (folder, *folder.resolve().parents) if path.exists())


def _opened(path: Path, seconds: float) -> sqlite3.Connection:
    """Makes no file; not `mode=ro`, which cannot read the log of a killed bot everywhere."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=seconds, isolation_level=None)
    connection.execute("PRAGMA query_only=ON")
    return connection
