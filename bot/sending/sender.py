"""Sender: renders one outbox item and sends, edits or deletes it by the Bot API."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.documents.documents import Documents
from bot.documents.paper import Paper
from bot.documents.shared import Shared
from bot.resources import Resources
from bot.sending.prepared import Contents, Prepared, albums, chat_of, new_uploads, prepare, upload
from bot.transport.faults import GONE, NO_TOPIC, UNCHANGED, flood_seconds, says
from bot.wording.lengths import CAPTION_LIMIT, visible_length
from bot.wording.wording import Said, Unworded, Wording
from flows.model.messages import Button
from storage.queues.outbox import IN_DOUBT, OutboxItem
from storage.record.proofs import chain_name

MOST_UPLOADS = 1000
# States of a perintah whose board stays pinned.
RUNNING = ("berjalan", "menunggu")
NO_LINKS = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of sending; without `message_id` no new message was sent. `papers` are the ids
    of the messages with the files, `uploads` Telegram's ids of new files by their keys.
    `unworded` names the template that failed: a fault code was sent in place of the text."""

    message_id: int | None = None
    has_file: bool = False
    shown: str = ""
    is_pin_refused: bool = False
    papers: tuple[int, ...] = ()
    uploads: Mapping[str, str] = field(default_factory=dict)
    unworded: str = ""


