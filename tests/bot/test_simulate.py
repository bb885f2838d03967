"""The simulated office: one command opens it, one signal closes it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.runtime.config import Settings
from bot.simulate import read_start, settings_for
from storage.store import Store
from tests.bot.rooms import ROOT
from tests.storage.world import setting


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def simulated(folder: Path, port: int, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Whatever stands in the environment for the real bot is none of its business."""
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": "mysql://salah",
        "TELEGRAM_BOT_TOKEN": "salah",
        "TELEGRAM_API_URL": "ftp://salah",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "simulate", "--port", str(port), *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(120)


def state(port: int) -> dict[str, Any]:
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/api/state", trust_env=False)
    except httpx.HTTPError:
        return {}
    found: dict[str, Any] = answer.json()
    return found


def until_moved_in(port: int) -> None:
    end = time.monotonic() + 120
    while state(port).get("onboarding") != "done":
        assert time.monotonic() < end, state(port)
        time.sleep(0.2)


def until_silent(port: int) -> None:
    end = time.monotonic() + 120
    while state(port):
        assert time.monotonic() < end
        time.sleep(0.2)


def close(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0


def bound(folder: Path) -> list[bool]:
    store = Store(f"sqlite:///{folder / 'simulasi' / 'sigap.db'}", folder, None)
    with store.reading() as queries:
        found = [person.is_bound for person in queries.office.roster().people]
    store.close()
    return found


def test_the_office_opens_everybody_moves_in_and_it_closes(tmp_path: Path) -> None:
    port = free_port()

    with simulated(tmp_path, port) as process:
        until_moved_in(port)
        close(process)

    assert bound(tmp_path) == [True] * 14
    assert state(port) == {}


def test_the_simulator_ends_with_a_killed_bot(tmp_path: Path) -> None:
    port = free_port()

    with simulated(tmp_path, port) as process:
        until_moved_in(port)
        process.kill()
        until_silent(port)


def open_for_tour(port: int) -> int:
    """Presses Mulai in that office; the port of the fresh one, once everybody is registered."""
    order = {"do": "open", "sop": "A"}
    answer = httpx.post(
        f"http://127.0.0.1:{port}/api/tour", json=order, timeout=120, trust_env=False
    )
    assert answer.status_code == 200, answer.text
    opened: int = answer.json()["port"]
    until_moved_in(opened)
    return opened


def test_an_office_opened_for_the_tour_ends_with_a_killed_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "sementara"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    port = free_port()

    with simulated(tmp_path, port) as process:
        until_moved_in(port)
        first = open_for_tour(port)
        second = open_for_tour(port)
        folders = list(temporary.glob("sigap-peragaan-*"))
        until_silent(first)
        tour = httpx.get(f"http://127.0.0.1:{second}/api/tour", trust_env=False).json()
        process.kill()
        until_silent(port)
        until_silent(second)
        until_gone(folders)

    assert len(folders) == 1
    assert tour["running"]
    assert tour["opener"] == port
    assert bound(tmp_path) == [True] * 14


def until_gone(folders: list[Path]) -> None:
    end = time.monotonic() + 120
    while any(folder.exists() for folder in folders):
        assert time.monotonic() < end, folders
        time.sleep(0.2)


def test_the_tour_and_the_automatic_play_exclude_each_other(tmp_path: Path) -> None:
    with simulated(tmp_path, free_port(), "--auto", "--tour", "A") as process:
        assert process.wait(120) == 2


def test_a_kept_office_goes_on_where_it_was_left(tmp_path: Path) -> None:
    port = free_port()
    with simulated(tmp_path, port, "--start", "2026-11-24 09:00") as process:
        until_moved_in(port)
        time.sleep(1.5)
        close(process)

    with simulated(tmp_path, port, "--start", "2026-11-24 07:30", "--keep") as process:
        until_moved_in(port)
        now = state(port)["clock"]["now"]
        close(process)

    assert now.startswith("2026-11-24T09:0")
    assert bound(tmp_path) == [True] * 14


def test_it_uses_a_folder_of_its_own_and_nothing_of_the_real_bot(tmp_path: Path) -> None:
    real = Settings.read(_env_file=None, telegram_bot_token="1:real", data_dir=tmp_path)

    own = settings_for(real, 8099)

    assert own.data_dir == tmp_path / "simulasi"
    assert own.database_url == f"sqlite:///{tmp_path / 'simulasi' / 'sigap.db'}"
    assert own.key_file == tmp_path / "simulasi" / "audit.key"
    assert own.telegram_api_url == "http://127.0.0.1:8099"
    assert own.clock_url == "http://127.0.0.1:8099/clock"
    assert "real" not in own.token


def test_the_start_is_a_moment_of_the_office() -> None:
    start = read_start("2026-11-24 07:30", setting().office)

    assert start.isoformat() == "2026-11-23T23:30:00+00:00"


@pytest.mark.parametrize("text", ["", "2026-11-24", "2026-02-30 07:30"])
def test_a_start_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"does not match|out of range|day"):
        read_start(text, setting().office)
