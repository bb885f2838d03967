"""Order between chats: one with many items in this minute is served after the others."""

from collections import Counter
from datetime import datetime

FIRST_SERVED = 20


class Turns:
    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._served: Counter[int] = Counter()

    def last(self, now: datetime) -> frozenset[int]:
        """Chats with FIRST_SERVED or more decided items in this minute; they are served last."""
        self._turn_to(now)
        return frozenset(c for c, count in self._served.items() if count >= FIRST_SERVED)

    def served(self, chat_id: int | None, now: datetime) -> None:
        self._turn_to(now)
        if chat_id is not None:
            self._served[chat_id] += 1

    def _turn_to(self, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._served = minute, Counter()
