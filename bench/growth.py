"""Every command of the chat with a million events beside the same with a thousand."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from bench.figure import Figure, medians
from flows.engine.decide import decide
from flows.model.commands import Said
from tests import officials
from tests.kantor import Kantor

ROUNDS = 9
FEW, MANY = 1_000, 1_000_000
EVENTS_EACH = 500
COMMANDS = {
    "Marlina": ("/tugas", "/status", "/rekap", "/disposisi", "/sop", "/perintah", "/hentikan 1",
                "/ubah 1", "/siap", "/bantuan", "/privasi", "/panduan"),
    "Ardin": ("/notulen", "/arsip", "/verifikasi", "/pejabat", "/kendala", "/perpanjangan"),
    "Yusnita": ("/indikator", "/status 1", "/latihan", "/daftar"),
    "Rizal": ("/pegawai", "/libur", "/sehat", "/cadangkan"),
    "Taufik": ("/catat", "/batal"),
}  # fmt: skip
HISTORY = (
    "INSERT INTO perintah SELECT n.i, n.i, 1900, sop, sop_version, form, '1999-TW1', units, sifat,"
    " arahan, started_at, issued_at, issued_by, target_at, 'selesai', issued_at, NULL, analysis,"
    " rekap_version, round, skipped, stop_reason, NULL FROM n, perintah WHERE perintah.id = 1",
    "INSERT INTO tugas (perintah_id, seq, act, role, unit, round, opened_at, state, reminded,"
    " finished_as, is_own_work, outcome, note, codes, row_notes, revision, grants, pauses,"
    " hindrance, wish) SELECT n.i, seq, act, role, unit, round, opened_at, 'selesai', reminded,"
    " finished_as, is_own_work, outcome, note, codes, row_notes, revision, grants, pauses,"
    " hindrance, wish FROM n, tugas WHERE perintah_id = 1",
    "INSERT INTO chain SELECT 'p' || n.i, :each, 'x', 0, 0 FROM n",
    "INSERT INTO outbox (unique_key, recipient, queue, kind, body, slot, about, perintah_id, lane,"
    " state, came_from, attempts, error, created_at) SELECT 'x' || n.i || '-' || outbox.id,"
    " recipient, queue, kind, body, slot, 'p' || n.i, n.i, lane, 'sent', came_from, 0, '',"
    " created_at FROM n, outbox WHERE outbox.id <= 100",
    "INSERT INTO slot (name, recipient, about, perintah_id, is_live, has_file, shown) SELECT"
    " 's' || n.i || '-' || m.j, 'p1', 'p' || n.i, n.i, 0, 0, '' FROM n, m WHERE m.j <= 50",
    "INSERT INTO event SELECT 'p' || n.i, m.j, '2020-01-01T00:00:00.000000+00:00', body, 'x', 'x',"
    " 'x' FROM n, m, event WHERE event.chain = 'p1' AND event.seq = 1",
)
COUNTING = (
    "WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1000 + :chains),"
    " m(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM m WHERE j < :each) "
)


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        first = Kantor.open(Path(name) / "few")
        officials.start_collection(first)
        second = first.branch(Path(name) / "many")
        for kantor, events in ((first, FEW), (second, MANY)):
            fill(kantor, events)
        taken = {
            said: compared(first, second, person, said)
            for person, lines in COMMANDS.items()
            for said in lines
        }
        first.close()
        second.close()
    ratios = {said: many / few for said, (few, many) in taken.items()}
    worst = max(ratios, key=lambda said: ratios[said])
    for said in ("/tugas", worst):
        few, many = taken[said]
        yield Figure(f"{said} with {FEW:,} events", few * 1e3, "ms")
        yield Figure(f"   with {MANY:,}", many * 1e3, "ms")
    yield Figure(f"   the worst of {len(taken)} commands", ratios[worst], "x", at_most=1.5)


def fill(kantor: Kantor, events: int) -> None:
    """Ended perintah with their tugas, messages and entries, inserted by bulk SQL."""
    numbers = {"chains": events // EVENTS_EACH, "each": EVENTS_EACH}
    with kantor.store.transaction() as tx:
        for statement in HISTORY:
            counted = statement.replace(" SELECT ", f" {COUNTING} SELECT ", 1)
            tx._unit.session.exec(text(counted), params=numbers)


def compared(first: Kantor, second: Kantor, person: str, line: str) -> tuple[float, float]:
    """Load, decide, apply and commit; the first of each warms up and is not counted."""
    one(first, person, line), one(second, person, line)
    taken = medians(
        ROUNDS,
        few=lambda: one(first, person, line),
        many=lambda: one(second, person, line),
    )
    return taken["few"], taken["many"]


def one(kantor: Kantor, person: str, line: str) -> None:
    command = Said.read(kantor.origin(person), line)
    with kantor.store.transaction() as tx:
        decision = decide(tx.load(command, kantor.setting, kantor.now), command, kantor.now)
        tx.apply(decision, command.origin.key, kantor.now)
