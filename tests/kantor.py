"""An office at work without Telegram: real SQLite, real decide(), messages as people see them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel

from bot.operations.admin import open_store, take_indicators, take_staff
from bot.runtime.config import Settings
from flows.engine.commands import showing
from flows.engine.decide import decide
from flows.forms.form import Sheet, Unreadable
from flows.kinds.registry import KINDS
from flows.model.board import where_units_stand
from flows.model.changes import Decision
from flows.model.commands import Clocked, Command, Origin, Pressed, Said, Sent, Stray, Ticked
from flows.model.conversation import Draft
from flows.model.messages import Attachment, Button
from flows.model.perintah import Perintah, Tugas
from flows.model.view import Setting
from flows.office.kantor import Office
from flows.sops.book import PACKAGED, SopBook
from flows.turn.turn import Kind
from storage.queues.outbox import OutboxItem
from storage.store import Store
from tests import worded
from tests.rows import PASSING

ROOT = Path(__file__).parent.parent
WITA = ZoneInfo("Asia/Makassar")
HOLIDAYS = {date(2026, 12, 24): "Cuti bersama", date(2026, 12, 25): "Natal"}
MOMENT = datetime(2026, 11, 24, 8, 0, tzinfo=WITA)
GROUP = -1_001_234
ACCOUNTS = 1000


def wita(day: int, clock: str) -> datetime:
    """A moment of November 2026: wita(24, "08.15")."""
    hour, minute = clock.split(".")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=WITA)


@dataclass(frozen=True)
class Seen:
    """A message as it stood at a moment; `touched` orders sends and edits."""

    id: int
    key: str
    args: dict[str, Any]
    rows: tuple[tuple[Button, ...], ...]
    files: tuple[Attachment, ...] = ()
    rings: bool = False
    edits: int = 0
    touched: int = 0

    @property
    def text(self) -> str:
        """As the person reads it, in the words of bot/texts.yaml."""
        return worded.words().say(self.key, self.args, self.rows).text

    @property
    def keyboard(self) -> list[str]:
        """The labels as the person reads them, from the top."""
        said = worded.words().say(self.key, self.args, self.rows)
        return [button["text"] for row in said.markup or () for button in row]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label or button.key for button in self.buttons]

    @property
    def offered(self) -> list[str]:
        """The labels of its buttons as the person reads them."""
        markup = worded.words().say(self.key, self.args, self.rows).markup or []
        return [button["text"] for row in markup for button in row]

    def button(self, label: str) -> Button:
        found = next((b for b in self.buttons if label in (b.label, b.key)), None)
        assert found is not None, f"{self.key} shows {self.labels}, not {label!r}"
        return found


@dataclass(frozen=True)
class Blueprint:
    """What an office is made of; the shipped example unless a test brings its own."""

    kantor: Path = ROOT / "kantor.yaml"
    staff: Path = ROOT / "contoh" / "staff.xlsx"
    indicators: Path = ROOT / "contoh" / "indicators.xlsx"
    sops: tuple[Path, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)

    def setting(self) -> Setting:
        office = Office.parse(self.kantor.read_text(encoding="utf-8"), self.kantor.name)
        traits = {name: kind.traits for name, kind in self.kinds.items()}
        book = SopBook.read([PACKAGED, *self.sops], office, traits)
        return Setting(office, book, office.calendar(HOLIDAYS), "sigap_contoh_bot", showing())


EXAMPLE = Blueprint()


@dataclass
class Kantor:
    folder: Path
    setting: Setting
    store: Store
    now: datetime = MOMENT
    people: dict[str, int] = field(default_factory=dict)
    chats: dict[str, list[Seen]] = field(default_factory=dict)
    toasts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    reactions: list[tuple[int, int]] = field(default_factory=list)
    count: int = 0
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)

    @classmethod
    def open(
        cls, folder: Path, blueprint: Blueprint = EXAMPLE, now: datetime = MOMENT
    ) -> "Kantor":
        """Staff and indicators taken, everybody registered, the group bound."""
        setting = blueprint.setting()
        store = open_store_in(folder)
        list(take_staff(store, blueprint.staff, setting.office, now))
        list(take_indicators(store, blueprint.indicators, setting.office, now.year, now))
        kantor = cls(folder, setting, store, now, kinds=blueprint.kinds)
        with store.transaction() as tx:
            invited = tx.people.make_invites(now)
        kantor.people = {person.nama.split()[0]: person.id for person, _ in invited}
        for person, code in invited:
            kantor._register(person.nama.split()[0], code)
        kantor._bind_group()
        return kantor

    def branch(self, folder: Path) -> "Kantor":
        """The same office at the same moment in a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "audit.key").write_bytes((self.folder / "audit.key").read_bytes())
        with sqlite3.connect(self.folder / "sigap.db") as source:
            source.execute("VACUUM INTO ?", (str(folder / "sigap.db"),))
        source.close()
        return Kantor(
            folder,
            self.setting,
            open_store_in(folder),
            self.now,
            self.people,
            {chat: list(seen) for chat, seen in self.chats.items()},
            list(self.toasts),
            list(self.reactions),
            self.count,
            self.kinds,
        )

    def close(self) -> None:
        self.store.close()

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def chat(self, name: str) -> list[Seen]:
        return self.chats.setdefault(f"p{self.people[name]}", [])

    @property
    def group(self) -> list[Seen]:
        return self.chats.setdefault("g", [])

    def last(self, name: str) -> Seen:
        """The lowest message of the chat."""
        return self.chat(name)[-1]

    def question(self, name: str) -> Seen:
        """The message that asks the person something: every question can be left by Batal."""
        ref = f"d{self.people[name]}"
        asking = [seen for seen in self.chat(name) if ref in [b.ref for b in seen.buttons]]
        assert asking, f"{name} is asked nothing: {[seen.key for seen in self.chat(name)]}"
        return max(asking, key=lambda seen: seen.touched)

    def before_him(self, name: str) -> Seen:
        """What has changed last in the person's chat: sent or edited."""
        return max(self.chat(name), key=lambda seen: seen.touched)

    def again(self, name: str, seen: Seen) -> Seen:
        """The same message as it stands now."""
        return next(other for other in self.chat(name) if other.id == seen.id)

    def task(self, name: str, key: str, unit: str | None = None) -> Seen:
        """The newest message of that key (and unit) in the chat."""
        for seen in reversed(self.chat(name)):
            if seen.key == key and (unit is None or seen.args.get("unit") == unit):
                return seen
        shown = [(seen.key, seen.args.get("unit")) for seen in self.chat(name)]
        raise AssertionError(f"{name} has no {key} of {unit}: {shown}")

    def press(self, name: str, label: str, seen: Seen | None = None) -> Decision:
        """That button of the message, or the newest one of that label in the chat."""
        if seen is not None:
            return self.press_data(name, seen.id, seen.button(label).data)
        for other in reversed(self.chat(name)):
            for button in other.buttons:
                if label in (button.label, button.key):
                    return self.press_data(name, other.id, button.data)
        shown = [other.labels for other in self.chat(name)[-3:]]
        raise AssertionError(f"{name} sees no button {label!r}; only {shown}")

    def press_data(self, name: str | int, message_id: int, data: str) -> Decision:
        origin = self.origin(name, message_id=message_id)
        return self.do(Pressed.read(origin, f"c{self.count}", data))

    def say(self, name: str | int, text: str, reply_to: Seen | None = None) -> Decision:
        reply = reply_to.id if reply_to is not None else None
        return self.do(Said.read(self.origin(name, reply_to=reply), text))

    def say_in_group(self, name: str | int, text: str) -> Decision:
        user = name if isinstance(name, int) else ACCOUNTS + self.people[name]
        self.count += 1
        origin = Origin(f"u{self.count}", GROUP, "group", user, self.now, 500_000 + self.count)
        return self.do(Said.read(origin, text))

    def send(
        self,
        name: str | int,
        sheet: Sheet | Unreadable | None,
        file_name: str = "data.xlsx",
        caption: str = "",
        reply_to: Seen | None = None,
        album: str = "",
        sha256: str = "",
    ) -> Decision:
        reply = reply_to.id if reply_to is not None else None
        origin = self.origin(name, reply_to=reply)
        kind = "document" if sheet is not None else "photo"
        sha256 = sha256 or f"{self.count:064x}"
        sent = Sent(origin, sha256, file_name, 1000, kind, caption, sheet, album)
        return self.do(sent)

    def stray(self, name: str | int, noun: str) -> Decision:
        return self.do(Stray(self.origin(name), noun))

    def tick(self) -> None:
        """What the clock does now, until nothing is owed any more."""
        with self.store.reading() as queries:
            due = queries.orders.due(self.now, 50)
        for perintah_id in due:
            self.count += 1
            self.do(Ticked(perintah_id, f"t{self.count}"))

    def wait_until(self, moment: datetime, step: int = 5) -> None:
        """Time passes, and the clock ticks every few minutes."""
        while self.now < moment:
            self.now = min(moment, self.now + timedelta(minutes=step))
            self.tick()

    def do(self, command: Command) -> Decision:
        key = command.key if isinstance(command, Clocked) else command.origin.key
        with self.store.transaction() as tx:
            view = tx.load(command, self.setting, self.now)
            decision = decide(view, command, self.now, self.kinds)
            tx.apply(decision, key, self.now)
        # As after a start, when no paper has been compared yet.
        fresh = view._replace(incumbents=copy(view.incumbents))
        assert decide(fresh, command, self.now, self.kinds) == decision
        self._deliver()
        return decision

    def perintah(self, perintah_id: int) -> Perintah:
        with self.store.reading() as queries:
            found = queries.orders.find(perintah_id)
        assert found is not None
        return found

    def tugas(self, perintah_id: int, act: str, unit: str | None = None) -> Tugas:
        """The newest tugas of that act."""
        return self.perintah(perintah_id).tasks(act, unit)[-1]

    def draft(self, name: str) -> Draft | None:
        with self.store.reading() as queries:
            return queries.office.draft(self.people[name])

    def facts(self) -> tuple[dict[str, list[Any]], list[Seen]]:
        """Everything the office knows, as its tables hold it, and what the group has read."""
        tables = {table.name for table in SQLModel.metadata.sorted_tables} - PASSING
        with closing(sqlite3.connect(self.folder / "sigap.db")) as database:
            rows = {
                name: database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
                for name in sorted(tables)
            }
        return rows, list(self.group)

    @contextmanager
    def nothing_moves(self) -> Iterator[None]:
        before = self.facts()
        yield
        assert self.facts() == before

    def origin(
        self, name: str | int, *, message_id: int = 0, reply_to: int | None = None
    ) -> Origin:
        """Of a person of the office by name, or of a stranger by account."""
        self.count += 1
        user = name if isinstance(name, int) else ACCOUNTS + self.people[name]
        sent = message_id or 500_000 + self.count
        return Origin(f"u{self.count}", user, "private", user, self.now, sent, reply_to)

    def _register(self, name: str, code: str) -> None:
        self.say(name, f"/start {code}")
        [question] = self.chats.pop(f"c{ACCOUNTS + self.people[name]}")
        self.press_data(name, question.id, question.buttons[0].data)

    def _bind_group(self) -> None:
        self.count += 1
        facts = {"member_status": "creator", "can_pin": "true", "chat_title": "Data Kinerja"}
        admin = ACCOUNTS + self.people["Rizal"]
        origin = Origin("grup", GROUP, "group", admin, self.now, self.count, facts=facts)
        self.do(Said.read(origin, "/grup"))
        self.chats.clear()

    def _deliver(self) -> None:
        with self.store.transaction() as tx:
            while items := tx.outbox.claim(50, frozenset(), self.now):
                for item in items:
                    message_id = self._show(item)
                    has_file = bool(item.body.get("attachments"))
                    bearing = (message_id,) * len(item.body.get("attachments", ()))
                    papers = bearing if message_id else ()
                    tx.outbox.delivered(item, self.now, message_id, has_file, papers=papers)

    def _show(self, item: OutboxItem) -> int | None:
        """What cannot be worded fails the story that shows it."""
        match item.kind:
            case "toast":
                if item.body["key"]:
                    worded.hold_toast(item.body["key"], item.body["args"])
                self.toasts.append((item.body["key"], item.body["args"]))
            case "reaction":
                self.reactions.append((item.body["chat_id"], item.body["message_id"]))
            case "removal":
                self._take_buttons(item)
            case "board":
                perintah = self.perintah(item.body["perintah_id"])
                sop = self.setting.book.sop(perintah.sop, perintah.sop_version)
                board = where_units_stand(perintah, sop, self.now)
                worded.words().board(perintah, self.setting, "1b7e04a9", self.now)
                return self._write(item, "papan", board)
            case "message" if item.body.get("media"):
                worded.hold_message(item.body["key"], item.body["args"])
                self._exchange(item)
            case "message":
                worded.hold_message(item.body["key"], item.body["args"], item.body.get("rows", ()))
                return self._write(item, item.body["key"], item.body["args"])
        return None

    def _write(self, item: OutboxItem, key: str, args: dict[str, Any]) -> int | None:
        """As the sender does: an edit where one stands, unless a file has to come with it."""
        args = {name: _listed(value) for name, value in args.items()}
        rows = tuple(item.body.get("rows", ()))
        files = tuple(item.body.get("attachments", ()))
        chat = self.chats.setdefault(item.to, [])
        self.count += 1
        old = self._standing(item)
        if old is not None and not (files and not (item.slot and item.slot.has_file)):
            edits = old.edits + 1
            self._edit(chat, old, key=key, args=args, rows=rows, touched=self.count, edits=edits)
            return None
        if old is not None:
            self._edit(chat, old, rows=())
        rings = bool(item.body.get("is_ring"))
        chat.append(Seen(self.count, key, args, rows, files, rings, touched=self.count))
        return self.count

    def _exchange(self, item: OutboxItem) -> None:
        chat = self.chats[item.to]
        old = next(seen for seen in chat if seen.id == item.body["media"])
        stamped = item.body["attachments"][0]
        files = tuple(stamped if f.format == stamped.format else f for f in old.files)
        self._edit(chat, old, files=files, edits=old.edits + 1)

    def _take_buttons(self, item: OutboxItem) -> None:
        old = self._standing(item)
        if old is not None and item.body.get("is_whole"):
            self.chats[item.to].remove(old)
        elif old is not None:
            self._edit(self.chats[item.to], old, rows=())

    def _edit(self, chat: list[Seen], old: Seen, **changes: Any) -> None:
        chat[chat.index(old)] = replace(old, **changes)

    def _standing(self, item: OutboxItem) -> Seen | None:
        if item.slot is None:
            return None
        chat = self.chats.setdefault(item.to, [])
        return next((seen for seen in chat if seen.id == item.slot.message_id), None)


def _listed(value: Any) -> Any:
    """Tuples as lists, to be compared with what a test writes down."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_listed(inner) for inner in value]
    return value


def open_store_in(folder: Path) -> Store:
    return open_store(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/sigap.db"))
