"""Prepared messages: text, keyboard and their hash; files by id or content; albums."""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.documents.paper import Paper
from bot.wording.lengths import CAPTION_LIMIT, visible_length
from bot.wording.wording import Said
from storage.queues.outbox import OutboxItem

ALBUM_LIMIT = 10
Contents = Sequence[bytes | str]
NO_PHOTO = ("image_process_failed", "photo_", "too big for a photo")

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`markup` is the inline keyboard, `shown` a SHA-256 of text and keyboard."""

    item: OutboxItem
    chat_id: int
    text: str
    markup: InlineKeyboardMarkup | None
    shown: str
    is_ring: bool = False
    is_pinned: bool = False

    @property
    def fits_caption(self) -> bool:
        return visible_length(self.text) <= CAPTION_LIMIT


def prepare(
    item: OutboxItem, said: Said, is_ring: bool = False, is_pinned: bool = False
) -> Prepared:
    seen = json.dumps([said.text, said.markup], ensure_ascii=False)
    return Prepared(
        item=item,
        chat_id=chat_of(item),
        text=said.text,
        markup=InlineKeyboardMarkup.de_json({"inline_keyboard": said.markup}, None)
        if said.markup
        else None,
        shown=hashlib.sha256(seen.encode()).hexdigest(),
        is_ring=is_ring,
        is_pinned=is_pinned,
    )


def chat_of(item: OutboxItem) -> int:
    if item.chat_id is None:
        raise ValueError(f"outbox row {item.id} has no chat")
    return item.chat_id


async def upload(
    papers: Sequence[Paper], send: Callable[[Sequence[Paper], Contents], Awaitable[T]]
) -> T:
    """The result of `send` for the papers and the file id or bytes of each."""
    try:
        return await send(papers, [paper.upload or await paper.content() for paper in papers])
    except BadRequest as refusal:
        otherwise = _otherwise(papers, refusal)
        if otherwise is None:
            raise
        log.info("upload_refused", extra={"answer": refusal.message})
    return await upload(otherwise, send)


def _otherwise(papers: Sequence[Paper], refusal: BadRequest) -> Sequence[Paper] | None:
    """The papers as they are sent on a second try: with content, since a file id may be unknown
    to Telegram, then a refused photo as a document; None when no try is left."""
    if any(paper.upload for paper in papers):
        return [replace(paper, upload="") for paper in papers]
    told = refusal.message.casefold()
    if papers[0].is_picture and any(phrase in told for phrase in NO_PHOTO):
        return [replace(paper, is_picture=False) for paper in papers]
    return None


def new_uploads(papers: Sequence[Paper], sent: Sequence[Message | bool]) -> dict[str, str]:
    """File ids that are new or changed, by the paper's key."""
    ids = {paper: _id_of(paper, message) for paper, message in zip(papers, sent, strict=True)}
    return {paper.key: id for paper, id in ids.items() if id and id != paper.upload}


def _id_of(paper: Paper, message: Message | bool) -> str:
    """Empty for a picture sent as a document: as a photo its id would be refused."""
    if isinstance(message, bool):
        return ""
    if paper.is_picture:
        return message.photo[-1].file_id if message.photo else ""
    return message.document.file_id if message.document else ""


def albums(papers: Sequence[Paper]) -> list[list[Paper]]:
    """Groups of ten at most, pictures and documents apart; the first paper stays the first."""
    apart = sorted(papers, key=lambda paper: paper.is_picture != papers[0].is_picture)
    alike = [list(group) for _, group in groupby(apart, lambda paper: paper.is_picture)]
    return [
        group[at : at + ALBUM_LIMIT] for group in alike for at in range(0, len(group), ALBUM_LIMIT)
    ]
