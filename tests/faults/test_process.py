"""The process as a whole: how it ends, and what it says while it lives."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.alerts import HEARTBEAT
from bot.resources import Resources
from tests.bot.operations.test_cli import REFUSED
from tests.bot.ports import free_port
from tests.bot.rooms import ROOT, TOKEN, Street, bound, eventually

NAME = "Ibu Rahasia Namanya"
# Longer than anything is waited for here: whoever ends sooner has not waited for it.
HELD_SECONDS = 600.0
WORDS = "kalimat yang tidak boleh tercatat"


@pytest.fixture
def environment(street: Street, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TELEGRAM_API_URL": street.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'sigap.db'}",
        "HEALTH_LISTEN": f"127.0.0.1:{free_port()}",
        "LOG_FORMAT": "json",
    }


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(**further: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env={**environment, **further},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert "connected" in process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until(met: Callable[[], Any], seconds: float = 120.0) -> Any:
    limit = time.monotonic() + seconds
    while not (found := met()):
        assert time.monotonic() < limit
        time.sleep(0.02)
    return found


def status(environment: dict[str, str], path: str) -> int:
    try:
        with httpx.Client(trust_env=False, timeout=20) as client:
            return client.get(f"http://{environment['HEALTH_LISTEN']}{path}").status_code
    except httpx.HTTPError:
        return 0


def test_a_revoked_token_ends_it_with_three_and_one_line(
    street: Street, environment: dict[str, str], running: Callable[..., Any]
) -> None:
    process = running(LOG_LEVEL="ERROR")
    until(lambda: status(environment, "/readyz") == 200)
    street.fault("status", method="getUpdates", status=401)
    street.say(street.person(), "bangun")

    was_ready_since = []
    until(lambda: was_ready_since.append(status(environment, "/readyz")) or process.poll())
    _, logged = process.communicate(timeout=120)

    assert process.returncode == 3
    assert logged.splitlines() == [REFUSED]
    assert was_ready_since[-1] != 200


@pytest.mark.parametrize("files", [0, 3])
def test_it_ends_in_good_time_with_work_in_the_air(
    street: Street, environment: dict[str, str], running: Callable[..., Any], files: int
) -> None:
    process = running()
    person = street.person()
    street.fault("delay", method="sendMessage", seconds=HELD_SECONDS)
    for number in range(files):
        street.upload(person, f"isi{number}.xlsx", b"PK\x03\x04" + b"x" * 1000)
    street.say(person, "halo")
    until(lambda: any(fault["hits"] for fault in street.get("/api/faults")))

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)

    assert process.returncode == 0


def test_it_ends_in_good_time_while_a_poll_hangs(
    street: Street, running: Callable[..., Any]
) -> None:
    street.fault("delay", method="getUpdates", seconds=HELD_SECONDS)
    process = running()
    until(lambda: any(fault["hits"] for fault in street.get("/api/faults")))

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)

    assert process.returncode == 0


def test_it_ends_in_good_time_while_the_database_is_held(
    environment: dict[str, str], running: Callable[..., Any], tmp_path: Path
) -> None:
    process = running()
    until(lambda: status(environment, "/readyz") == 200)
    holder = sqlite3.connect(tmp_path / "sigap.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    time.sleep(1.5)  # every loop of the bot waits for it by now

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)
    holder.close()

    assert process.returncode == 0


def test_it_outlasts_a_database_that_is_held(
    street: Street,
    environment: dict[str, str],
    running: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
) -> None:
    """Longer than SQLite waits by itself: nobody is there who would start the bot again."""
    process = running(LOG_LEVEL="WARNING")
    until(lambda: status(environment, "/readyz") == 200)
    person = street.person()
    assert process.stderr is not None
    with closing(sqlite3.connect(tmp_path / "sigap.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        street.say(person, "halo")
        until(lambda: status(environment, "/readyz") == 503)
        for _ in range(2):
            assert "database is locked" in process.stderr.readline()
        waiting = street.get("/api/state")["updates_waiting"]
    until(lambda: street.messages(person))
    until(lambda: status(environment, "/readyz") == 200)

    assert waiting >= 1
    assert process.poll() is None


async def test_after_a_gap_longer_than_telegrams_memory_the_admin_hears_of_it(
    resources: Resources, street: Street, running: Callable[..., Any]
) -> None:
    admin = street.person()
    bound(resources, admin)
    with resources.store.transaction() as tx:
        tx.office.set_meta(HEARTBEAT, (datetime.now(UTC) - timedelta(hours=24)).isoformat())

    await asyncio.to_thread(running)

    await eventually(
        lambda: any("tidak bekerja sejak" in m["text"] for m in street.messages(admin))
    )


def test_a_log_at_debug_holds_no_name_no_text_and_no_token(
    street: Street, environment: dict[str, str], running: Callable[..., Any]
) -> None:
    process = running(LOG_LEVEL="DEBUG")
    person = street.person(NAME)
    street.fault("status", method="sendMessage", status=500, count=1)
    street.fault("unparsable", count=1)
    street.say(person, WORDS)
    street.say(person, f"/daftar {WORDS.split()[0].upper()}")
    street.upload(person, f"{WORDS}.xlsx", b"PK\x03\x04" + b"x" * 1000)
    until(lambda: len(street.messages(person)) >= 2)
    process.send_signal(signal.SIGTERM)
    _, logged = process.communicate(timeout=120)

    lines = [json.loads(line) for line in logged.splitlines()]
    assert {line["event"] for line in lines} >= {"delivered", "not_delivered"}
    for secret in (NAME, "Rahasia", WORDS, "kalimat", "KALIMAT", TOKEN, TOKEN.partition(":")[2]):
        assert secret not in logged
    assert all("level" in line and "timestamp" in line for line in lines)


def test_a_port_taken_already_is_told_in_one_line(
    street: Street, environment: dict[str, str]
) -> None:
    host, _, port = street.url.removeprefix("http://").partition(":")
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**environment, "HEALTH_LISTEN": f"{host}:{port}", "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
