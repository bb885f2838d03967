"""An official's answers while a stranger sends slow files, to those without."""

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.figure import Figure, p95
from bench.uploads import (
    APART,
    OTHERS,
    PELAKSANA,
    UNIT,
    _answered,
    _asked,
    _of_this_round,
    _prepare,
    running,
)
from tests.bot.rooms import Street, simulator

FILES, ROUNDS = 16, 12
# Seconds that Telegram takes for each getFile, an official's too.
SLOW = 0.5
PDF = b"%PDF-1.7 kertas "


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name, simulator() as street:
        folder = Path(name)
        form, accounts = _prepare(folder, street)
        street.fault("delay", method="getFile", seconds=SLOW)
        with running(folder, street):
            yield from _measure(street, accounts, form)


def _measure(street: Street, accounts: Mapping[str, int], form: bytes) -> Iterator[Figure]:
    """Rounds with and without a stranger in turn: the machine's own pace is in both."""
    for account in (accounts[PELAKSANA], accounts[OTHERS[0]]):
        _asked(street, account)
    uploads: dict[bool, list[float]] = {True: [], False: []}
    answers: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * ROUNDS):
        is_beside = number % 2 == 1
        if is_beside:
            _send_many(street, number)
        uploads[is_beside].append(_uploaded(street, accounts[PELAKSANA], form))
        answers[is_beside].append(_asked(street, accounts[OTHERS[number % len(OTHERS)]]))
        time.sleep(APART)
    for name, spans in (("a file", uploads), ("/tugas", answers)):
        yield Figure(f"an official's answer to {name}, p95", p95(spans[False]), "ms")
        yield Figure(f"   … while a stranger sends {FILES} slow files", p95(spans[True]), "ms")
        yield Figure(
            "   … to that without", p95(spans[True]) / p95(spans[False]), "x", at_most=1.5
        )
        medians = statistics.median(spans[True]) / statistics.median(spans[False])
        yield Figure("   … of the medians", medians, "x")


def _send_many(street: Street, number: int) -> None:
    """Half of them ask for a verification, as many as are allowed and more."""
    stranger = street.person(f"Tamu {number}")
    for n in range(FILES):
        caption = {"caption": "/verifikasi"} if n % 2 else {}
        street.upload(stranger, f"{n}.pdf", PDF + bytes([number, n]), **caption)


def _uploaded(street: Street, account: int, form: bytes) -> float:
    content = _of_this_round(form)
    return _answered(street, account, lambda: street.upload(account, f"{UNIT}.xlsx", content))
