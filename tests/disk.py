"""A disk without room, in the place of `os.fsync`."""

import errno


class FullDisk:
    def __init__(self) -> None:
        self.tries = 0

    def __call__(self, descriptor: int) -> None:
        self.tries += 1
        raise OSError(errno.ENOSPC, "No space left on device")
