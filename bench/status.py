"""/status asked by twenty people within a minute: what is drawn and uploaded for them."""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from bench.figure import Figure, p95
from bench.uploads import rebind, running
from flows.office.people import Penugasan, Person
from tests import officials
from tests.bot.ports import free_port
from tests.bot.rooms import Street, simulator
from tests.kantor import WITA, Kantor

PEOPLE = 20
LONGEST = 60.0


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name, simulator() as street:
        folder, health = Path(name), f"127.0.0.1:{free_port()}"
        accounts = _prepare(folder, street)
        with running(folder, street, HEALTH_LISTEN=health):
            _started(f"http://{health}/readyz")
            waits = _ask(street, accounts)
            drawn = _drawn(f"http://{health}/metrics")
        pictures = [one for account in accounts for one in _pictures(street, account)]
    yield Figure(f"/status asked by {PEOPLE} people: pictures in their chats", len(pictures))
    yield Figure("   drawings", drawn, "", 2)
    yield Figure("   uploads", len({one["file"]["url"] for one in pictures}), "", 2)
    yield Figure("   until the words are there, p95", p95(waits), "ms")


def _prepare(folder: Path, street: Street) -> list[int]:
    """A running collection, and twenty people with accounts."""
    now = datetime.now(WITA)
    kantor = Kantor.open(folder, now=now)
    officials.order(kantor, f"/perintah pengumpulan TW III {now.year}")
    accounts = [street.person(f"Pegawai {number}") for number in range(PEOPLE)]
    rows = [
        (Person(0, f"Pegawai {n} Contoh", None, ""), Penugasan(0, 0, "pelaksana", "DAL", "Staf"))
        for n in range(PEOPLE)
    ]
    with kantor.store.transaction() as tx:
        tx.people.take_staff(rows, now)
    with kantor.store.reading() as queries:
        last = sorted(person.id for person in queries.office.roster().people)[-PEOPLE:]
    rebind(kantor, dict(zip(last, accounts, strict=True)))
    kantor.close()
    return accounts


def _started(url: str) -> None:
    begun = time.perf_counter()
    while time.perf_counter() - begun < LONGEST:
        with suppress(httpx.TransportError):
            if httpx.get(url).is_success:
                return
        time.sleep(0.1)
    raise TimeoutError(f"the bot is not ready within {LONGEST:g} s")


def _ask(street: Street, accounts: list[int]) -> list[float]:
    """Milliseconds until each has its words; returns once each has its picture."""
    begun = {}
    for account in accounts:
        begun[account] = time.perf_counter()
        street.say(account, "/status")
    waits: dict[int, float] = {}
    waiting = set(accounts)
    while waiting and time.perf_counter() - begun[accounts[-1]] < LONGEST:
        for account in tuple(waiting):
            answers = street.messages(account)
            if answers and account not in waits:
                waits[account] = (time.perf_counter() - begun[account]) * 1000
            if any(message["file"] for message in answers):
                waiting.discard(account)
        time.sleep(0.01)
    if waiting:
        raise TimeoutError(f"{len(waiting)} people have no picture within {LONGEST:g} s")
    return list(waits.values())


def _pictures(street: Street, account: int) -> list[dict[str, Any]]:
    return [message for message in street.messages(account) if message["file"]]


def _drawn(url: str) -> float:
    found = re.search(r"^sigap_drawings_total (\S+)$", httpx.get(url).text, re.MULTILINE)
    return float(found[1]) if found else float("nan")
