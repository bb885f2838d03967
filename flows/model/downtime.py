"""Outages: times in which nobody could reach the system."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Downtime:
    """`declared_by`: the admin who declared it, None if the system detected it; `is_counted`:
    the limits have been moved by it."""

    begin: datetime
    end: datetime
    reason: str = ""
    declared_by: int | None = None
    is_counted: bool = False

    def overlaps(self, begin: datetime, end: datetime) -> bool:
        return self.begin < end and begin < self.end
