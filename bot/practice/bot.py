"""The bot of a practice office: sends for every invented account to one real chat, marked."""

from collections.abc import Callable
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode

from bot.practice.office import GUIDE

MARK = "🎓 <b>LATIHAN</b>"
TEXT_AT_MOST, CAPTION_AT_MOST = 4096, 1024
SILENT = frozenset({"pinChatMessage", "setMyCommands"})


class PracticeBot(Bot):
    """Overrides the one method by which every request goes out through the real bot."""

    def __init__(self, real: Bot, chat_id: int, name_of: Callable[[int], str]) -> None:
        super().__init__(
            real.token,
            base_url=lambda token: real.base_url,
            base_file_url=lambda token: real.base_file_url,
            request=real.request,
        )
        self._real = real
        self._chat_id = chat_id
        self._name_of = name_of

    async def _post(
        self, endpoint: str, data: dict[str, Any] | None = None, **further: Any
    ) -> Any:
        if endpoint in SILENT:
            return True
        return await self._real._post(endpoint, self._marked(dict(data or {})), **further)

    def _marked(self, data: dict[str, Any]) -> dict[str, Any]:
        if "chat_id" not in data:
            return data
        account = int(data["chat_id"])
        mark = MARK if account == GUIDE else f"{MARK} · {self._name_of(account)}"
        data["chat_id"] = self._chat_id
        for field, longest in (("text", TEXT_AT_MOST), ("caption", CAPTION_AT_MOST)):
            if data.get(field):
                data[field] = _joined(mark, data[field], longest)
        if {"document", "photo"} & data.keys() and not data.get("caption"):
            data |= {"caption": mark, "parse_mode": ParseMode.HTML}
        media = data.get("media") or ()
        for item in media if isinstance(media, (list, tuple)) else (media,):
            with item._unfrozen():
                item.caption = _joined(mark, item.caption or "", CAPTION_AT_MOST)
                item.parse_mode = ParseMode.HTML
        return data


def _joined(mark: str, text: str, longest: int) -> str:
    """The text with the full mark, a short one, or none where Telegram's limit leaves no room."""
    for before in (f"{mark}\n", f"{MARK}\n"):
        if len(before) + len(text) <= longest:
            return before + text
    return text
