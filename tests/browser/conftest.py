"""The simulated office with the real bot in it, and a real browser in which people work."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.windows import Desk

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
ARRIVAL_SECONDS = 90.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with its module: as long as it lives no other event loop can run in this process."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (.ci/run installs it)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the simulated office is open; everybody has registered."""
    folder = tmp_path_factory.mktemp("kantor")
    with open_office(folder) as url:
        yield url


@pytest.fixture
def desk(browser: Browser, office: str) -> Iterator[Desk]:
    desk = Desk(browser, office)
    yield desk
    desk.close()


class open_office:
    """`python -m bot simulate`, as long as the with-block lasts."""

    def __init__(self, folder: Path, *further: str, port: int = 0) -> None:
        self._port = port or _free_port()
        self._folder = folder
        self._arguments = ["--port", str(self._port), "--start", "2026-11-24 08:00", *further]
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> str:
        self._folder.mkdir(exist_ok=True)
        self._said = (self._folder / "bot.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "simulate", *self._arguments],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self._folder), "LOG_LEVEL": "WARNING"},
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + ARRIVAL_SECONDS
        while not self._has_arrived():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                said = (self._folder / "bot.log").read_text(encoding="utf-8")
                raise AssertionError(f"the office did not open: {said[-2000:]}")
            time.sleep(0.3)
        return self.url

    def __exit__(self, *fault: object) -> None:
        self._process.terminate()
        self._process.wait(120)
        self._said.close()

    def _has_arrived(self) -> bool:
        try:
            state = httpx.get(f"{self.url}/api/state", timeout=5).json()
        except httpx.HTTPError:
            return False
        return state["onboarding"] == "done"


@contextmanager
def open_simulator(*arguments: str) -> Iterator[str]:
    """The simulator alone, without a bot: what the page itself can do."""
    port = [] if "--port" in arguments else ["--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", *port, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().split()[1]
    process.terminate()
    process.communicate(timeout=120)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
