"""Fixtures of the bot's tests: a simulator as its own process, and the bot's resources."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx

from bot.operations.admin import open_store
from bot.resources import Resources
from bot.runtime.clock import Clock
from bot.runtime.config import Settings, read_book, read_office
from bot.runtime.loops import StoreThread
from bot.transport.account import connect, make_bot
from bot.transport.rate_limiter import RateLimiter
from flows.engine.commands import showing
from flows.model.changes import BindPerson, Decision
from flows.model.view import Setting
from flows.office.people import Penugasan, Person
from reports.workers import Workers

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
# Seconds; a busy machine may need them. No assertion depends on the value.
PATIENCE = 120.0
NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
TOKEN = "123456:SIMULASI-sigap-simulasi-sigap-simulasi"


class Street:
    """HTTP client of the simulated Telegram and its people, for tests."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=PATIENCE)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        answer = self._http.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self._http.post(path, json=body or {})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def calm(self) -> None:
        """Clears faults, updates and counted sendings of earlier tests."""
        self._http.delete("/api/faults")
        self.post("/api/updates/forget")
        self.post("/api/sendings/forget")

    def person(self, name: str = "Ibu Uji") -> int:
        """Creates a person who has pressed Start; returns the user id."""
        person: int = self.post("/api/people", {"name": name, "groups": []})["id"]
        self.post(f"/api/people/{person}/start")
        return person

    def group(self, owner: int, **wish: Any) -> int:
        body = {"title": "Grup Uji", "admins": [owner], "bot": "member", **wish}
        chat: int = self.post("/api/groups", body)["id"]
        return chat

    def say(self, person: int, text: str, chat: int | None = None, **further: Any) -> Any:
        path = f"/api/people/{person}/chats/{chat or person}/text"
        return self.post(path, {"text": text, **further})

    def upload(self, person: int, name: str, content: bytes, **form: str) -> Any:
        path = f"/api/people/{person}/chats/{person}/upload"
        answer = self._http.post(path, files={"file": (name, content)}, data=form)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def messages(self, person: int, chat: int | None = None) -> list[dict[str, Any]]:
        """The bot's messages in that chat, without service messages."""
        found = self.get(f"/api/people/{person}/chats/{chat or person}/messages")
        return [m for m in found if m["from"]["bot"] and m["kind"] != "service"]

    def file(self, path: str) -> bytes:
        return self._http.get(path).raise_for_status().content

    def fault(self, kind: str, **wish: Any) -> None:
        self.post("/api/faults", {"kind": kind, **wish})

    def log(self, method: str) -> list[dict[str, Any]]:
        return [row for row in self.get("/api/log") if row["method"] == method]


@contextmanager
def simulator() -> Iterator[Street]:
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        opened = process.stdout.readline()
        street = Street(opened.split()[1])
        yield street
        street.close()
    finally:
        process.kill()  # terminate() would wait for calls that a test has delayed
        process.wait(120)
        process.stdout.close()


def settings(street: Street, folder: Path, **further: Any) -> Settings:
    return Settings.read(
        _env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=street.url,
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'sigap.db'}",
        kantor_file=ROOT / "kantor.yaml",
        **further,
    )


@asynccontextmanager
async def open_resources(
    street: Street, folder: Path, workers: Workers
) -> AsyncIterator[Resources]:
    told = settings(street, folder)
    store, in_thread = open_store(told), StoreThread()
    limiter = RateLimiter()
    bot = make_bot(told, limiter=limiter)
    me = await connect(bot)
    office = read_office(told.kantor_file)
    setting = Setting(office, read_book(office, None), office.calendar({}), me.username, showing())
    resources = Resources(
        told, setting, bot, me, store, workers, in_thread, Clock(), limiter=limiter
    )
    try:
        yield resources
    finally:
        await bot.shutdown()
        in_thread.close()
        store.close()


def bound(resources: Resources, user_id: int, role: str = "admin") -> str:
    """Binds the account to a new person of the office; returns the recipient."""
    person = Person(0, "Ibu Admin", None, "")
    post = Penugasan(0, 0, role, None, "Admin", mulai=date(2020, 1, 1))
    with resources.store.transaction() as tx:
        tx.people.take_staff([(person, post)], NOW)
        [(invited, _)] = tx.people.make_invites(NOW)
        [invite] = tx.office.invites()
        bind = BindPerson(invited.id, user_id, user_id, invite.id)
        tx.apply(Decision(changes=(bind,)), f"bind:{user_id}", NOW)
    return f"p{invited.id}"


async def eventually(met: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Calls `met` off the event loop until its result is true; returns that result."""
    async with asyncio.timeout(seconds):
        while True:
            found = await asyncio.to_thread(met)
            if found:
                return found
            await asyncio.sleep(0.02)
