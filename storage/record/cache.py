"""A cache of what a store has read, each value with the mark it was read under.

A mark changes with what it stands for, whoever changes that: another process, the command line,
a hand in the database. So a cached value is used only as long as it is true.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

MOST = 256

T = TypeVar("T")


class Cache:
    """Of all units of work of a store; the oldest entry is dropped first."""

    def __init__(self) -> None:
        self._entries: dict[Hashable, tuple[Hashable, Any]] = {}

    def find(self, about: Hashable) -> tuple[Hashable, Any] | None:
        return self._entries.get(about)

    def update(self, entries: Mapping[Hashable, tuple[Hashable, Any]]) -> None:
        for about, entry in entries.items():
            self._entries.pop(about, None)
            self._entries[about] = entry
        while len(self._entries) > MOST:
            del self._entries[next(iter(self._entries))]


class UnitCache:
    """Of one unit of work; others see its entries only after `publish`, once it is committed."""

    def __init__(self, shared: Cache) -> None:
        self._shared = shared
        self._entries: dict[Hashable, tuple[Hashable, Any]] = {}

    def get(self, about: Hashable, mark: Hashable, read: Callable[[], T]) -> T:
        """The value cached under this mark, else what `read` returns."""
        entry = self._entries.get(about) or self._shared.find(about)
        if entry is None or entry[0] != mark:
            entry = (mark, read())
        self._entries[about] = entry
        value: T = entry[1]
        return value

    def put(self, about: Hashable, mark: Hashable, value: Any) -> None:
        self._entries[about] = (mark, value)

    def publish(self) -> None:
        self._shared.update(self._entries)
