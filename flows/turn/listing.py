"""Lists in the chat, a page at a time: none is cut off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from flows.model.addresses import command_ref
from flows.model.messages import Button, Rows
from flows.turn.turn import button, turning

PAGE = 10

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The page of `items` that is shown; `number` counts from 0 and may be beyond the last.

    Pages are of equal length: eleven items are six and five, not ten and one.
    """

    items: Sequence[T]
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.items) // PAGE))

    @property
    def page(self) -> int:
        return min(self.number, self.pages - 1)

    @property
    def first(self) -> int:
        """The place of the first one shown, counted from 1."""
        return self.page * self._length + 1

    @property
    def shown(self) -> Sequence[T]:
        return self.items[self.first - 1 : self.first - 1 + self._length]

    @property
    def _length(self) -> int:
        return -(-len(self.items) // self.pages)

    def numbered(self) -> Iterator[tuple[int, T]]:
        return enumerate(self.shown, self.first)

    def turning(self, command: str, rest: str = "") -> Rows:
        """The row that turns pages of the command, given `rest`; none for a single page."""
        at = partial(_at, command_ref(command, rest))
        return (turning(self.page, self.pages, at),) if self.pages > 1 else ()


def _at(ref: str, key: str, page: int, **words: Any) -> Button:
    return button(key, f"h{page}", ref, **words)
