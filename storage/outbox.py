"""The outbox: what is to be said, in order for each recipient, until Telegram has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam
from sqlmodel import col, func, select, update

from flows.events import Event
from flows.view import Slot
from storage import copies
from storage.mapping import slot_of
from storage.officetables import SentFileRow
from storage.part import Part, columns, due_at, is_due, table_of
from storage.tables import GroupRow, OutboxRow, PersonRow, SlotRow

ParcelKind = Literal["message", "toast", "reaction", "board", "removal", "menu"]

WAITING = ("pending", "uncertain")
NOWHERE = (None, None)

# Written once: to put these together takes longer than to run them.
_FIRST = (
    select(func.min(OutboxRow.id))
    .where(col(OutboxRow.state).in_((*WAITING, "sending")))
    .group_by(col(OutboxRow.queue))
)
# The first waiting row of each queue; one that is being sent holds its queue up.
HEADS = (
    columns(OutboxRow)
    .where(
        col(OutboxRow.id).in_(_FIRST),
        col(OutboxRow.state).in_(WAITING),
        is_due(OutboxRow.not_before),
    )
    .order_by(col(OutboxRow.lane), col(OutboxRow.id))
)
_OUTBOX, _SLOT = table_of(OutboxRow), table_of(SlotRow)
CLAIM = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(came_from=_OUTBOX.c.state, state="sending")
)
SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("at"), error="", message_id=bindparam("message"))
)
ONE = columns(OutboxRow).where(col(OutboxRow.id) == bindparam("id"))
PERSON = select(PersonRow.chat_id, PersonRow.is_reachable).where(PersonRow.id == bindparam("id"))
GROUP = columns(GroupRow)
_AT_SLOT = (_SLOT.c.name == bindparam("slot"), _SLOT.c.recipient == bindparam("to"))
SLOT = columns(SlotRow).where(*_AT_SLOT)
SHOWN = update(_SLOT).where(*_AT_SLOT).values(shown=bindparam("seen"))
PLACED = SHOWN.values(
    message_id=bindparam("message"), chat_id=bindparam("chat"), has_file=bindparam("file")
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to be sent now. `body` holds the fields of the Outgoing value by name.

    `state_before` "uncertain": it may have arrived already. `shown` is the hash given with the
    last delivery in this slot.
    """

    id: int
    kind: ParcelKind
    to: str
    chat_id: int | None
    topic_id: int | None
    body: dict[str, Any]
    slot: Slot | None
    state_before: str
    attempts: int
    created_at: datetime
    shown: str = ""

    @property
    def is_edit(self) -> bool:
        """It changes what stands there; papers cannot be put to a message that has none."""
        if self.body.get("media"):
            return True
        if self.slot is None or self.slot.message_id is None:
            return self.kind == "removal"
        return self.slot.has_file or not self.body.get("attachments")


