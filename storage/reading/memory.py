"""What a process remembers of its store, each thing with the mark it was read under.

A mark changes with what it stands for, whoever changes that: another process, the command line,
a hand in the database. So what is remembered is used only as long as it is true.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flows.model.downtime import Downtime
from flows.model.proof import SopApproval
from flows.model.view import Group, Head, Invite, LocalDay
from flows.office.people import Roster

MOST = 256

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """The office itself, which every command needs and few change. `accounts`: whose they are."""

    roster: Roster
    accounts: Mapping[int, int]
    group: Group | None
    heads: tuple[Head, ...]
    local_days: tuple[LocalDay, ...]
    recount: str
    claims: tuple[Invite, ...]
    next_permohonan: int
    downtimes: tuple[Downtime, ...]
    approvals: tuple[SopApproval, ...]


class Memory:
    """Of all units of work of a store; the oldest is forgotten first."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Hashable, Any]] = {}

    def find(self, about: Hashable) -> tuple[Hashable, Any] | None:
        return self._known.get(about)

    def learn(self, news: Mapping[Hashable, tuple[Hashable, Any]]) -> None:
        for about, known in news.items():
            self._known.pop(about, None)
            self._known[about] = known
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]


class Recollection:
    """Of one unit of work; what it learns counts for others only once it is committed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._news: dict[Hashable, tuple[Hashable, Any]] = {}

    def recall(self, about: Hashable, mark: Hashable, read: Callable[[], T]) -> T:
        known = self._news.get(about) or self._memory.find(about)
        if known is None or known[0] != mark:
            known = (mark, read())
        self._news[about] = known
        value: T = known[1]
        return value

    def learn(self, about: Hashable, mark: Hashable, value: Any) -> None:
        self._news[about] = (mark, value)

    def share(self) -> None:
        self._memory.learn(self._news)
