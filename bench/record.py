"""`python -m bot verify` over a record of a million sealed events, in its own process."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bench.figure import Figure
from flows.model.events import Event
from storage.record.chain import ORIGIN, body_of, hash_of, seal_of
from storage.rows.notation import moment
from storage.store import Store
from tests.kantor import Kantor

ROOT = Path(__file__).parents[1]
EVENTS = 1_000_000
CHAINS = 1_000  # half of the events stand in them, the other half in the office's chain
AT_ONCE = 10_000
AT = datetime(2020, 1, 1, tzinfo=UTC)
ADD = (
    "INSERT INTO event (chain, seq, at, body, prev_hash, hash, seal) "
    "VALUES (:chain, :seq, :at, :body, :prev_hash, :hash, :seal)"
)
HEAD = (
    "INSERT OR REPLACE INTO chain (chain, seq, hash, revision, is_covered) VALUES (?, ?, ?, 0, 1)"
)

Row = dict[str, str | int]


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        kantor = Kantor.open(Path(name))
        fill(kantor.store, bytes.fromhex((kantor.folder / "audit.key").read_text()))
        kantor.close()
        megabytes, seconds = verified(Path(name))
    yield Figure(f"verify over {EVENTS:,} events: memory at most", megabytes, "MB", at_most=200)
    yield Figure("   seconds", seconds, "s")


def fill(store: Store, key: bytes) -> None:
    each = EVENTS // 2 // CHAINS
    with store.transaction() as tx:
        session = tx._unit.session
        [(seq, former)] = session.connection().exec_driver_sql(
            "SELECT seq, hash FROM chain WHERE chain = 'kantor'"
        )
        places = [("kantor", seq, former, EVENTS // 2)]
        places += [(f"p{number}", 0, ORIGIN, each) for number in range(1, CHAINS + 1)]
        for chain, first, head, count in places:
            rows: list[Row] = []
            for place in range(first + 1, first + count + 1):
                rows.append(entry(key, chain, place, head))
                head = str(rows[-1]["hash"])
                if len(rows) == AT_ONCE or place == first + count:
                    session.connection().execute(text(ADD), rows)
                    rows = []
            session.connection().exec_driver_sql(HEAD, (chain, first + count, head))


def entry(key: bytes, chain: str, seq: int, former: str) -> Row:
    owner = None if chain == "kantor" else int(chain[1:])
    event = Event("ReminderSent", owner, f"{owner}-1", "DAL", 6, "pelaksana", "definitif")
    rows = {f"tugas {owner}/{seq % 40}": None} if owner else {}
    begins = seq == 1
    body = body_of(chain, seq, AT, event, rows, begins=begins)
    found = hash_of(former, body)
    return {
        "chain": chain, "seq": seq, "at": moment(AT), "body": body,
        "prev_hash": former, "hash": found, "seal": seal_of(key, found),
    }  # fmt: skip


def verified(folder: Path) -> tuple[float, float]:
    """The largest memory of the process in megabytes, and its seconds."""
    environment = {
        **os.environ, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/sigap.db"
    }  # fmt: skip
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "verify"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, "verify found a break"
    return used.ru_maxrss / 1024, time.perf_counter() - begun