class Outbox(Part):
    def claim(self, limit: int, busy: frozenset[str], now: datetime) -> tuple[Parcel, ...]:
        """The oldest of each recipient not `busy`, low lanes first; they are `sending` then."""
        parcels: list[Parcel] = []
        taken = set(busy)
        heads: Sequence[Any] = self._session.exec(HEADS, params=due_at(now)).all()
        for row in heads:
            if len(parcels) == limit:
                break
            if row.recipient in taken:
                continue
            chat_id, topic_id = self._address(row.recipient)
            if chat_id is None and row.kind != "toast":
                self._strand(row.recipient)
                continue
            taken.add(row.recipient)
            parcels.append(self._parcel(row, chat_id, topic_id))
        if parcels:
            self._session.exec(CLAIM, params={"ids": [parcel.id for parcel in parcels]})
        return tuple(parcels)

    def delivered(
        self,
        outbox_id: int,
        now: datetime,
        message_id: int | None = None,
        has_file: bool = False,
        file_ids: Mapping[str, str] | None = None,
        shown: str = "",
        papers: Sequence[int] = (),
    ) -> None:
        """`message_id` where it was sent anew (None: edited); `file_ids` by SHA-256; `papers` the
        messages that bear the attachments, in their order."""
        self._session.flush()
        row: Any = self._session.exec(ONE, params={"id": outbox_id}).one()
        self._session.exec(SENT, params={"row": outbox_id, "at": now, "message": message_id})
        copies.keep(self._session, row, papers)
        if row.slot:
            seen = {**_slot_key(row), "seen": shown}
            if message_id is None:
                self._session.exec(SHOWN, params=seen)
            else:
                chat_id, _ = self._address(row.recipient)
                place = {"message": message_id, "chat": chat_id, "file": has_file}
                self._session.exec(PLACED, params={**seen, **place})
        for sha256, file_id in (file_ids or {}).items():
            self._session.merge(SentFileRow(sha256=sha256, file_id=file_id))

    def retry(self, outbox_id: int, not_before: datetime, error: str, uncertain: bool) -> None:
        """What may have arrived once stays uncertain; a newer drawing of a board replaces it."""
        row = self._outbox_row(outbox_id)
        is_doubtful = uncertain or row.came_from == "uncertain"
        row.state = "uncertain" if is_doubtful else "pending"
        row.attempts += 1
        row.not_before, row.error = not_before, error
        if row.kind == "board" and self._has_newer_board(row):
            row.state = "dropped"

    def drop(self, outbox_id: int, error: str) -> None:
        self._end(outbox_id, "dropped", error)

    def park(self, outbox_id: int, error: str) -> None:
        self._end(outbox_id, "parked", error)

    def recover(self) -> int:
        """At the start: nobody knows whether what was being sent has arrived."""
        result = self._session.exec(
            update(OutboxRow).where(col(OutboxRow.state) == "sending").values(state="uncertain")
        )
        return result.rowcount

    def resend(self, outbox_id: int, recipient: str) -> bool:
        """Once more, at the recipient's own wish; False where it is none of his."""
        row = self._session.get(OutboxRow, outbox_id)
        if row is None or row.recipient != recipient or row.state in ("pending", "sending"):
            return False
        row.state, row.came_from, row.not_before = "pending", "pending", None
        return True

    def block(self, recipient: str, now: datetime) -> None:
        """The person has blocked the bot, or the group has thrown it out."""
        if recipient.startswith("p"):
            person = self._session.get_one(PersonRow, int(recipient[1:]))
            if person.is_reachable:
                person.is_reachable = False
                event = Event("PersonBlocked", person_id=person.id, mandate="sistem")
                self._record(now, event)
        self._strand(recipient)

    def file_id(self, sha256: str) -> str | None:
        row = self._session.get(SentFileRow, sha256)
        return row.file_id if row else None

    def _strand(self, recipient: str) -> None:
        open_states = col(OutboxRow.state).in_((*WAITING, "sending"))
        self._session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.recipient) == recipient, open_states)
            .values(state="unreachable")
        )

    def _address(self, recipient: str) -> tuple[int | None, int | None]:
        """Where the recipient is to be found at this moment: chat and topic."""
        match recipient[0], recipient[1:]:
            case "p", person_id:
                found = self._session.exec(PERSON, params={"id": int(person_id)}).first()
                return (found[0], None) if found and found[1] else NOWHERE
            case "g", _:
                group: Any = self._session.exec(GROUP).first()
                return (group.chat_id, group.topic_id) if group else NOWHERE
            case "c", chat_id:
                return int(chat_id), None
        return NOWHERE

    def _parcel(self, row: Any, chat_id: int | None, topic_id: int | None) -> Parcel:
        slot: Any = self._session.exec(SLOT, params=_slot_key(row)).first() if row.slot else None
        return Parcel(
            id=row.id,
            kind=row.kind,
            to=row.recipient,
            chat_id=chat_id,
            topic_id=topic_id,
            body=row.body,
            slot=slot_of(slot) if slot else None,
            state_before=row.state,
            attempts=row.attempts,
            created_at=row.created_at,
            shown=slot.shown if slot else "",
        )

    def _has_newer_board(self, row: OutboxRow) -> bool:
        newer = select(OutboxRow.id).where(
            col(OutboxRow.kind) == "board",
            col(OutboxRow.perintah_id) == row.perintah_id,
            col(OutboxRow.state).in_(WAITING),
            col(OutboxRow.id) > row.id,
        )
        return self._session.exec(newer).first() is not None

    def _end(self, outbox_id: int, state: str, error: str) -> None:
        row = self._outbox_row(outbox_id)
        row.state, row.error = state, error

    def _outbox_row(self, outbox_id: int) -> OutboxRow:
        return self._session.get_one(OutboxRow, outbox_id)


def _slot_key(row: Any) -> dict[str, str]:
    return {"slot": row.slot, "to": row.recipient}
