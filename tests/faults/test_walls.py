"""The bot as a process while its wall clock is set forth and back, by libfaketime."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.ports import free_port
from tests.bot.rooms import PATIENCE, ROOT, TOKEN, Street

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
DAY = 86_400

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed")


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """What stands in it is how far the process's wall clock is off."""
    path = tmp_path / "wall"
    path.write_text("+0\n")
    return path


@pytest.fixture(params=["wall", "both"])
def ticks(
    request: pytest.FixtureRequest, street: Street, tmp_path: Path, wall: Path
) -> Iterator[Callable[[], float]]:
    """As it comes, the library moves the monotonic clock along with the wall's."""
    is_steady = "1" if request.param == "wall" else "0"
    listen = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={
            **os.environ,
            "TELEGRAM_API_URL": street.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'sigap.db'}",
            "HEALTH_LISTEN": listen,
            "LOG_LEVEL": "ERROR",
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(wall),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": is_steady,
            "DONT_FAKE_MONOTONIC": is_steady,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert "connected" in process.stdout.readline()
        with httpx.Client(base_url=f"http://{listen}", trust_env=False, timeout=PATIENCE) as http:
            yield lambda: counted(http)
    finally:
        process.kill()
        process.communicate()


def counted(http: httpx.Client) -> float:
    try:
        told = http.get("/metrics").text
    except httpx.HTTPError:
        return 0.0
    lines = [line for line in told.splitlines() if line.startswith("sigap_ticks_total ")]
    return float(lines[0].split()[1]) if lines else 0.0


def heart_is_off(folder: Path) -> float:
    """How far the office's heartbeat is from the true time."""
    database = sqlite3.connect(f"file:{folder / 'sigap.db'}?mode=ro", uri=True)
    [beat] = database.execute("SELECT value FROM meta WHERE key = 'heartbeat'").fetchone()
    database.close()
    return datetime.fromisoformat(beat).timestamp() - time.time()


def until(met: Callable[[], Any], seconds: float = PATIENCE) -> None:
    limit = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.mark.parametrize("shift", [DAY, -DAY])
def test_after_the_wall_clock_is_set_the_process_ticks_on(
    ticks: Callable[[], float], wall: Path, tmp_path: Path, shift: int
) -> None:
    until(lambda: ticks() >= 2)

    wall.write_text(f"{shift:+d}\n")
    time.sleep(1.5)  # the library looks at its file once a second
    before = ticks()

    until(lambda: ticks() >= before + 2)
    until(lambda: abs(heart_is_off(tmp_path) - shift) < 300)
