"""The process may be killed at any moment: what was said to it is answered all the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.rooms import ROOT, TOKEN, Street


@pytest.fixture
def environment(street: Street, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TELEGRAM_API_URL": street.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'sigap.db'}",
        "LOG_LEVEL": "WARNING",
    }


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert b"connected" in process.stdout.readline()
    return process


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.wait(120)
    assert process.stdout is not None
    process.stdout.close()


def until(met: Callable[[], Any], seconds: float = 120.0) -> Any:
    limit = time.monotonic() + seconds
    while not (found := met()):
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


def test_what_came_while_nobody_was_there_is_answered(
    street: Street, environment: dict[str, str]
) -> None:
    person = street.person()
    end(start(environment))
    street.say(person, "halo")

    process = start(environment)
    until(lambda: street.messages(person))
    end(process)


def test_an_answer_in_the_air_at_the_kill_arrives_after_the_restart(
    street: Street, environment: dict[str, str]
) -> None:
    person = street.person()
    process = start(environment)
    until(lambda: street.messages(person))
    before = len(street.messages(person))
    street.fault("delay", chat=person, method="sendMessage", seconds=120, count=1)
    street.say(person, "halo")
    until(lambda: street.get("/api/faults") == [])
    end(process)

    process = start(environment)
    told = until(lambda: street.messages(person)[before:])
    end(process)

    assert told[0]["text"].endswith("(kirim ulang)")


def test_an_update_never_confirmed_is_answered_once(
    street: Street, environment: dict[str, str]
) -> None:
    """Killed between the inbox and the next getUpdates, Telegram sends it once more."""
    person = street.person()
    process = start(environment)
    until(lambda: street.messages(person))
    before = len(street.messages(person))
    street.fault("duplicate", count=1)
    street.say(person, "halo")
    until(lambda: street.messages(person)[before:])
    end(process)

    process = start(environment)
    street.say(person, "lagi")
    until(lambda: len(answers(street, person)) >= before + 2)
    time.sleep(0.5)
    end(process, signal.SIGTERM)

    assert len(answers(street, person)) == before + 2


def answers(street: Street, person: int) -> list[str]:
    """What was still on its way to the record at the kill is said once more, and so marked."""
    told = [message["text"] for message in street.messages(person)]
    return [text for text in told if not text.endswith("(kirim ulang)")]
