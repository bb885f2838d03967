"""Faults ordered through the control API: a table, and the first that matches a call."""

from dataclasses import asdict, dataclass
from typing import Any

CALL_KINDS = frozenset(
    {"status", "page", "delay", "drop_before", "drop_after", "blocked", "down", "unlimited"}
)
UPDATE_KINDS = frozenset({"duplicate", "reorder", "repeat_press", "unparsable"})


@dataclass(slots=True)
class Fault:
    id: int
    kind: str
    method: str | None = None
    chat: int | None = None
    count: int | None = None
    status: int = 429
    retry_after: int = 1
    seconds: float = 1.0
    hits: int = 0

    def matches(self, method: str, chat: int | None) -> bool:
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat is None or self.chat == chat


class FaultTable:
    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._next = 1

    def order(self, wanted: dict[str, Any]) -> Fault:
        """Raises ValueError; the message says which part is wrong."""
        known = set(Fault.__dataclass_fields__) - {"id", "hits"}
        if unknown := set(wanted) - known:
            raise ValueError(f"unknown field {sorted(unknown)[0]!r}, known: {sorted(known)}")
        kinds = CALL_KINDS | UPDATE_KINDS
        if wanted.get("kind") not in kinds:
            raise ValueError(f"unknown kind {wanted.get('kind')!r}, known: {sorted(kinds)}")
        fault = Fault(self._next, **wanted)
        self._faults[fault.id] = fault
        self._next += 1
        return fault

    def remove(self, id: int | None = None) -> None:
        if id is None:
            self._faults.clear()
        else:
            self._faults.pop(id, None)

    def rows(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults.values()]

    def on_call(self, method: str, chat: int | None) -> list[Fault]:
        """The faults that meet this call; each is used once by it."""
        met = [
            fault
            for fault in self._faults.values()
            if fault.kind in CALL_KINDS and fault.matches(method, chat)
        ]
        for fault in met:
            self._use(fault)
        return met

    def is_ordered(self, kind: str) -> bool:
        return any(fault.kind == kind for fault in self._faults.values())

    def on_update(self, kind: str) -> Fault | None:
        for fault in self._faults.values():
            if fault.kind == kind:
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        fault.hits += 1
        if fault.count is not None and fault.hits >= fault.count:
            self._faults.pop(fault.id, None)
