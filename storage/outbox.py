"""The outbox: what is to be said, in order for each recipient, until Telegram has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import col, func, select, update

from flows.events import Event
from flows.view import Slot
from storage import copies
from storage.mapping import slot_of
from storage.officetables import SentFileRow
from storage.part import Part, is_due
from storage.tables import GroupRow, OutboxRow, PersonRow, SlotRow

ParcelKind = Literal["message", "toast", "reaction", "board", "removal", "menu"]

WAITING = ("pending", "uncertain")
NOWHERE = (None, None)


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
        for row in self._heads(now):
            if len(parcels) == limit:
                break
            if row.recipient in taken:
                continue
            chat_id, topic_id = self._address(row)
            if chat_id is None and row.kind != "toast":
                self._strand(row.recipient)
                continue
            taken.add(row.recipient)
            row.came_from, row.state = row.state, "sending"
            parcels.append(self._parcel(row, chat_id, topic_id))
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
        row = self._outbox_row(outbox_id)
        row.state, row.sent_at, row.error = "sent", now, ""
        row.message_id = message_id
        copies.keep(self._session, row, papers)
        slot = self._slot_row(row)
        if slot is not None:
            slot.shown = shown
            if message_id is not None:
                slot.message_id, slot.chat_id = message_id, self._address(row)[0]
                slot.has_file = has_file
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
        if row is None or row.recipient != recipient or row.state in (*WAITING, "sending"):
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

    def _heads(self, now: datetime) -> list[OutboxRow]:
        """The first waiting row of each queue; one that is being sent holds its queue up."""
        first = (
            select(func.min(OutboxRow.id))
            .where(col(OutboxRow.state).in_((*WAITING, "sending")))
            .group_by(col(OutboxRow.queue))
        )
        query = (
            select(OutboxRow)
            .where(
                col(OutboxRow.id).in_(first),
                col(OutboxRow.state).in_(WAITING),
                is_due(OutboxRow.not_before, now),
            )
            .order_by(col(OutboxRow.lane), col(OutboxRow.id))
        )
        return list(self._session.exec(query))

    def _address(self, row: OutboxRow) -> tuple[int | None, int | None]:
        """Where the recipient is to be found at this moment: chat and topic."""
        match row.recipient[0], row.recipient[1:]:
            case "p", person_id:
                person = self._session.get(PersonRow, int(person_id))
                return (person.chat_id, None) if person and person.is_reachable else NOWHERE
            case "g", _:
                group = self._session.exec(select(GroupRow)).first()
                return (group.chat_id, group.topic_id) if group else NOWHERE
            case "c", chat_id:
                return int(chat_id), None
        return NOWHERE

    def _parcel(self, row: OutboxRow, chat_id: int | None, topic_id: int | None) -> Parcel:
        slot = self._slot_row(row)
        kind: ParcelKind = row.kind  # type: ignore[assignment]  # a CHECK keeps the column to it
        return Parcel(
            id=row.id or 0,
            kind=kind,
            to=row.recipient,
            chat_id=chat_id,
            topic_id=topic_id,
            body=row.body,
            slot=slot_of(slot) if slot else None,
            state_before=row.came_from,
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

    def _slot_row(self, row: OutboxRow) -> SlotRow | None:
        return self._session.get(SlotRow, (row.slot, row.recipient)) if row.slot else None
