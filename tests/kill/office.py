"""A simulated office whose bot may die: the simulator runs on, the bot is started again."""

import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import httpx
from openpyxl import load_workbook

from bot.operations.admin import invitations, open_store, take_indicators, take_staff
from bot.runtime.config import Settings
from bot.simulate import TOKEN
from flows.office.kantor import Office
from tests.kantor import MOMENT
from tests.kill.life import live
from tests.kill.loss import lost_updates

FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["tests.kill.life"])
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
# After so many of the acts, and so many seconds at most after them.
KILLED_AFTER, SOON = 0.7, 0.6
SENTENCE = "Semua data sampai dengan 30 September dari laporan bidang."


@dataclass
class KilledOffice:
    folder: Path
    port: int
    kills: list[str]
    people: dict[str, int] = field(default_factory=dict)
    lives: int = 0
    asked_again: set[tuple[int, str]] = field(default_factory=set)
    program: str = "tests.kill.launcher"
    patience: float = PATIENCE
    chance: random.Random = field(default_factory=random.Random)
    random_kills: int = 0
    dies_at: float = math.inf
    bot: ForkServerProcess | None = None

    def __enter__(self) -> "KilledOffice":
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "bot.log"
        self.log.touch()
        self._prepare()
        self.simulator = subprocess.Popen(
            [sys.executable, "-m", "simulator", "--port", str(self.port), "--token", TOKEN,
             "--start", "2026-11-24 07:30", "--people", str(self.folder / "people.json")],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.http = httpx.Client(base_url=self.base, timeout=10, trust_env=False)
        self.wait("the simulator", lambda: self._answers())
        self.people = {p["name"].split()[0]: p["id"] for p in self.get("/api/people")}
        self.start_bot()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bot is not None:
            self.bot.kill()
            self.bot.join()
        self.simulator.kill()
        self.simulator.wait()
        self.http.close()

    def get(self, path: str) -> Any:
        return self.http.get(path).json()

    def start_bot(self) -> None:
        self.lives += 1
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.base,
            "CLOCK_URL": f"{self.base}/clock",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder}/sigap.db",
            "KANTOR_FILE": str(ROOT / "kantor.yaml"),
            "KILL_LOG": str(self.folder / "points.log"),
            "KILL_AT": self.kills.pop(0) if self.kills else "",
        }
        self.bot = FORKING.Process(target=live, args=(self.program, environment, self.log))
        self.bot.start()

    def wait(self, what: str, found: Callable[[], Any]) -> Any:
        """Looks until it is there; a bot found dead is started again."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            if self.bot is not None and time.monotonic() >= self.dies_at:
                self.dies_at = math.inf
                self.bot.kill()
                self.bot.join()
            if self.bot is not None and self.bot.exitcode is not None:
                assert self.bot.exitcode == -9, self.log.read_text()[-2000:]
                self.check_kept()
                self.start_bot()
                until = time.monotonic() + self.patience
            result = found()
            if result:
                return result
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what} (life {self.lives}, left {self.kills})")

    def check_kept(self) -> None:
        """However it ended: what Telegram has let go of stands in the inbox."""
        lost = lost_updates(self.folder, self.get("/api/state")["last_confirmed"])
        assert lost == [], f"confirmed and never kept: {lost}"

    def onboarded(self) -> None:
        self.wait("onboarding", lambda: self.get("/api/state")["onboarding"] == "done")

    def say(self, name: str, text: str) -> None:
        chat = self.people[name]
        self.http.post(f"/api/people/{chat}/chats/{chat}/text", json={"text": text})
        self._may_die()

    def _may_die(self) -> None:
        """Soon after what somebody did, as long as there are lives to lose."""
        is_doomed = self.dies_at < math.inf
        if self.random_kills and not is_doomed and self.chance.random() < KILLED_AFTER:
            self.random_kills -= 1
            self.dies_at = time.monotonic() + self.chance.uniform(0.0, SOON)

    def messages(self, name: str) -> list[dict[str, Any]]:
        chat = self.people[name]
        return self.get(f"/api/people/{chat}/chats/{chat}/messages?limit=60")

    def press(self, name: str, label: str) -> None:
        """The newest button that begins so; until it takes effect it may be pressed once only."""
        message, text = self.wait(f"{label} for {name}", lambda: self._shown(name, label))
        chat = self.people[name]
        body = {"message": message, "label": text, "wait": 0}
        self.http.post(f"/api/people/{chat}/chats/{chat}/press", json=body)
        self._may_die()
        self.wait(
            f"the end of {label} for {name}",
            lambda: (message, text) not in self._buttons(name),
        )

    def asked(self, name: str, word: str) -> None:
        self.wait(
            f"a question {word!r} to {name}",
            lambda: any(word in (m.get("text") or "") for m in self.messages(name)[-2:]),
        )

    def upload(self, name: str, values: dict[str, Any]) -> None:
        message = self.wait(
            f"a workbook for {name}",
            lambda: self._workbook(name),
        )
        raw = self.http.get(f"/api/files/{message['file']['id']}").content
        chat = self.people[name]
        self.http.post(
            f"/api/people/{chat}/chats/{chat}/upload",
            files={"file": ("isi.xlsx", _filled(raw, values))},
        )
        self._may_die()

    def points(self) -> set[str]:
        return set((self.folder / "points.log").read_text(encoding="ascii").split())

    def _answers(self) -> bool:
        try:
            return self.http.get("/clock").status_code == 200
        except httpx.HTTPError:
            return False

    def _buttons(self, name: str) -> list[tuple[int, str]]:
        return [
            (m["id"], b["text"])
            for m in reversed(self.messages(name))
            for row in m["keyboard"]
            for b in row
        ]

    def _shown(self, name: str, label: str) -> tuple[int, str] | None:
        """A file that may not have arrived is asked for again, as its receiver is told to do."""
        found = self._button(name, label)
        if found is None:
            self._ask_again(name)
        return found

    def _workbook(self, name: str) -> dict[str, Any] | None:
        found = next((m for m in self.messages(name) if m.get("file")), None)
        if found is None:
            self._ask_again(name)
        return found

    def _ask_again(self, name: str) -> None:
        again = self._button(name, "Kirim ulang")
        if again is not None and again not in self.asked_again:
            self.asked_again.add(again)
            chat = self.people[name]
            body = {"message": again[0], "label": again[1], "wait": 0}
            self.http.post(f"/api/people/{chat}/chats/{chat}/press", json=body)

    def _button(self, name: str, label: str) -> tuple[int, str] | None:
        return next((found for found in self._buttons(name) if found[1].startswith(label)), None)

    def _prepare(self) -> None:
        office = Office.parse((ROOT / "kantor.yaml").read_text(encoding="utf-8"), "kantor.yaml")
        settings = Settings(data_dir=self.folder, database_url=f"sqlite:///{self.folder}/sigap.db")
        store = open_store(settings)
        list(take_staff(store, ROOT / "contoh" / "staff.xlsx", office, MOMENT))
        list(take_indicators(store, ROOT / "contoh" / "indicators.xlsx", office, 2026, MOMENT))
        invited = invitations(store, office, None, MOMENT)
        store.close()
        people = [
            {
                "name": person["nama"],
                "note": person["jabatan"],
                "code": person["kode"],
                "admin": person["peran"] == "admin",
            }
            for person in invited
        ]
        bot = {"username": "sigap_simulasi_bot", "name": "SIGAP"}
        body = {"bot": bot, "group": {"title": "Kantor"}, "people": people}
        (self.folder / "people.json").write_text(json.dumps(body), encoding="utf-8")


def _filled(raw: bytes, values: dict[str, Any]) -> bytes:
    book = load_workbook(BytesIO(raw))
    sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Kode" for cell in row))
    columns = {str(cell.value): cell.column for cell in header}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        kode = sheet.cell(row, columns["Kode"]).value
        if kode in values:
            sheet.cell(row, columns["Realisasi s.d. TW"]).value = values[kode]
    target = BytesIO()
    book.save(target)
    return target.getvalue()
