"""The loops that fetch what inbox items need (files, facts of Telegram) and have files read."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

import httpx
from telegram import ChatMemberAdministrator, ChatMemberOwner
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.operations.backups import backup_folder, free_share, make_backup, newest
from bot.receiving.retries import postpone
from bot.receiving.serving import Client, Serving
from bot.receiving.strangers import MOST_BYTES, admit, sender
from bot.receiving.updates import (
    TELEGRAM_LIMIT,
    FileFact,
    Json,
    chat_of,
    facts_asked,
    file_of,
    message_of,
    number,
    part,
    text,
)
from bot.resources import Resources
from bot.runtime.loops import STORE_PAUSE, outlasting
from bot.runtime.monotonic import monotonic
from flows.turn.command import Facts
from storage.faults import is_passing
from storage.maintenance.backup import BackupFailed, backups
from storage.queues.inbox import Item

IN_FLIGHT = 4
LONGEST_PAUSE = 60.0
# While Telegram is out of reach: the answer to a file comes soon after it is back.
OUT_PAUSE = 4.0
DOWNLOAD_SECONDS = 30.0
READINGS = 2

log = logging.getLogger(__name__)

Tell = Callable[[int], Coroutine[Any, Any, None]]


class Unfetched(Exception):
    """The file cannot be fetched, now or later; the message is a reason of `Unreadable`."""


class Fetcher:
    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._rests: dict[int, tuple[float, float]] = {}

    async def run(self) -> None:
        signal = self._resources.signals.fetch
        serving = Serving(self._resources, "new", IN_FLIGHT, signal)
        proxy = self._resources.settings.telegram_proxy or None
        async with httpx.AsyncClient(
            timeout=DOWNLOAD_SECONDS, proxy=proxy, trust_env=False
        ) as client:
            while True:
                now = monotonic()
                resting = [item for item, (until, _) in self._rests.items() if until > now]
                await outlasting(partial(serving.serve, partial(self._serve, client), resting))
                await signal.wait(1.0)

    async def _serve(self, http: httpx.AsyncClient, client: Client) -> None:
        item = client.item
        try:
            await self._fill(http, client)
        except InvalidToken:
            raise
        except (NetworkError, RetryAfter, httpx.HTTPError, TimeoutError) as fault:
            # Outages count as no attempt: the file is retried as long as they last.
            log.warning("fetch_failed", extra={"item": item.id, "fault": type(fault).__name__})
            self._rest(item.id, OUT_PAUSE)
        except Exception as fault:
            log.exception("fetch_failed", extra={"item": item.id})
            if not is_passing(fault):
                self._rest(item.id)
            await _postpone(self._resources, item, fault)
        else:
            self._rests.pop(item.id, None)
        self._resources.signals.read.ring()
        self._resources.signals.decide.ring()

    async def _fill(self, http: httpx.AsyncClient, client: Client) -> None:
        item, file = client.item, file_of(message_of(client.item.raw))
        if file is None:
            facts = {} if client.is_stranger else await self._facts(item)
            return await self._promote(item.id, "ready", {"facts": facts})
        try:
            if client.is_stranger:
                data = await self._of_stranger(http, item, file)
            else:
                data = await self._download(http, file, TELEGRAM_LIMIT)
        except Unfetched as unfetched:
            return await self._promote(item.id, "ready", {"unreadable": str(unfetched)})
        sha256 = await asyncio.to_thread(self._resources.store.files.keep, data)
        state = "fetched" if file.is_opened else "ready"
        return await self._promote(item.id, state, {"sha256": sha256, "size": len(data)})

    async def _of_stranger(self, http: httpx.AsyncClient, item: Item, file: FileFact) -> bytes:
        now = self._resources.clock.now()
        refused = await self._resources.write(lambda tx: admit(tx, item, file, now))
        if refused:
            raise Unfetched(refused)
        async with asyncio.timeout(DOWNLOAD_SECONDS):
            return await self._download(http, file, MOST_BYTES)

    async def _download(self, http: httpx.AsyncClient, file: FileFact, most: int) -> bytes:
        try:
            found = await self._resources.bot.get_file(file.file_id)
        except (BadRequest, Forbidden) as refusal:
            is_big = "too big" in refusal.message
            raise Unfetched("too_large" if is_big else "unfetched") from refusal
        async with http.stream("GET", found.file_path or "") as answer:
            if answer.is_client_error:
                raise Unfetched("unfetched")
            answer.raise_for_status()
            data = bytearray()
            async for chunk in answer.aiter_bytes():
                data += chunk
                if len(data) > most:
                    raise Unfetched("too_large")
        return bytes(data)

    async def _facts(self, item: Item) -> Mapping[str, str]:
        """The facts a command needs: the system's for an administrator, the group's for /grup."""
        wanted = facts_asked(item.raw, self._resources.me)
        if wanted != "member":
            return await _facts_for_admin(wanted, item.raw, self._resources)
        message = message_of(item.raw)
        chat_id = number(message, "chat", "id")
        try:
            chat = await self._resources.bot.get_chat(chat_id)
            own = await self._resources.bot.get_chat_member(chat_id, self._resources.me.id)
            user_id = sender(item.raw)
            user = await self._resources.bot.get_chat_member(chat_id, user_id) if user_id else None
        except (BadRequest, Forbidden) as refusal:
            log.info("facts_refused", extra={"item": item.id, "answer": refusal.message})
            return {"chat_title": str(part(message, "chat").get("title") or "")}
        can_all_pin = bool(chat.permissions and chat.permissions.can_pin_messages)
        can_pin = own.can_pin_messages if isinstance(own, ChatMemberAdministrator) else can_all_pin
        return {
            "member_status": user.status if user else "",
            "chat_title": chat.title or "",
            "can_pin": "true" if can_pin or isinstance(own, ChatMemberOwner) else "false",
        }

    async def _promote(self, item_id: int, state: str, extra: Mapping[str, Any]) -> None:
        await self._resources.write(lambda tx: tx.inbox.promote(item_id, state, extra))

    def _rest(self, item_id: int, longest: float = LONGEST_PAUSE) -> None:
        _, pause = self._rests.get(item_id, (0.0, 0.5))
        pause = min(pause * 2, longest)
        self._rests[item_id] = (monotonic() + pause, pause)


async def _facts_for_admin(wanted: Facts, raw: Json, resources: Resources) -> Mapping[str, str]:
    """Empty for anybody who is no administrator."""
    user_id = sender(raw)
    now = resources.clock.now()
    person, admins = await resources.read(
        lambda q: (q.office.person_of(user_id), q.office.admins(now))
    )
    if not user_id or person not in admins:
        return {}
    if wanted == "condition":
        return await resources.in_thread(_condition, resources)
    return await _backup(resources)


def _condition(resources: Resources) -> Mapping[str, str]:
    now = resources.clock.now()
    with resources.store.reading() as queries:
        waiting, parked = queries.backlog.waiting(now), queries.backlog.parked()
    last = newest(backups(backup_folder(resources.settings)))
    year = resources.setting.calendar.day_of(now).year + 1
    found = {
        "masuk": waiting["inbox"][0],
        "usia_masuk": round(waiting["inbox"][1]),
        "keluar": waiting["outbox"][0],
        "usia_keluar": round(waiting["outbox"][1]),
        "disisihkan": len(parked),
        "kode": ", ".join(parked[:5]),
        "disk": round(free_share(resources.settings.data_dir) * 100),
        "cadangan": last.name if last else "",
        "tahun": year,
        "hari_libur": sum(1 for day in resources.setting.calendar.holidays if day.year == year),
    }
    return {name: str(value) for name, value in found.items()}


async def _backup(resources: Resources) -> Mapping[str, str]:
    now, office = resources.clock.now(), resources.setting.office
    try:
        made = await asyncio.to_thread(make_backup, resources.settings, office, now)
    except (BackupFailed, OSError) as fault:
        log.error("backup_failed", extra={"fault": str(fault)})
        return {"cadangan_gagal": type(fault.__cause__ or fault).__name__}
    with made.path.open("rb") as stream:
        sha256 = await asyncio.to_thread(hashlib.file_digest, stream, "sha256")
    return {
        "nama": made.path.name,
        "ukuran": f"{made.size / 2**20:.1f}",
        "berkas": str(made.files),
        "sha256": sha256.hexdigest(),
    }


async def _postpone(resources: Resources, item: Item, fault: Exception) -> None:
    """Counts an attempt, unless the store or the disk failed: that is no fault of the item."""
    if is_passing(fault):
        await asyncio.sleep(STORE_PAUSE)
        return
    now = resources.clock.now()
    await outlasting(lambda: resources.in_thread(postpone, resources.store, item, now))


class Reader:
    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    async def run(self, begins: Tell) -> None:
        """`begins` tells the chat that its workbook is looked at."""
        signal = self._resources.signals.read
        serving = Serving(self._resources, "fetched", READINGS, signal)
        while True:
            await outlasting(partial(serving.serve, partial(self._serve, begins)))
            await signal.wait(1.0)

    async def _serve(self, begins: Tell, client: Client) -> None:
        item = client.item
        file = file_of(message_of(item.raw))
        sha256 = text(item.extra, "sha256")
        try:
            if file is not None and file.is_pdf:
                # The code in it: it may be a paper of ours, changed outside.
                path = self._resources.store.files.path(sha256)
                code = await asyncio.to_thread(self._resources.workers.claim, path)
                found: Mapping[str, str] = {"claim": code}
            else:
                found = await self._sheet(sha256, begins(number(chat_of(item.raw), "id")))
            await self._resources.write(lambda tx: tx.inbox.promote(item.id, "ready", found))
        except Exception as fault:
            log.exception("reading_failed", extra={"item": item.id})
            await _postpone(self._resources, item, fault)
            await asyncio.sleep(1.0)
        self._resources.signals.decide.ring()

    async def _sheet(self, sha256: str, telling: Coroutine[Any, Any, None]) -> Mapping[str, str]:
        """Reads a workbook; a failed worker makes the file unreadable with its reason."""
        source = self._resources.store.files.path(sha256)
        # Bounded: a slow network must not delay the reading, nor the notice follow the answer.
        telling_task = asyncio.ensure_future(telling)
        try:
            target = self._resources.sheets / f"{sha256}.json"
            target.parent.mkdir(exist_ok=True)
            await asyncio.to_thread(self._resources.workers.read, source, target)
        finally:
            telling_task.cancel()
        return {"sheet": sha256}
