"""`python -m bot simulate`: a store of its own, the simulator process, and the real bot."""

import asyncio
import json
import os
import shlex
import shutil
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from pydantic import SecretStr

from bot import app
from bot.alerts import HEARTBEAT
from bot.operations.admin import invitations, open_store, take_indicators, take_staff
from bot.operations.backups import database_file
from bot.operations.guard import held
from bot.runtime.config import Settings, calendar_of, read_office
from bot.runtime.loops import until_first
from flows.office.kantor import Office
from storage.store import Store

HOST = "127.0.0.1"
TOKEN = "1000000001:SIMULASI-kantor-contoh-tanpa-telegram"
USERNAME = "sigap_simulasi_bot"
EXAMPLES = Path(__file__).resolve().parent.parent / "contoh"
START_SECONDS = 20.0
END_SECONDS = 8.0
LOOK_SECONDS = 0.5


class SimulationFailed(Exception):
    """The simulated office cannot be opened; the message is for the console."""


class TourSop(StrEnum):
    """What Peragaan plays: the first SOP, or both."""

    A = "A"
    AB = "AB"


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was asked for on the command line.

    `opened_by`: the port of the office that opened this one for its Peragaan.
    """

    port: int
    start: datetime
    is_auto: bool
    data: Path | None
    is_kept: bool
    tour: TourSop | None = None
    opened_by: int | None = None


def read_start(text: str, office: Office) -> datetime:
    """A moment of the office's own clock."""
    local = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(
        tzinfo=ZoneInfo(office.jam_kerja.zona)
    )
    return local.astimezone(UTC)


def settings_for(settings: Settings, port: int) -> Settings:
    """Settings of its own folder: no token, address or database of the real bot."""
    folder = (settings.data_dir / "simulasi").resolve()
    return settings.model_copy(
        update={
            "telegram_bot_token": SecretStr(TOKEN),
            "telegram_api_url": f"http://{HOST}:{port}",
            "telegram_proxy": "",
            "database_url": f"sqlite:///{folder / 'sigap.db'}",
            "data_dir": folder,
            "audit_key_file": None,
            "clock_url": f"http://{HOST}:{port}/clock",
        }
    )


async def simulate(
    settings: Settings, wish: Simulation, say: Callable[[str], None], stop: asyncio.Event
) -> int:
    app.stop_by_signal(stop)
    if wish.opened_by is None:
        return await _simulate(settings, wish, say, stop)
    with TemporaryDirectory(prefix="sigap-peragaan-", ignore_cleanup_errors=True) as folder:
        _stop_at_eof(stop)
        own = settings.model_copy(update={"data_dir": Path(folder)})
        return await _simulate(own, wish, say, stop)


def _stop_at_eof(stop: asyncio.Event) -> None:
    """Stops with the process that holds the other end of stdin, also when that is killed.

    A daemon thread, for a read of stdin cannot be cancelled; os.read, for the lock of sys.stdin
    held there would abort the interpreter's shutdown.
    """
    loop = asyncio.get_running_loop()

    def wait() -> None:
        while os.read(0, 4096):
            pass
        with suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(stop.set)

    Thread(target=wait, name="eof", daemon=True).start()


async def _simulate(
    settings: Settings, wish: Simulation, say: Callable[[str], None], stop: asyncio.Event
) -> int:
    _check_port(wish.port)
    settings = settings_for(settings, wish.port)
    with held(database_file(settings)):  # another simulated office of this folder at work
        arguments = _prepare(settings, wish)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *arguments,
        "--until-eof",
        stdin=asyncio.subprocess.PIPE,  # closed by the end of this process, whatever ends it
        start_new_session=True,  # Ctrl+C is handled here, which ends the simulator
    )
    play = ""
    try:
        if await _answering(process, settings.clock_url, stop):
            works = [process.wait(), app.run(settings, say, stop)]
            if wish.is_auto:
                works.append(_played(settings.telegram_api_url))
            else:
                say(f"The simulated office is open: {settings.telegram_api_url}")
            await until_first(*works)
            play = await _play(settings.telegram_api_url)
    finally:
        await _end(process)
    if stop.is_set() or play == "done":
        return 0
    return 1 if play == "failed" else abs(process.returncode or 0)


