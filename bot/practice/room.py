"""An open practice office: its bot, the role that each update is meant for, its own buttons."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode

from bot.practice.office import (
    ACCOUNTS,
    ACTIVE,
    GROUP,
    GUIDE,
    SHIFT,
    account_of,
    roles_keyboard,
)
from bot.receiving.updates import (
    Json,
    file_of,
    is_reply_to,
    kind_of,
    message_of,
    needs,
    number,
    part,
)
from bot.resources import Resources
from bot.runtime.clock import Clock
from flows.model.addresses import to_chat, to_person
from flows.model.changes import Decision
from flows.model.messages import Message, Toast
from storage.transaction import Transaction

HOUR = timedelta(hours=1)
MOVES = ("jam", "tenggat", "hari")
HEARD = "latihan_terakhir"
IDLE = timedelta(days=7)
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


class PracticeClock(Clock):
    """The real clock plus the shift chosen by its person."""

    def __init__(self, real: Clock, shift: timedelta) -> None:
        super().__init__()
        self._real = real
        self.shift = shift

    def now(self) -> datetime:
        return self._real.now() + self.shift


@dataclass(frozen=True, slots=True)
class Room:
    """One person's office while it is open."""

    resources: Resources
    clock: PracticeClock
    chat_id: int
    roles: dict[str, str]
    at_work: asyncio.Task[None]


def heard(room: Room, now: datetime) -> None:
    """Records the time of the person's last act, by the real clock."""
    with room.resources.store.transaction() as tx:
        tx.office.set_meta(HEARD, now.isoformat())


def is_left(room: Room, now: datetime) -> bool:
    """Whether a week has passed since the last act; without a record it starts now."""
    with room.resources.store.reading() as queries:
        told = queries.office.meta(HEARD)
    if told is None:
        heard(room, now)
        return False
    return now - datetime.fromisoformat(told) >= IDLE


def receive(room: Room, raw: Json) -> None:
    """Adds the update to its inbox as from the account of the role that is meant."""
    with room.resources.store.transaction() as tx:
        recipient = _meant(room, raw, tx.office.meta(ACTIVE) or "", tx)
        if recipient in room.roles:
            tx.office.set_meta(ACTIVE, recipient)
        account = account_of(recipient)
        speaker = (
            account_of(tx.office.meta(ACTIVE) or "") if account in (GROUP, GUIDE) else account
        )
        given = _as_account(raw, account if account != GUIDE else speaker, speaker)
        tx.inbox.receive(
            room.resources.me.id,
            number(given, "update_id"),
            given,
            received_at=room.clock.now(),
            chat_id=number(message_of(given), "chat", "id"),
            needs=needs(given, room.resources.me),
        )


def _meant(room: Room, raw: Json, active: str, tx: Transaction) -> str:
    """The role whose message it is about; for a workbook the role that was sent one last."""
    message = message_of(raw)
    about = number(message, "message_id") if kind_of(raw) == "callback_query" else 0
    if is_reply_to(message, room.resources.me):
        about = number(message, "reply_to_message", "message_id")
    if about:
        return tx.outbox.recipient_of(about) or active
    file = file_of(message)
    if file is not None and file.is_sheet:
        return tx.outbox.last_with_file() or active
    return active


def _as_account(raw: Json, chat: int, speaker: int) -> dict[str, Any]:
    kind = kind_of(raw)
    given = dict(raw)
    body = dict(part(raw, kind))
    message = dict(message_of(raw))
    message["chat"] = {"id": chat, "type": "private" if chat > 0 else "group", "title": ""}
    if kind == "callback_query":
        body["from"] = {**part(body, "from"), "id": speaker}
        body["message"] = message
    else:
        message["from"] = {**part(message, "from"), "id": speaker}
        body = message
    given[kind] = body
    return given


def greet(room: Room, words: str, key: str, press: str) -> None:
    """Shows the panel; `press`: the id of the press that asks for it, if any."""
    with room.resources.store.transaction() as tx:
        active = tx.office.meta(ACTIVE) or ""
        args = {"peran": room.roles.get(active, ""), "saat": room.clock.now()}
        rows = tuple(roles_keyboard(room.roles))
        panel = Message(words, to_chat(GUIDE), args, rows, is_ring=True)
        out = (panel, *((Toast(press),) if press else ()))
        tx.apply(Decision(out=out), f"latihan:{key}", room.clock.now())


def play(room: Room, recipient: str, callback: str, key: str) -> None:
    with room.resources.store.transaction() as tx:
        tx.office.set_meta(ACTIVE, recipient)
        toast = Toast(callback, "latihan_peran", {"peran": room.roles[recipient]})
        tx.apply(Decision(out=(toast,)), f"latihan:{key}", room.clock.now())


def move(room: Room, wanted: str, callback: str, key: str) -> None:
    """Moves the clock by an hour, to the nearest deadline, or to the next opening day."""
    now, calendar = room.clock.now(), room.resources.setting.calendar
    with room.resources.store.transaction() as tx:
        to: datetime | None = now + HOUR
        if wanted == "tenggat":
            to = tx.orders.next_due(now)
        elif wanted == "hari":
            to = calendar.opening(calendar.workday_after(calendar.day_of(now)))
        if to is not None:
            room.clock.shift += max(to - room.clock.now(), timedelta(0))
            tx.office.set_meta(SHIFT, str(room.clock.shift.total_seconds()))
        words = "latihan_jam" if to is not None else "latihan_tanpa_tenggat"
        toast = Toast(callback, words, {"saat": room.clock.now()}, is_alert=True)
        tx.apply(Decision(out=(toast,)), f"latihan:{key}", room.clock.now())


def name_of(roles: dict[str, str], account: int) -> str:
    if account == GROUP:
        return "Grup"
    return f"untuk {roles.get(to_person(account - ACCOUNTS), 'pejabat')}"
