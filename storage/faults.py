"""Errors of an unusable database, and the remedy told to the administrator."""


class StoreTooNew(Exception):
    """The database was made by a newer version of the program."""


class StoreBroken(Exception):
    """The file is no database, not of this program, or damaged."""


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
