"""Copies of a rekap in chats: stored at sending, edited when the rekap is superseded."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from flows.model.addresses import Ref
from flows.model.messages import (
    Attachment,
    ClosingLine,
    Exchange,
    Message,
    Removal,
    Restored,
)
from storage.rows.office_tables import PaperCopyRow
from storage.rows.tables import DokumenRow, OutboxRow, SlotRow

LATE_LANE = 2
SOON = 0


def keep(
    session: Session,
    outbox_id: int,
    recipient: str,
    attachments: Sequence[Attachment],
    message_ids: Sequence[int],
) -> None:
    """`message_ids` in the order of `attachments`, one message per file."""
    if len(attachments) != len(message_ids):
        return
    for attachment, message_id in zip(attachments, message_ids, strict=True):
        if attachment.kind != "dokumen":
            continue
        paper = session.get(DokumenRow, (attachment.perintah_id, attachment.seq))
        if paper is not None and paper.kind == "rekap":
            session.add(
                PaperCopyRow(
                    perintah_id=attachment.perintah_id,
                    format=attachment.format,
                    name=attachment.name,
                    outbox_id=outbox_id,
                    recipient=recipient,
                    message_id=message_id,
                )
            )


def exchanged(session: Session, exchange: Exchange) -> Iterator[Message]:
    """An edit of each copy: its present text and the exchange's line below."""
    query = select(PaperCopyRow).where(col(PaperCopyRow.perintah_id) == exchange.perintah_id)
    for copy in session.exec(query.order_by(col(PaperCopyRow.id))).all():
        paper = Attachment("dokumen", copy.name, copy.format, exchange.perintah_id, exchange.seq)
        yield Message(
            key=exchange.key,
            to=copy.recipient,
            args={**exchange.args, "selesai": _words(session, copy)},
            unique=f"cap:{copy.id}:{exchange.seq}",
            attachments=(paper,),
            media=copy.message_id,
            lane=LATE_LANE,
        )


def restored(session: Session, asked: Restored) -> Message | Removal:
    """The slot's last message that was no question of the draft, without its files: an edit of
    the caption leaves them in place."""
    otherwise = asked.otherwise
    for row in _said(session, otherwise.slot, otherwise.to):
        # Empty where the text has been removed since.
        if row.body and not _asks(row.body, asked.ref):
            words = {name: row.body[name] for name in ("key", "args", "rows")}
            if asked.line is not None:
                line = {"key": asked.line.key, "args": asked.line.args}
                words["args"] = {**words["args"], "selesai": line}
            words["rows"] = (*words["rows"], *asked.rows)
            lane = otherwise.lane if isinstance(otherwise, Message) else SOON
            return Message(
                to=otherwise.to, slot=otherwise.slot, about=row.about, lane=lane, **words
            )
    return otherwise


def closed(session: Session, line: ClosingLine) -> Iterator[Message]:
    """An edit of each message of the tugas that still says one of the former lines."""
    of_perintah = col(SlotRow.perintah_id) == Ref.read(line.about).perintah_id
    slots = select(SlotRow).where(of_perintah, col(SlotRow.about) == line.about)
    for slot in session.exec(slots).all():
        said = _said(session, slot.name, slot.recipient)
        last = next(said, None)
        if last is None or not last.body or slot.name in line.apart:
            continue
        if _closes(last.body) not in line.former:
            continue
        known = (row.body for row in said if row.body and _closes(row.body) not in line.former)
        before = next(known, None) if line.is_undone else None
        key, args = ("akhir", line.args) if before is None else (before["key"], before["args"])
        yield Message(key, slot.recipient, args, slot=slot.name, about=line.about)


def _closes(body: dict[str, Any]) -> str:
    """What a message says, as a `ClosingLine` names it."""
    return str(body["args"]["hasil"] if body["key"] == "akhir" else body["key"])


def _said(session: Session, slot: str, recipient: str) -> Iterator[OutboxRow]:
    """The slot's messages, the last one first."""
    query = select(OutboxRow).where(
        col(OutboxRow.slot) == slot,
        col(OutboxRow.recipient) == recipient,
        col(OutboxRow.kind) == "message",
    )
    # One after the other: the first ones answer.
    yield from session.exec(
        query.order_by(col(OutboxRow.id).desc()).execution_options(yield_per=10)
    )


def _asks(body: dict[str, Any], ref: str) -> bool:
    return any(button.ref == ref for row in body["rows"] for button in row)


def _words(session: Session, copy: PaperCopyRow) -> dict[str, Any] | None:
    """Key and args of the text as last edited; None for an album's other messages."""
    row = session.get(OutboxRow, copy.outbox_id)
    if row is None or row.message_id != copy.message_id:
        return None
    if row.slot:
        edits = _said(session, row.slot, row.recipient)
        row = next((edit for edit in edits if edit.state == "sent"), row)
    # Empty where the person has been erased.
    return {"key": row.body["key"], "args": row.body["args"]} if row.body else None
