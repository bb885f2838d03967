"""The whole bot over HTTP beside an echo loop: latency, CPU, start time, memory."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bench._echo import TOKEN
from bench._wire import FIRST_USER
from bench.figure import Figure, p95
from bot.operations.admin import open_store
from bot.runtime.config import Settings
from flows.model.changes import BindPerson, Decision
from flows.office.people import Penugasan, Person

ROOT = Path(__file__).parent.parent
PEOPLE = 60
ROUNDS = 3
A_SECOND, FULL = 20, 30
SECONDS = 6
NETWORK = 0.05
PATIENCE = 60.0
# Libraries that the bot imports before its first poll, without our own code.
LIBRARIES = (
    "import telegram, sqlmodel, pydantic_settings, yaml, jinja2, httpx, structlog, typer,"
    " xlsxwriter, holidays, apscheduler.schedulers.asyncio"
)


@dataclass(frozen=True)
class Side:
    """A running bot and the measuring Bot API that it uses."""

    pid: int
    http: httpx.Client
    started: float

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes in use."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def told(self) -> Any:
        return self.http.get("/told").json()

    def meet(self, rate: int, delay: float = 0.0) -> "Meeting":
        count = rate * SECONDS
        before = self.cpu()
        self.http.get("/start", params={
            "rate": rate, "count": count, "people": PEOPLE, "delay": delay, "text": "/tugas",
        })  # fmt: skip
        until(lambda: self.told()["is_over"], SECONDS * 3)
        left = self.told()["waiting"]
        until(lambda: not self.told()["waiting"], PATIENCE)
        return Meeting(self.told()["waits"], left, (self.cpu() - before) / count)


@dataclass(frozen=True)
class Meeting:
    """`left`: how many still waited when the last had come; `cpu`: seconds an update."""

    waits: list[float]
    left: int
    cpu: float

    @property
    def growth(self) -> float:
        """How much longer the last third waited than the first."""
        third = len(self.waits) // 3
        return statistics.median(self.waits[-third:]) / statistics.median(self.waits[:third])


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        yield from starting(folder)
        with ours(folder) as bot, echo() as bare:
            time.sleep(3)
            yield Figure("idle main process", bot.memory(), "MB", at_most=130)
            yield from monotonic(bot, bare)
            yield from full(bot, bare)


def starting(folder: Path) -> Iterator[Figure]:
    bare, whole = [], []
    for _ in range(ROUNDS):
        begun = time.time()
        subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
        bare.append(time.time() - begun)
        with ours(folder) as bot:
            whole.append(bot.told()["first_poll"] - bot.started)
    imports, start = statistics.median(bare), statistics.median(whole)
    yield Figure("the libraries imported, nothing else", imports * 1000, "ms")
    yield Figure("start to first poll", start * 1000, "ms")
    yield Figure("   ratio", start / imports, "x", at_most=2.5)


def monotonic(bot: Side, bare: Side) -> Iterator[Figure]:
    bot.meet(A_SECOND), bare.meet(A_SECOND)
    pairs = [(bot.meet(A_SECOND), bare.meet(A_SECOND)) for _ in range(ROUNDS)]
    waits = [
        statistics.median(p95(side.waits) for side in sides) for sides in zip(*pairs, strict=True)
    ]
    costs = [statistics.median(side.cpu for side in sides) for sides in zip(*pairs, strict=True)]
    yield Figure(f"update to reply, {A_SECOND} a second, p95: echo loop", waits[1] * 1000, "ms")
    yield Figure("   ours", waits[0] * 1000, "ms")
    yield Figure("   ratio", waits[0] / waits[1], "x", at_most=4)
    yield Figure("CPU of an update: echo loop", costs[1] * 1000, "ms")
    yield Figure("   ours", costs[0] * 1000, "ms")
    yield Figure("   ratio", costs[0] / costs[1], "x", at_most=3)


def full(bot: Side, bare: Side) -> Iterator[Figure]:
    """With 50 ms of network a call; the plain loop waits for each before the next."""
    held, lost = bot.meet(FULL, NETWORK), bare.meet(FULL, NETWORK)
    yield Figure(f"{FULL} a second, 50 ms a call: waiting at the end", held.left, "", at_most=FULL)
    yield Figure("   p95 of the wait", p95(held.waits) * 1000, "ms")
    yield Figure("   the last third against the first", held.growth, "x", at_most=2)
    yield Figure("   waiting at the end of a sequential bot", lost.left)
    yield Figure("   its last third against the first", lost.growth, "x")


def prepare(folder: Path) -> None:
    """An office of many people with accounts."""
    now = datetime.now(UTC)
    store = open_store(settings(folder))
    staff = [
        (Person(0, f"Orang {n}", None, "Penata"), Penugasan(0, 0, "pelaksana", "DAL", "Staf"))
        for n in range(PEOPLE)
    ]
    with store.transaction() as tx:
        tx.people.take_staff(staff, now)
        tx.people.make_invites(now)
        bound = tuple(
            BindPerson(invite.person_id or 0, user, user, invite.id)
            for user, invite in enumerate(tx.office.invites(), FIRST_USER)
        )
        tx.apply(Decision(changes=bound), "bench", now)
    store.close()


def settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url=f"sqlite:///{folder}/sigap.db")


@contextmanager
def ours(folder: Path) -> Iterator[Side]:
    def command(url: str) -> tuple[list[str], Mapping[str, str]]:
        return ["bot", "run"], {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/sigap.db",
        }

    with at_work(command) as side:
        yield side


@contextmanager
def echo() -> Iterator[Side]:
    with at_work(lambda url: (["bench._echo", url], {})) as side:
        yield side


@contextmanager
def at_work(command: Callable[[str], tuple[list[str], Mapping[str, str]]]) -> Iterator[Side]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    wire = _python("bench._wire", str(port))
    http = httpx.Client(base_url=url, timeout=20, trust_env=False)
    bot = None
    try:
        until(lambda: _answers(http), PATIENCE)
        words, environment = command(url)
        started = time.time()
        bot = _python(*words, **environment)
        until(lambda: http.get("/told").json()["first_poll"], PATIENCE)
        yield Side(bot.pid, http, started)
    finally:
        for process in (bot, wire):
            if process is not None:
                process.terminate()
                process.wait()
        http.close()


def until(is_true: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return
        time.sleep(0.1)


def _answers(http: httpx.Client) -> bool:
    try:
        return http.get("/told").status_code == 200
    except httpx.HTTPError:
        return False


def _python(module: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
