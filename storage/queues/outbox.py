"""The outbox: stored messages to be sent, in order for each recipient."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Integer, and_, bindparam, case, cast, func
from sqlmodel import col, select, update
from sqlmodel.sql.expression import Select

from flows.model.addresses import GROUP as TO_GROUP
from flows.model.addresses import PERSON, chat_of, person_of
from flows.model.conversation import Slot
from flows.model.events import Event
from storage.queues import copies
from storage.record.unit import Part, columns, due_at, is_due, is_one_of, put, table_of
from storage.rows.office_tables import SentFileRow
from storage.rows.tables import GroupRow, OutboxRow, PersonRow, SlotRow

OutboxKind = Literal["message", "toast", "reaction", "board", "removal", "menu"]

WAITING = ("pending", "uncertain")
# `shown` of a slot that holds the offer to send an uncertain file again.
IN_DOUBT = "in doubt"
NOWHERE = (None, None)
# Columns that a row sent again copies from the first one.
SAME = ["recipient", "queue", "kind", "body", "slot", "about", "perintah_id", "lane", "created_at"]

# Built once at import: building these statements takes longer than executing them.
_OUTBOX, _SLOT, _PERSON = table_of(OutboxRow), table_of(SlotRow), table_of(PersonRow)
_FIRST = (
    Select[Any](func.min(_OUTBOX.c.id))
    .where(is_one_of(_OUTBOX.c.state, (*WAITING, "sending")))
    .group_by(_OUTBOX.c.queue)
)
_IS_HIS = and_(
    func.substr(_OUTBOX.c.recipient, 1, 1) == PERSON,
    _PERSON.c.id == cast(func.substr(_OUTBOX.c.recipient, 2), Integer),
)
_STANDS_IN = and_(
    _SLOT.c.name == _OUTBOX.c.slot,
    _SLOT.c.recipient == _OUTBOX.c.recipient,
)
# The first waiting row of each queue, with its person and slot. A row that is being sent holds
# up its queue, so that the messages of a recipient keep their order.
HEADS = (
    columns(
        OutboxRow,
        *(column.label(f"slot_{column.name}") for column in _SLOT.c),
        case((_PERSON.c.is_reachable, _PERSON.c.chat_id)).label("his_chat"),
    )
    .outerjoin(_SLOT, _STANDS_IN)
    .outerjoin(_PERSON, _IS_HIS)
    .where(
        _OUTBOX.c.id.in_(_FIRST),
        is_one_of(_OUTBOX.c.state, WAITING),
        is_due(_OUTBOX.c.not_before),
    )
    .order_by(_OUTBOX.c.lane, _OUTBOX.c.id)
)
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
GROUP = columns(GroupRow)
_AT_SLOT = (_SLOT.c.name == bindparam("slot"), _SLOT.c.recipient == bindparam("to"))
SHOWN = update(_SLOT).where(*_AT_SLOT).values(shown=bindparam("seen"))
PLACED = SHOWN.values(
    message_id=bindparam("message"), chat_id=bindparam("chat"), has_file=bindparam("file")
)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One claimed outbox row. `body` holds the fields of the Outgoing value by name.

    `state_before` "uncertain": it may have arrived already. `shown` is the hash of the slot's
    last delivery.
    """

    id: int
    kind: OutboxKind
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
    def code(self) -> str:
        """Its code in the log, as a fault code in chats, and in a request to send it again."""
        return f"o{self.id}"

    @property
    def is_file_in_doubt(self) -> bool:
        return self.shown == IN_DOUBT

    @property
    def is_edit(self) -> bool:
        """Whether it edits the slot's message. Papers cannot be added to a message without one,
        and the offer of an uncertain file stays when the new message has buttons."""
        if self.body.get("media"):
            return True
        if self.is_file_in_doubt and self.body.get("rows"):
            return False
        if self.slot is None or self.slot.message_id is None:
            return self.kind == "removal"
        return self.slot.has_file or not self.body.get("attachments")


