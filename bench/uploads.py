"""Latency of an upload from its update to its answer, and of other people's answers meanwhile."""

import io
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import delete, update

from bench.figure import Figure, p95
from flows.forms.form import Indicator
from flows.papers.facts import FormData
from reports.workbooks.formbook import write_form
from reports.workbooks.lists import write_indicators
from storage.rows.notation import plain
from storage.rows.tables import GroupRow, PersonRow
from tests import officials
from tests.bot.rooms import ROOT, TOKEN, Street, simulator
from tests.kantor import EXAMPLE, WITA, Blueprint, Kantor

ROUNDS, WIDE, BYTES = 20, 37, 60_000
UNIT, PELAKSANA = "KBK", "Wahyuni"
OTHERS = ("Irma", "Joni", "Lestari", "Herlina")
# Seconds between uploads: Telegram allows one message a second in a chat.
APART = 1.3
LONGEST = 30.0


def one_upload() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name, simulator() as street:
        folder = Path(name)
        form, accounts = _prepare(folder, street)
        with running(folder, street):
            spans, waits = _measure(street, accounts, form)
    yield Figure(f"one upload of {WIDE} rows, update to answer, p95", p95(spans), "ms", 400)
    yield Figure("   median", statistics.median(spans), "ms")
    yield Figure("   another person's update waits for it, p95", p95(waits), "ms", 100)


def _prepare(folder: Path, street: Street) -> tuple[bytes, Mapping[str, int]]:
    """An office with the form issued to its Pelaksana; the filled form and the accounts."""
    indicators = folder / "indicators.xlsx"
    write_indicators(indicators, _indicators(), EXAMPLE.setting().office)
    now = datetime.now(WITA)
    kantor = Kantor.open(folder, Blueprint(indicators=indicators), now)
    officials.order(kantor, f"/perintah pengumpulan TW III {now.year}")
    officials.forward(kantor)
    officials.hand_out(kantor)
    officials.meet(kantor, UNIT)
    form = _filled(kantor, folder)
    accounts = {name: street.person(name) for name in (PELAKSANA, *OTHERS)}
    rebind(kantor, {kantor.people[name]: account for name, account in accounts.items()})
    kantor.close()
    return form, accounts


def rebind(kantor: Kantor, accounts: Mapping[int, int]) -> None:
    """Leaves the office without a group and with these accounts only, by the person's id. By SQL:
    no event of the record tells of it."""
    with kantor.store.transaction() as tx:
        session = tx._unit.session
        session.exec(delete(GroupRow))
        session.exec(update(PersonRow).values(user_id=None, chat_id=None))
        for person_id, account in accounts.items():
            reached = update(PersonRow).where(PersonRow.id == person_id)
            session.exec(reached.values(user_id=account, chat_id=account))


def _indicators() -> list[Indicator]:
    goal = Decimal("80.00")
    named = [(UNIT, n) for n in range(1, WIDE + 1)]
    named += [(unit, 1) for unit in officials.UNITS if unit != UNIT]
    return [
        Indicator(
            kode=f"{unit}-{number:02}",
            unit=unit,
            sasaran="Meningkatnya kualitas pelayanan",
            indikator=f"Persentase layanan ke-{number}",
            satuan="%",
            arah="+",
            frekuensi="triwulan",
            sifat="posisi",
            desimal=2,
            limits=(Decimal(0), Decimal(100)),
            target_tahun=goal,
            targets=(goal, goal, goal, goal),
        )
        for unit, number in named
    ]


def _filled(kantor: Kantor, folder: Path) -> bytes:
    paper = kantor.perintah(1).paper("form", UNIT)
    assert paper is not None
    body = plain(paper.data["isi"])
    for at, row in enumerate(body["rows"]):
        row["realisasi"] = {"value": f"{60 + at % 30}.5", "desimal": 2}
        row["sumber"] = "Laporan bidang"
    write_form(folder / "form.xlsx", FormData.model_validate(body))
    return (folder / "form.xlsx").read_bytes()


def _of_this_round(form: bytes) -> bytes:
    """A different file in each round, of ordinary size."""
    buffer = io.BytesIO(form)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("docProps/thumbnail.jpeg", os.urandom(max(BYTES - len(form), 100)))
    return buffer.getvalue()


@contextmanager
def running(folder: Path, street: Street, **further: str) -> Iterator[None]:
    """The bot's process over that folder."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": street.url,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/sigap.db",
        "KANTOR_FILE": str(ROOT / "kantor.yaml"),
        "LOG_LEVEL": "ERROR",
        **further,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _measure(
    street: Street, accounts: Mapping[str, int], form: bytes
) -> tuple[list[float], list[float]]:
    """Milliseconds of each upload, and the delay of the others' answers by it."""
    others = [accounts[name] for name in OTHERS]
    for account in (*others, accounts[PELAKSANA]):
        _asked(street, account)
    usual = statistics.median(_asked(street, account) for account in others * 3)
    spans: list[float] = []
    waits: list[float] = []
    for number in range(ROUNDS):
        content = _of_this_round(form)
        account = accounts[PELAKSANA]
        upload = threading.Thread(target=_timed, args=(street, account, content, spans))
        upload.start()
        waits.append(max(0.0, _asked(street, others[number % len(others)]) - usual))
        upload.join()
        time.sleep(APART)
    return spans, waits


def _timed(street: Street, account: int, content: bytes, spans: list[float]) -> None:
    name = f"Format_{UNIT}.xlsx"
    spans.append(_answered(street, account, lambda: street.upload(account, name, content)))


def _asked(street: Street, account: int) -> float:
    taken = _answered(street, account, lambda: street.say(account, "/tugas"))
    time.sleep(APART / 4)
    return taken


def _answered(street: Street, account: int, act: Callable[[], Any]) -> float:
    """Milliseconds until the bot's next message is in the chat."""
    before = {message["id"] for message in street.messages(account)}
    begun = time.perf_counter()
    act()
    while time.perf_counter() - begun < LONGEST:
        if {message["id"] for message in street.messages(account)} - before:
            return (time.perf_counter() - begun) * 1000
        time.sleep(0.005)
    raise TimeoutError(f"no answer to {account} within {LONGEST:g} s")