class Sender:
    def __init__(self, resources: Resources, wording: Wording, documents: Documents) -> None:
        self._resources = resources
        self._bot = resources.bot
        self._wording = wording
        self._documents = documents
        self._uploads = Shared(MOST_UPLOADS)

    async def deliver(self, item: OutboxItem) -> Delivery:
        """Renders all text before the first request: a template fault leaves nothing half sent."""
        try:
            return await self._deliver(item)
        except Unworded as fault:
            told = {"kode": item.code, "outbox_id": item.id, "template": fault.name}
            log.exception("not_worded", extra=told)
            return replace(await self._tell_fault(item), unworded=fault.name)

    async def _deliver(self, item: OutboxItem) -> Delivery:
        match item.kind:
            case "message":
                return await self._message(item)
            case "board":
                return await self._board(item)
            case "toast":
                await self._toast(item)
            case "reaction":
                await self._reaction(item)
            case "removal":
                await self._removal(item)
            case "menu":
                await self._menu(item)
        return Delivery()

    async def _tell_fault(self, item: OutboxItem) -> Delivery:
        """Sends one sentence with the fault code, without buttons, in place of the text. The
        group and the copies of a paper get none: they expect no answer."""
        args = {"kode": item.code}
        match item.kind:
            case "toast":
                text = self._wording.toast("gangguan", args)
                await self._bot.answer_callback_query(
                    item.body["callback_id"], text=text, show_alert=True
                )
            case "message" if item.to != "g" and not item.body.get("media"):
                said = self._wording.say("gangguan_pesan", args)
                prepared = prepare(item, said, item.body["is_ring"])
                return await self._edited(prepared) or await self._sent(prepared, ())
        return Delivery()

    async def show_upload(self, chat_id: int) -> None:
        """Shows "mengirim berkas…" in the chat while a file is read; a failure is only logged."""
        try:
            await self._bot.send_chat_action(chat_id, "upload_document")
        except TelegramError as fault:
            log.debug("action_lost", extra={"fault": type(fault).__name__})

    async def _message(self, item: OutboxItem) -> Delivery:
        body = item.body
        if body.get("media"):
            return await self._exchange(item)
        said = self._wording.say(body["key"], body["args"], body["rows"])
        prepared = prepare(item, said, body["is_ring"], body["is_pinned"])
        attachments = body["attachments"]
        edited = await self._edited(prepared)
        if edited is not None:
            return edited
        if item.state_before == "uncertain":
            if attachments:
                offer = await self._send_text(self._maybe_lost(item))
                return replace(offer, shown=IN_DOUBT)
            line = self._wording.say("kirim_ulang", {})
            said = Said(f"{said.text}\n\n{line.text}", said.markup)
            prepared = prepare(item, said, body["is_ring"], body["is_pinned"])
        papers = await self._documents.papers(attachments)
        return await self._sent(prepared, papers)

    async def _sent(self, prepared: Prepared, papers: Sequence[Paper]) -> Delivery:
        delivery = await self._send(prepared, papers)
        await self._clear_former(prepared.item)
        return delivery

    async def _board(self, item: OutboxItem) -> Delivery:
        """The only message rendered from the state at sending time, not at decision time."""
        perintah_id = item.body["perintah_id"]
        perintah, entries = await self._resources.read(
            lambda q: (q.orders.get(perintah_id), q.record.events(chain_name(perintah_id)))
        )
        jejak = entries[-1].hash[:8] if entries else ""
        said = self._wording.board(
            perintah, self._resources.setting, jejak, self._resources.clock.now()
        )
        is_pinned = perintah.status in RUNNING
        prepared = prepare(item, said, is_ring=False, is_pinned=is_pinned)
        edited = await self._edited(prepared)
        if edited is not None and not is_pinned:
            await self._unpin(prepared)
        return edited or await self._send_text(prepared)

    async def _unpin(self, board: Prepared) -> None:
        """A board that was unpinned by hand, or may not be, is left as it is."""
        slot = board.item.slot
        if slot is None or slot.message_id is None:
            return
        try:
            await self._bot.unpin_chat_message(board.chat_id, slot.message_id)
        except TelegramError as fault:
            log.info("pin_left", extra={"fault": type(fault).__name__})

    async def _edited(self, prepared: Prepared) -> Delivery | None:
        """None when there is no message to edit or it cannot be edited: it is then sent anew."""
        slot = prepared.item.slot
        if slot is None or slot.message_id is None or not prepared.item.is_edit:
            return None
        if slot.has_file and not prepared.fits_caption:
            return None
        if prepared.shown == prepared.item.shown:
            return Delivery(shown=prepared.shown)
        try:
            await self._edit(prepared, slot.message_id, slot.has_file)
        except BadRequest as refusal:
            if says(refusal, GONE):
                return None
            if not says(refusal, (UNCHANGED,)):
                raise
        return Delivery(shown=prepared.shown)

    async def _edit(self, prepared: Prepared, message_id: int, has_file: bool) -> None:
        if has_file:
            await self._bot.edit_message_caption(
                prepared.chat_id,
                message_id,
                caption=prepared.text,
                parse_mode=ParseMode.HTML,
                reply_markup=prepared.markup,
            )
        else:
            await self._bot.edit_message_text(
                prepared.text,
                prepared.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=prepared.markup,
                link_preview_options=NO_LINKS,
            )

    async def _exchange(self, item: OutboxItem) -> Delivery:
        """Replaces a sent paper by its stamped version; a message that is gone is skipped."""
        body = item.body
        said = self._wording.say(body["key"], body["args"])
        if visible_length(said.text) > CAPTION_LIMIT:
            said = self._wording.say(body["key"], {**body["args"], "selesai": None})
        [paper] = await self._documents.papers(body["attachments"])

        async def exchange(papers: Sequence[Paper], contents: Contents) -> Message | bool:
            [content] = contents
            media = InputMediaDocument(content, said.text, ParseMode.HTML, filename=paper.name)
            return await self._bot.edit_message_media(media, chat_of(item), body["media"])

        try:
            edited = await upload((paper,), exchange)
        except BadRequest as refusal:
            log.info("copy_left", extra={"outbox_id": item.id, "answer": refusal.message})
            return Delivery()
        return Delivery(uploads=new_uploads((paper,), (edited,)))

    async def _send(self, prepared: Prepared, papers: Sequence[Paper]) -> Delivery:
        if not papers:
            return await self._send_text(prepared)
        is_album = len(papers) > 1
        # An album has no keyboard and a caption at most 1024 characters: the text is sent after.
        if prepared.fits_caption and not (is_album and prepared.markup):
            sent = await self._send_papers(prepared, papers, prepared.text)
            there = Delivery(sent[0].message_id, True, prepared.shown)
            delivery = await self._pinned(prepared, there)
        else:
            sent = await self._send_papers(prepared, papers, None)
            delivery = await self._send_text(prepared)
        numbers = tuple(message.message_id for message in sent)
        return replace(delivery, papers=numbers, uploads=new_uploads(papers, sent))

    async def _send_papers(
        self, prepared: Prepared, papers: Sequence[Paper], caption: str | None
    ) -> tuple[Message, ...]:
        """One message per paper, in their order; the first one has the caption."""
        first, *others = albums(papers)
        sent = dict(zip(first, await self._send_album(prepared, first, caption), strict=True))
        for album in others:
            sent |= zip(album, await self._send_on(prepared, album), strict=True)
        return tuple(sent[paper] for paper in papers)

    async def _send_on(self, prepared: Prepared, papers: Sequence[Paper]) -> tuple[Message, ...]:
        """Waits out a flood limit here: a retry of the item would send earlier albums twice."""
        while True:
            try:
                return await self._send_album(prepared, papers, None)
            except RetryAfter as flood:
                await asyncio.sleep(flood_seconds(flood))

    async def _send_album(
        self, prepared: Prepared, papers: Sequence[Paper], caption: str | None
    ) -> tuple[Message, ...]:
        """A file that is just being uploaded for somebody else is waited for, and sent by its
        id."""
        fresh = sorted({paper.key for paper in papers if not paper.upload})
        async with self._uploads.holding(fresh) as known:
            papers = [replace(p, upload=p.upload or known.get(p.key, "")) for p in papers]
            sent = await upload(papers, partial(self._send_alike, prepared, caption))
            known.update(new_uploads(papers, sent))
            return sent

    async def _send_alike(
        self, prepared: Prepared, caption: str | None, papers: Sequence[Paper], contents: Contents
    ) -> tuple[Message, ...]:
        """`papers` are all photos or all documents; a single one may have the keyboard."""
        are_pictures = papers[0].is_picture
        if len(papers) == 1:
            one = partial(
                self._bot.send_photo if are_pictures else self._bot.send_document,
                prepared.chat_id,
                contents[0],
                filename=papers[0].name,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=prepared.markup if caption is not None else None,
            )
            return (await self._in_topic(prepared, one),)
        kind = InputMediaPhoto if are_pictures else InputMediaDocument
        captions = self._captions(papers, caption)
        media = [
            kind(content, caption=line, parse_mode=ParseMode.HTML, filename=paper.name)
            for content, paper, line in zip(contents, papers, captions, strict=True)
        ]
        album = partial(self._bot.send_media_group, prepared.chat_id, media)
        return await self._in_topic(prepared, album)

    def _captions(self, papers: Sequence[Paper], caption: str | None) -> list[str]:
        """The message's own words below the first file, below every other which one it is."""
        lines = [
            self._wording.say("berkas_album", {"ke": n, "dari": len(papers), "nama": p.name}).text
            for n, p in enumerate(papers, start=1)
        ]
        return lines if caption is None else [caption, *lines[1:]]

    async def _send_text(self, prepared: Prepared) -> Delivery:
        sent: Message = await self._in_topic(
            prepared,
            partial(
                self._bot.send_message,
                prepared.chat_id,
                prepared.text,
                parse_mode=ParseMode.HTML,
                reply_markup=prepared.markup,
                link_preview_options=NO_LINKS,
            ),
        )
        return await self._pinned(prepared, Delivery(sent.message_id, False, prepared.shown))

    async def _in_topic(self, prepared: Prepared, send: Callable[..., Awaitable[T]]) -> T:
        """Sends to the group's topic; to the group itself where that is closed or deleted."""
        reply_to = prepared.item.body.get("reply_to")
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        send = partial(send, disable_notification=not prepared.is_ring, reply_parameters=reply)
        try:
            return await send(message_thread_id=prepared.item.topic_id)
        except BadRequest as refusal:
            if prepared.item.topic_id is None or not says(refusal, NO_TOPIC):
                raise
            return await send(message_thread_id=None)

    async def _pinned(self, prepared: Prepared, delivery: Delivery) -> Delivery:
        if not prepared.is_pinned or delivery.message_id is None:
            return delivery
        try:
            await self._bot.pin_chat_message(
                prepared.chat_id, delivery.message_id, disable_notification=True
            )
        except (BadRequest, Forbidden):
            return replace(delivery, is_pin_refused=True)
        except TelegramError as fault:
            log.warning("pin_lost", extra={"fault": type(fault).__name__})
        return delivery

    async def _clear_former(self, item: OutboxItem) -> None:
        """Removes the buttons of the slot's former message after a new one was sent. The offer
        of a file keeps its buttons until the file is sent."""
        slot = item.slot
        if slot is None or slot.message_id is None or item.chat_id is None:
            return
        if item.is_file_in_doubt and not item.body["attachments"]:
            return
        try:
            await self._bot.edit_message_reply_markup(item.chat_id, slot.message_id)
        except TelegramError as fault:
            log.debug("buttons_left", extra={"fault": type(fault).__name__})

    async def _toast(self, item: OutboxItem) -> None:
        body = item.body
        text = self._wording.toast(body["key"], body["args"]) if body["key"] else None
        await self._bot.answer_callback_query(
            body["callback_id"], text=text, show_alert=body["is_alert"]
        )

    async def _reaction(self, item: OutboxItem) -> None:
        body = item.body
        await self._bot.set_message_reaction(
            body["chat_id"], body["message_id"], [ReactionTypeEmoji(body["emoji"])]
        )

    async def _removal(self, item: OutboxItem) -> None:
        known = item.slot.message_id if item.slot is not None else None
        message_id = known or item.body["message_id"]
        if not message_id or item.chat_id is None:
            return
        if item.body.get("is_whole"):
            with suppress(BadRequest):
                await self._bot.delete_message(item.chat_id, message_id)
                return
        try:
            await self._bot.edit_message_reply_markup(item.chat_id, message_id)
        except BadRequest as refusal:
            if not says(refusal, (UNCHANGED, *GONE)):
                raise

    async def _menu(self, item: OutboxItem) -> None:
        names = item.body["commands"]
        commands = [
            BotCommand(name, self._wording.toast(f"menu.{words}", {}))
            for name, words in zip(names, item.body.get("words") or names, strict=True)
        ]
        await self._bot.set_my_commands(commands, BotCommandScopeChat(chat_of(item)))

    def _maybe_lost(self, item: OutboxItem) -> Prepared:
        """Asks the recipient whether a document arrived, instead of sending it a second time."""
        name = item.body["attachments"][0].name
        args = item.body["args"]
        task = args if {"nomor", "langkah", "uraian", "unit", "batas"} <= args.keys() else None
        rows = ((Button("kirim_ulang_berkas", "ulang", item.code),),)
        said = self._wording.say("berkas_mungkin_belum", {"nama": name, "tugas": task}, rows)
        return prepare(item, said, item.body["is_ring"], is_pinned=False)
