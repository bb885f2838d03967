"""A message as it goes to Telegram: worded, with its keyboard and a hash of what is seen."""

import hashlib
import json
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.wording.lengths import CAPTION_LIMIT, visible_length
from bot.wording.wording import Said
from storage.queues.outbox import Parcel


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to go: `markup` is the inline keyboard, `shown` a hash of what is seen."""

    parcel: Parcel
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
    parcel: Parcel, said: Said, is_ring: bool = False, is_pinned: bool = False
) -> Prepared:
    seen = json.dumps([said.text, said.markup], ensure_ascii=False)
    return Prepared(
        parcel=parcel,
        chat_id=chat_of(parcel),
        text=said.text,
        markup=_keyboard(said),
        shown=hashlib.sha256(seen.encode()).hexdigest(),
        is_ring=is_ring,
        is_pinned=is_pinned,
    )


def _keyboard(said: Said) -> InlineKeyboardMarkup | None:
    if not said.markup:
        return None
    return InlineKeyboardMarkup.de_json({"inline_keyboard": said.markup}, None)


def chat_of(parcel: Parcel) -> int:
    if parcel.chat_id is None:
        raise ValueError(f"outbox row {parcel.id} has no chat")
    return parcel.chat_id
