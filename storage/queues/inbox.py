"""The inbox: stored updates, committed before Telegram is told of their receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from storage.record.unit import Part, columns, due_at, is_due, is_one_of, table_of
from storage.rows.mapping import filled
from storage.rows.tables import InboxRow

UNFINISHED = ("new", "fetched", "ready")
STATES = (*UNFINISHED, "done", "parked")
ATTEMPTS = 5

# Built once at import: building these statements takes longer than executing them.
_INBOX = table_of(InboxRow)
_OLDER = _INBOX.alias()
_WAITS = exists().where(
    is_one_of(_OLDER.c.state, UNFINISHED),
    _OLDER.c.chat_id.is_not_distinct_from(_INBOX.c.chat_id),
    _OLDER.c.id < _INBOX.c.id,
)
OLDEST = (
    columns(InboxRow)
    .where(_INBOX.c.state == "ready", is_due(_INBOX.c.not_before), ~_WAITS)
    .order_by(_INBOX.c.id)
    .limit(1)
)
OLDEST_OF_OTHERS = OLDEST.where(
    or_(
        _INBOX.c.chat_id.is_(None),
        _INBOX.c.chat_id.not_in(bindparam("without", expanding=True)),
    )
)
WAITING = Select[int, int](_INBOX.c.id, _INBOX.c.chat_id).where(
    _INBOX.c.state == bindparam("state")
)
READY = Select[Any](_INBOX.c.id).where(_INBOX.c.state == "ready").limit(1)
RECEIVE = insert(_INBOX).on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
FINISH = (
    update(_INBOX)
    .where(_INBOX.c.id == bindparam("item"))
    .values(state="done", finished_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Item:
    """One update. `extra` holds what was fetched for it: file, sheet, rank of the sender."""

    id: int
    bot_id: int
    update_id: int
    raw: Mapping[str, Any]
    extra: Mapping[str, Any]
    state: str
    attempts: int
    received_at: datetime
    chat_id: int | None


class Inbox(Part):
    def receive(
        self,
        bot_id: int,
        update_id: int,
        raw: Mapping[str, Any],
        *,
        received_at: datetime,
        chat_id: int | None,
        needs: str,
    ) -> bool:
        """False if known already. `needs` ("file", "facts") is fetched before it is ready."""
        row = {
            "bot_id": bot_id,
            "update_id": update_id,
            "chat_id": chat_id,
            "raw": dict(raw),
            "extra": {"needs": needs} if needs else {},
            "state": "new" if needs else "ready",
            "received_at": received_at,
        }
        return self._session.exec(RECEIVE, params=row).rowcount > 0

    def pending(self, state: str, limit: int) -> tuple[Item, ...]:
        """Items in that state, oldest first."""
        query = select(InboxRow).where(col(InboxRow.state) == state).order_by(col(InboxRow.id))
        return tuple(filled(Item, row) for row in self._session.exec(query.limit(limit)))

    def waiting(self, state: str) -> list[tuple[int, int | None]]:
        """The ids and chats of all items in that state, oldest first."""
        return sorted(
            (id, chat) for id, chat in self._session.exec(WAITING, params={"state": state})
        )

    def get(self, item_id: int) -> Item:
        return filled(Item, self._session.get_one(InboxRow, item_id))

    def of_chat(self, chat_id: int | None, since: datetime) -> tuple[Item, ...]:
        """The chat's items received since then, whatever their state, oldest first."""
        query = select(InboxRow).where(
            is_one_of(_INBOX.c.state, STATES),
            col(InboxRow.chat_id) == chat_id,
            col(InboxRow.received_at) > since,
        )
        return tuple(filled(Item, row) for row in self._session.exec(query.order_by(_INBOX.c.id)))

    def is_behind(self, item_id: int, chat_id: int | None) -> bool:
        """Whether an earlier item of its chat is not decided yet."""
        query = select(InboxRow.id).where(
            is_one_of(_INBOX.c.state, UNFINISHED),
            col(InboxRow.chat_id) == chat_id,
            col(InboxRow.id) < item_id,
        )
        return self._session.exec(query.limit(1)).first() is not None

    def promote(self, item_id: int, state: str, extra: Mapping[str, Any]) -> None:
        row = self._session.get_one(InboxRow, item_id)
        row.state = state
        row.extra = {**row.extra, **extra}
        row.attempts, row.not_before = 0, None

    def next_ready(self, now: datetime, later: frozenset[int] = frozenset()) -> Item | None:
        """The oldest item with no earlier open one in its chat; chats in `later` come last."""
        due = due_at(now)
        if later:
            others = {**due, "without": sorted(later)}
            row: Any = self._session.exec(OLDEST_OF_OTHERS, params=others).first()
            if row:
                return filled(Item, row)
        row = self._session.exec(OLDEST, params=due).first()
        return filled(Item, row) if row else None

    def has_ready(self) -> bool:
        """Whether any item is ready, be it one that must wait for another."""
        return self._session.exec(READY).first() is not None

    def finish(self, item_id: int, now: datetime) -> None:
        self._session.exec(FINISH, params={"item": item_id, "now": now})

    def postpone(self, item_id: int, error: str, not_before: datetime) -> int:
        """Returns the number of failed attempts; at ATTEMPTS the item is parked."""
        row = self._session.get_one(InboxRow, item_id)
        row.attempts += 1
        row.error = error
        row.not_before = not_before
        if row.attempts >= ATTEMPTS:
            row.state = "parked"
        return row.attempts
