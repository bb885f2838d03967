"""Errors of an unusable database, and the remedy told to the administrator."""

from errno import EDQUOT, ENOSPC, EROFS

from sqlalchemy.exc import DatabaseError


class StoreTooNew(Exception):
    """The database was made by a newer version of the program."""


class StoreBroken(Exception):
    """The database cannot be used, or what belongs to it; the message has the remedy."""


class StoreForeign(StoreBroken):
    """The database was not made by this program."""


class StoreDamaged(StoreBroken):
    """The file is damaged, or no database at all."""


class StoreUnusable(StoreBroken):
    """The database fails for a while: locked, read-only, on a full disk."""


class StoreLost(StoreBroken):
    """The database or DATA_DIR was removed or exchanged while it was in use."""


PASSING_ERRORS = frozenset({EDQUOT, ENOSPC, EROFS})
REMEDIES = {
    "readonly": "see that the bot's own user may write to it and to its folder",
    "unable to open": "see that its folder is there, and that the bot's own user may write there",
    "locked": "another program works with it: end that one, or wait, and try again",
    "full": "make room on its disk and try again",
    "disk i/o": "make room on its disk, see that the disk is sound, and try again",
}


def is_passing(fault: BaseException) -> bool:
    """Whether the database or the disk fails for a while, and the same may succeed later."""
    if isinstance(fault, DatabaseError):
        words = str(fault.orig).casefold()
        return any(part in words for part in REMEDIES)
    is_of_disk = isinstance(fault, OSError) and fault.errno in PASSING_ERRORS
    return is_of_disk or isinstance(fault, StoreUnusable)


def told(fault: BaseException) -> str:
    """For the log: without SQL and its values."""
    return str(fault.orig) if isinstance(fault, DatabaseError) else str(fault)


def remedy(said: object) -> str:
    """The remedy by SQLite's message; a restore only where the database itself is lost."""
    words = str(said).casefold()
    return next((todo for part, todo in REMEDIES.items() if part in words), "restore a backup")
