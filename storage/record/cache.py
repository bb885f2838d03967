"""A cache of values read from the store, each with the mark it was read under.

Every change of the data changes their mark, also one by another process, the command line or
SQL. A cached value is used only while its mark is unchanged.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

MOST = 256

T = TypeVar("T")


class Cache:
    """Shared by all units of work of a store; the oldest entry is dropped first."""

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
    """Cache of one unit of work; `publish` shares its entries after the commit."""

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
