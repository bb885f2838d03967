"""Files on their way up: by the id of what Telegram has already, else whole."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import Message
from telegram.error import BadRequest

from bot.paper import Paper

T = TypeVar("T")

log = logging.getLogger(__name__)


async def upload(
    papers: Sequence[Paper], send: Callable[[Sequence[bytes | str]], Awaitable[T]]
) -> T:
    """An id may be another bot's, or forgotten: what is refused goes once more as it lies here."""
    try:
        return await send([paper.upload or await paper.content() for paper in papers])
    except BadRequest as refusal:
        if not any(paper.upload for paper in papers):
            raise
        log.info("upload_refused", extra={"answer": refusal.message})
    return await send([await paper.content() for paper in papers])


def new_uploads(papers: Sequence[Paper], sent: Sequence[Message | bool]) -> dict[str, str]:
    """What Telegram has now and is not known to have had, by the paper's key."""
    ids = {paper: _id_of(message) for paper, message in zip(papers, sent, strict=True)}
    return {paper.key: id for paper, id in ids.items() if id and id != paper.upload}


def _id_of(message: Message | bool) -> str:
    if isinstance(message, bool):
        return ""
    if message.document is not None:
        return message.document.file_id
    return message.photo[-1].file_id if message.photo else ""
