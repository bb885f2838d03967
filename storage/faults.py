"""Errors of an unusable database, and the remedy told to the administrator."""


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


REMEDIES = {
    "readonly": "see that the bot's own user may write to it and to its folder",
    "unable to open": "see that its folder is there, and that the bot's own user may write there",
    "locked": "another program works with it: end that one, or wait, and try again",
    "full": "make room on its disk and try again",
    "disk i/o": "make room on its disk, see that the disk is sound, and try again",
}


def remedy(said: object) -> str:
    """The remedy by SQLite's message; a restore only where the database itself is lost."""
    words = str(said).casefold()
    return next((todo for part, todo in REMEDIES.items() if part in words), "restore a backup")