class Outbox(Part):
    def claim(self, limit: int, busy: frozenset[str], now: datetime) -> tuple[OutboxItem, ...]:
        """Claims the oldest row of each recipient not `busy`, low lanes first, as `sending`."""
        items: list[OutboxItem] = []
        stranded: list[str] = []
        taken = set(busy)
        self._session.flush()
        with self._session.exec(HEADS, params=due_at(now)) as heads:
            row: Any
            for row in heads:
                if row.recipient in taken:
                    continue
                taken.add(row.recipient)
                chat_id, topic_id = self._address(row)
                if chat_id is None and row.kind != "toast":
                    stranded.append(row.recipient)
                    continue
                items.append(_item(row, chat_id, topic_id))
                if len(items) == limit:
                    break
        for recipient in stranded:
            self._strand(recipient)
        if items:
            self._session.exec(CLAIM, params={"ids": [item.id for item in items]})
        return tuple(items)

    def delivered(
        self,
        item: OutboxItem,
        now: datetime,
        message_id: int | None = None,
        has_file: bool = False,
        uploads: Mapping[str, str] | None = None,
        shown: str = "",
        papers: Sequence[int] = (),
    ) -> None:
        """`message_id` of a new message (None: edited); `uploads` Telegram's ids of files by
        their keys; `papers` the ids of the messages with the attachments, in their order."""
        self._session.exec(SENT, params={"row": item.id, "at": now, "message": message_id})
        attachments = item.body.get("attachments", ())
        copies.keep(self._session, item.id, item.to, attachments, papers)
        if item.slot is not None:
            seen = {"slot": item.slot.name, "to": item.to, "seen": shown}
            if message_id is None:
                self._session.exec(SHOWN, params=seen)
            else:
                place = {"message": message_id, "chat": item.chat_id, "file": has_file}
                self._session.exec(PLACED, params={**seen, **place})
        rows = [{"sha256": key, "file_id": file_id} for key, file_id in (uploads or {}).items()]
        put(self._session, SentFileRow, rows)

    def uploads(self, keys: Sequence[str]) -> dict[str, str]:
        """Telegram's file ids by key, of those keys that are known."""
        known = select(SentFileRow).where(col(SentFileRow.sha256).in_(keys))
        return {row.sha256: row.file_id for row in self._session.exec(known)}

    def has_sent(self, message_id: int, recipients: Collection[str]) -> bool:
        query = select(OutboxRow.id).where(
            col(OutboxRow.message_id) == message_id, col(OutboxRow.recipient).in_(recipients)
        )
        return self._session.exec(query).first() is not None

    def recipient_of(self, message_id: int) -> str | None:
        """The last recipient of a message with that id; ids are unique in one chat only."""
        query = select(OutboxRow.recipient).where(col(OutboxRow.message_id) == message_id)
        return self._session.exec(query.order_by(col(OutboxRow.id).desc())).first()

    def last_with_file(self) -> str | None:
        """The person to whom a file was sent last, as a recipient."""
        query = select(OutboxRow).where(
            col(OutboxRow.kind) == "message", col(OutboxRow.recipient).startswith("p")
        )
        rows = self._session.exec(query.order_by(col(OutboxRow.id).desc()))
        return next((row.recipient for row in rows if row.body.get("attachments")), None)

    def retry(self, outbox_id: int, not_before: datetime, error: str, uncertain: bool) -> None:
        """A row once uncertain stays so; a board is dropped where a newer one waits."""
        row = self._session.get_one(OutboxRow, outbox_id)
        is_doubtful = uncertain or row.came_from == "uncertain"
        row.state = "uncertain" if is_doubtful else "pending"
        row.attempts += 1
        row.not_before, row.error = not_before, error
        if row.kind == "board" and self._has_newer_board(row):
            row.state = "dropped"

    def end(self, outbox_id: int, state: Literal["dropped", "parked"], error: str) -> None:
        row = self._session.get_one(OutboxRow, outbox_id)
        row.state, row.error = state, error

    def recover(self) -> int:
        """At the start: rows left `sending` by a killed process may have arrived."""
        result = self._session.exec(
            update(OutboxRow).where(col(OutboxRow.state) == "sending").values(state="uncertain")
        )
        return result.rowcount

    def resend(self, outbox_id: int, recipient: str) -> bool:
        """Queues a row again at its recipient's request; False for another's or a waiting row."""
        row = self._session.get(OutboxRow, outbox_id)
        if row is None or row.recipient != recipient:
            return False
        if row.state == "sending" and row.came_from == "uncertain":
            return self._send_beside(row)
        if row.state in ("pending", "sending"):
            return False
        row.state, row.came_from, row.not_before = "pending", "pending", None
        return True

    def _send_beside(self, row: OutboxRow) -> bool:
        """The offer itself is being sent under this row, which will take the offer's outcome:
        the file gets a new row."""
        key = f"{row.unique_key}:ulang"
        query = select(OutboxRow).where(col(OutboxRow.unique_key) == key)
        former = self._session.exec(query).first()
        if former is not None:
            return self.resend(former.id or 0, row.recipient)
        self._session.add(OutboxRow(unique_key=key, **{part: getattr(row, part) for part in SAME}))
        return True

    def block(self, recipient: str, now: datetime) -> None:
        """After the person blocked the bot, or the group removed it: open rows `unreachable`."""
        person_id = person_of(recipient)
        if person_id is not None:
            person = self._session.get_one(PersonRow, person_id)
            if person.is_reachable:
                person.is_reachable = False
                event = Event("PersonBlocked", person_id=person.id, mandate="sistem")
                self._unit.record(now, event)
        self._strand(recipient)

    def _strand(self, recipient: str) -> None:
        open_states = col(OutboxRow.state).in_((*WAITING, "sending"))
        self._session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.recipient) == recipient, open_states)
            .values(state="unreachable")
        )

    def _address(self, row: Any) -> tuple[int | None, int | None]:
        """The recipient's chat and topic at this moment."""
        if row.recipient == TO_GROUP:
            group: Any = self._session.exec(GROUP).first()
            return (group.chat_id, group.topic_id) if group else NOWHERE
        is_person = person_of(row.recipient) is not None
        return row.his_chat if is_person else chat_of(row.recipient), None

    def _has_newer_board(self, row: OutboxRow) -> bool:
        newer = select(OutboxRow.id).where(
            col(OutboxRow.kind) == "board",
            col(OutboxRow.perintah_id) == row.perintah_id,
            col(OutboxRow.state).in_(WAITING),
            col(OutboxRow.id) > row.id,
        )
        return self._session.exec(newer).first() is not None


def _item(row: Any, chat_id: int | None, topic_id: int | None) -> OutboxItem:
    return OutboxItem(
        id=row.id,
        kind=row.kind,
        to=row.recipient,
        chat_id=chat_id,
        topic_id=topic_id,
        body=row.body,
        slot=_slot(row, chat_id),
        state_before=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        shown=row.slot_shown or "",
    )


def _slot(row: Any, chat_id: int | None) -> Slot | None:
    """Without the message of a former account's chat: it cannot be edited from this chat."""
    if row.slot_name is None:
        return None
    is_here = row.slot_chat_id in (None, chat_id)
    return Slot(
        name=row.slot_name,
        to=row.recipient,
        about=row.slot_about,
        is_live=row.slot_is_live,
        has_file=row.slot_has_file and is_here,
        message_id=row.slot_message_id if is_here else None,
    )
