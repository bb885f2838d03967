"""What makes a database unusable, told so that an administrator knows what to do."""


class StoreTooNew(Exception):
    """The database was made by a newer version of the program."""


class StoreBroken(Exception):
    """The file is no database, or none of ours, or damaged."""
