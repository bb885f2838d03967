"""Prepared messages: text, keyboard and a hash of the visible content."""

import hashlib
import json
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.wording.lengths import CAPTION_LIMIT, visible_length
from bot.wording.wording import Said
from storage.queues.outbox import OutboxItem


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
