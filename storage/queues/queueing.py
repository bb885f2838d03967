"""Queueing of a decision's messages: one statement per batch, each unique key once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import and_, col, or_, select
from sqlmodel.sql.expression import Select

from flows.model.addresses import GROUP, Ref, is_slot, ref_to, slot_name, to_chat, to_press
from flows.model.messages import (
    JEJAK,
    BoardDue,
    ClosingLine,
    Exchange,
    Menu,
    Message,
    Outgoing,
    Reaction,
    Removal,
    Restored,
    Toast,
)
from storage.queues.copies import LATE_LANE, closed, exchanged, restored
from storage.queues.outbox import WAITING, OutboxKind
from storage.record.chain import ORIGIN
from storage.record.proofs import chain_name
from storage.record.unit import Part, add_all, is_one_of, put, table_of
from storage.rows.mapping import fields_of
from storage.rows.record_tables import ChainRow
from storage.rows.tables import OutboxRow, SlotRow

_OUTBOX, _SLOT = table_of(OutboxRow), table_of(SlotRow)
_WAITING_BOARD = and_(
    _OUTBOX.c.kind == "board",
    _OUTBOX.c.perintah_id.in_(bindparam("boards", expanding=True)),
    is_one_of(_OUTBOX.c.state, (*WAITING, "unreachable")),
)
_KNOWN = _OUTBOX.c.unique_key.in_(bindparam("keys", expanding=True))
SAID = Select[str, str, int | None](
    _OUTBOX.c.unique_key, _OUTBOX.c.kind, _OUTBOX.c.perintah_id
).where(or_(_KNOWN, _WAITING_BOARD))
# By two columns: SQLite finds no index for pairs of values.
ABOUT = Select[str, str, str](_SLOT.c.name, _SLOT.c.recipient, _SLOT.c.about).where(
    _SLOT.c.name.in_(bindparam("names", expanding=True)),
    _SLOT.c.recipient.in_(bindparam("recipients", expanding=True)),
)

Single = Message | BoardDue | Removal | Toast | Reaction | Menu


class Queued(NamedTuple):
    """One message before it is stored. `unique` ends with the recipient."""

    kind: OutboxKind
    to: str
    unique: str
    outgoing: Outgoing
    slot: str = ""
    about: str = ""
    lane: int = 1

    @property
    def perintah_id(self) -> int | None:
        return Ref.read(self.about).perintah_id

    @property
    def is_live(self) -> bool:
        match self.outgoing:
            case Message(rows=rows, slot=slot):
                return bool(rows) or is_slot(slot, "tolak")
            case Removal(is_over=is_over):
                return not is_over
        return True


class Queueing(Part):
    def queue(self, out: Sequence[Outgoing], command_key: str, now: datetime) -> None:
        """Messages before a removal without a chat are stored first: it must find their slots."""
        items: list[Queued] = []
        for index, outgoing in enumerate(out):
            key = f"{command_key}:{index}"
            if isinstance(outgoing, Restored):
                outgoing = restored(self._session, outgoing)
            if isinstance(outgoing, Removal) and outgoing.slot and not outgoing.to:
                self._insert(items, now)
                items = list(self._removals(outgoing, key))
            elif isinstance(outgoing, Exchange):
                edits = exchanged(self._session, outgoing)
                items += [_item(edit, key) for edit in edits]
            elif isinstance(outgoing, ClosingLine):
                edits = closed(self._session, outgoing)
                items += [_item(edit, f"{key}.{n}") for n, edit in enumerate(edits)]
            else:
                items.append(_item(outgoing, key))
        self._insert(items, now)

    def _insert(self, items: Sequence[Queued], now: datetime) -> None:
        self._session.flush()
        fresh = self._placed(self._unsaid(items)) if items else ()
        if not fresh:
            return
        rows = [
            {
                "unique_key": item.unique,
                "recipient": item.to,
                "queue": f"{item.to}:{item.kind}" if item.kind == "board" else item.to,
                "kind": item.kind,
                "body": fields_of(self._witnessed(item)),
                "slot": item.slot,
                "about": item.about,
                "perintah_id": item.perintah_id,
                "lane": item.lane,
                "created_at": now,
            }
            for item in fresh
        ]
        add_all(self._session, OutboxRow, rows)
        slots = [
            {
                "name": item.slot,
                "recipient": item.to,
                "about": item.about,
                "perintah_id": item.perintah_id,
                "is_live": item.is_live,
            }
            for item in fresh
            if item.slot and (item.kind != "removal" or _is_placed(item.outgoing))
        ]
        put(self._session, SlotRow, slots, only=("about", "perintah_id", "is_live"))

    def _unsaid(self, items: Sequence[Queued]) -> list[Queued]:
        """Items not queued yet. One waiting board is enough: it is rendered at sending."""
        said, drawn = self._said(items)
        fresh = []
        for item in items:
            is_board = item.kind == "board"
            if item.unique in said or (is_board and item.perintah_id in drawn):
                continue
            said.add(item.unique)
            if is_board:
                drawn.add(item.perintah_id)
            fresh.append(item)
        return fresh

    def _said(self, items: Sequence[Queued]) -> tuple[set[str], set[int | None]]:
        """The known keys among these, and the ids of perintah with a waiting board."""
        boards = [item.perintah_id for item in items if item.kind == "board"]
        wanted = {"keys": [item.unique for item in items], "boards": boards}
        known = self._session.exec(SAID, params=wanted).all()
        drawn = {perintah_id for _, kind, perintah_id in known if kind == "board"}
        return {unique for unique, _, _ in known}, drawn

    def _placed(self, items: Sequence[Queued]) -> list[Queued]:
        """Items with `about`; where a message has none, that of its slot."""
        silent = {(each.slot, each.to) for each in items if each.slot and not each.about}
        abouts = dict(self._unit.abouts)
        if silent - abouts.keys():
            names, recipients = (sorted(set(part)) for part in zip(*silent, strict=True))
            wanted = {"names": names, "recipients": recipients}
            rows = self._session.exec(ABOUT, params=wanted)
            abouts |= {(name, to): about for name, to, about in rows}
        placed = []
        for item in items:
            place = (item.slot, item.to)
            about = item.about or abouts.get(place, "")
            if item.slot:
                abouts[place] = about
            placed.append(item._replace(about=about))
        return placed

    def _witnessed(self, item: Queued) -> Outgoing:
        """The message with the chain's head as witness; this turn's events are in it."""
        message = item.outgoing
        if not isinstance(message, Message) or message.args.get(JEJAK) != "":
            return message
        chain = chain_name(item.perintah_id or 0)
        head = self._unit.heads.get(chain) or self._session.get(ChainRow, chain)
        jejak = head.hash if head and head.hash != ORIGIN else ""
        return message._replace(args={**message.args, JEJAK: jejak})

    def _removals(self, removal: Removal, key: str) -> Iterable[Queued]:
        standing = select(SlotRow).where(col(SlotRow.name) == removal.slot, col(SlotRow.is_live))
        for row in self._session.exec(standing).all():
            row.is_live = not removal.is_over
            to = row.recipient
            yield Queued("removal", to, f"{key}:{to}", removal, slot=row.name)


def _is_placed(outgoing: Outgoing) -> bool:
    """Whether it is a removal that names its chat: its slot is known without a look."""
    return isinstance(outgoing, Removal) and bool(outgoing.to)


def _item(outgoing: Single, key: str) -> Queued:
    match outgoing:
        case Message(to=to):
            # A message with buttons or `about` always has a slot, else one of its own.
            key = outgoing.unique or key
            slot = outgoing.slot or (key if outgoing.rows or outgoing.about else "")
            about, lane = outgoing.about, outgoing.lane
            return Queued("message", to, f"{key}:{to}", outgoing, slot, about, lane)
        case BoardDue(perintah_id=perintah_id):
            slot, about = slot_name("grup", perintah_id), ref_to("board", perintah_id)
            return Queued("board", GROUP, f"{key}:{GROUP}", outgoing, slot, about, LATE_LANE)
        case Removal(slot=slot, to=to) if to:
            return Queued("removal", to, f"{key}:{to}", outgoing, slot)
        case Removal(chat_id=chat_id):
            to = to_chat(chat_id)
            return Queued("removal", to, f"{key}:{to}", outgoing)
        case Toast(callback_id=callback_id):
            to = to_press(callback_id)
            return Queued("toast", to, f"{key}:{to}", outgoing, lane=0)
        case Reaction(chat_id=chat_id):
            to = to_chat(chat_id)
            return Queued("reaction", to, f"{key}:{to}", outgoing, lane=0)
        case Menu(to=to):
            return Queued("menu", to, f"{key}:{to}", outgoing, lane=LATE_LANE)