async def _played(url: str) -> None:
    """Returns while the simulator still answers, so that the bot stops first."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if await _play(url) in ("done", "failed"):
            return


async def _play(url: str) -> str:
    """The state of the automatic play; empty once the simulator has ended."""
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            return str((await client.get(f"{url}/api/state")).json()["play"])
    except httpx.HTTPError:
        return ""


def _check_port(port: int) -> None:
    """Checked first: another simulated office on the port would answer in its place."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as fault:
            raise SimulationFailed(
                f"port {port} cannot be used ({fault.strerror}); choose another with --port"
            ) from fault


def _prepare(settings: Settings, wish: Simulation) -> Sequence[str]:
    """The example office in a store of its own; what the simulator is to be told of it."""
    office = read_office(settings.kantor_file)
    if not wish.is_kept:
        shutil.rmtree(settings.data_dir, ignore_errors=True)
    with closing(open_store(settings)) as store:
        with store.reading() as queries:
            heartbeat = queries.office.meta(HEARTBEAT)
        # The clock of a kept office must not go back.
        start = max(wish.start, datetime.fromisoformat(heartbeat)) if heartbeat else wish.start
        people = _take_example(store, office, start)
    path = settings.data_dir / "people.json"
    path.write_text(json.dumps(people, ensure_ascii=False, indent=1), encoding="utf-8")
    local = start.astimezone(ZoneInfo(office.jam_kerja.zona))
    return _arguments(settings, wish, path, f"{local:%Y-%m-%d %H:%M}")


def _take_example(store: Store, office: Office, now: datetime) -> dict[str, Any]:
    list(take_staff(store, EXAMPLES / "staff.xlsx", office, now))
    for year in (now.year - 1, now.year):  # in January the period is last year's
        list(take_indicators(store, EXAMPLES / "indicators.xlsx", office, year, now))
    return {
        "bot": {"username": USERNAME, "name": "SIGAP"},
        "group": {"title": office.instansi.singkatan, "bot_admin": True},
        "people": _people(store, office, now),
        "days_off": [f"{day}" for day in calendar_of(office, now.year).holidays],
    }


def _people(store: Store, office: Office, now: datetime) -> list[dict[str, Any]]:
    codes = {invite["nama"]: invite["kode"] for invite in invitations(store, office, None, now)}
    with store.reading() as queries:
        roster = queries.office.roster()
    return [
        {
            "name": person.nama,
            "note": ", ".join(
                dict.fromkeys(p.jabatan for p in roster.posts(person.id, now.date()))
            ),
            "code": codes.get(person.nama),
            "admin": any(p.role == "admin" for p in roster.posts(person.id, now.date())),
        }
        for person in roster.people
    ]


def _arguments(settings: Settings, wish: Simulation, people: Path, start: str) -> Sequence[str]:
    arguments = ["--port", str(wish.port), "--token", TOKEN, "--people", str(people)]
    arguments += ["--start", start]
    arguments += ["--tour", wish.tour] if wish.tour else []
    if not wish.is_auto:
        arguments += ["--archive", str(settings.data_dir / "percakapan.bin")]
        arguments += _beside(wish, start)
    else:
        arguments += ["--auto", "--results", str(settings.data_dir / "hasil")]
        arguments += ["--data", str(wish.data.resolve())] if wish.data else []
    return arguments


def _beside(wish: Simulation, start: str) -> Sequence[str]:
    """The way to a fresh office for Peragaan; in one that was opened so, the way back.

    So there is never more than one of them, whoever presses Mulai where.
    """
    if wish.opened_by is not None:
        return ["--opened-by", str(wish.opened_by)]
    command = [sys.executable, "-m", "bot", "simulate", "--start", start]
    return ["--launcher", shlex.join([*command, "--opened-by", str(wish.port)])]


async def _answering(process: asyncio.subprocess.Process, url: str, stop: asyncio.Event) -> bool:
    """Waits until the simulator answers; False when it ended instead, and has said why, or is
    wanted no longer."""
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                while process.returncode is None and not stop.is_set():
                    try:
                        await client.get(url)
                        return True
                    except httpx.HTTPError:
                        await asyncio.sleep(0.1)
                return False
    raise SimulationFailed("the simulator did not start")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(END_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
