"""Speed of decisions and commits, each beside its baseline in the same run."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import event, text
from sqlmodel import Session, col, select

from bench.figure import Figure, medians
from bot.wording.wording import Wording
from flows.engine.decide import decide
from flows.model.changes import Decision
from flows.model.commands import Command, Said, Sent
from storage.reading.orders import OPEN
from storage.rows.record_tables import ChainRow, EventRow
from storage.rows.tables import (
    CounterRow,
    DraftRow,
    MetaRow,
    OutboxRow,
    PerintahRow,
    SlotRow,
    TugasRow,
)
from tests import officials
from tests.kantor import Kantor

ROUNDS = 200
AGAIN = 15
MANY, FEW = 1_000_000, 1_000
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def median(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Seconds of one round, the middle one of all."""
    return medians(rounds, work=work)["work"]


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        yield from acting(Path(name) / "acts")
        kantor = Kantor.open(Path(name) / "office")
        officials.collect(kantor)
        for measure in (deciding, wording, clock, due):
            yield from measure(kantor)
        kantor.close()


def acting(folder: Path) -> Iterator[Figure]:
    """A collection by all its acts: load, decide, apply, commit; beside each as many statements
    by the plain ORM. BEGIN and COMMIT are not counted."""
    kantor = Watched.open(folder)
    gc.freeze()  # as the bot does when its loops begin
    officials.collect(kantor)
    kantor.close()
    presses = [act for act in kantor.acts if act.command == "ok"]
    uploads = [act for act in kantor.acts if act.command == "berkas"]
    decided, first = (
        statistics.median(getattr(act, part) for act in kantor.acts)
        for part in ("deciding", "first")
    )
    yield Figure("a decision alone, median of all acts of a collection", decided * 1e6, "µs", 50)
    yield Figure("   once, between the work of the database", first * 1e6, "µs")
    for name, acts in (("a press that moves a perintah", presses), ("an upload", uploads)):
        ours, plain, alone = (
            statistics.median(getattr(act, part) for act in acts)
            for part in ("ours", "plain", "deciding")
        )
        is_press = acts is presses
        yield Figure(f"{name}: load, decide, apply, commit", ours * 1e3, "ms")
        yield Figure("   its decision alone", alone * 1e6, "µs")
        yield Figure("   twelve such statements by the plain ORM", plain * 1e3, "ms")
        yield Figure("   ratio", ours / plain, "x", 2 if is_press else None)
        count = statistics.median(act.statements for act in acts)
        yield Figure("   statements, median", count, "", 12 if is_press else None)


@dataclass(frozen=True)
class Act:
    """`first`: seconds of its one decision; `deciding`: of the same by itself."""

    command: str
    statements: int
    ours: float
    plain: float
    first: float
    deciding: float


class Watched(Kantor):
    """An office whose every act is timed."""

    acts: ClassVar[list[Act]] = []

    def do(self, command: Command) -> Decision:
        with counting(self) as statements:
            begun = time.perf_counter()
            with self.store.transaction() as tx:
                view = tx.load(command, self.setting, self.now)
                loaded = time.perf_counter()
                decision = decide(view, command, self.now)
                decided = time.perf_counter()
                tx.apply(decision, command.origin.key, self.now)
            ours = time.perf_counter() - begun
        plain = time.perf_counter()
        _plain(self, len(self.acts) + 1)
        plain = time.perf_counter() - plain
        alone = median(lambda: decide(view, command, self.now), AGAIN)
        name = getattr(command, "verb", "berkas" if isinstance(command, Sent) else "")
        self.acts.append(Act(name, len(statements), ours, plain, decided - loaded, alone))
        self._deliver()
        return decision


@contextmanager
def counting(kantor: Kantor) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine = kantor.store._writing
    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)


def deciding(kantor: Kantor) -> Iterator[Figure]:
    command = Said.read(kantor.origin("Marlina"), "/tugas")
    with kantor.store.transaction() as tx:
        view = tx.load(command, kantor.setting, kantor.now)
    alone = median(lambda: decide(view, command, kantor.now), 2000)
    yield Figure("a decision alone (/tugas)", alone * 1e6, "µs", at_most=50)


def _plain(kantor: Kantor, number: int) -> None:
    """The twelve statements of an ordinary press, written plainly with the ORM: the
    same tables, rows of the same size, six read and six written."""
    with Session(kantor.store._writing) as session, session.begin():
        session.exec(select(MetaRow).where(col(MetaRow.key).startswith("mark:"))).all()
        session.exec(select(TugasRow).where(TugasRow.state == OPEN)).all()
        session.get(DraftRow, number)
        slots = session.exec(select(SlotRow).where(SlotRow.perintah_id == 1)).all()
        session.get(PerintahRow, 1)
        waiting = select(OutboxRow).where(col(OutboxRow.unique_key).in_([f"plain:{number}"]))
        session.exec(waiting).all()
        head = ChainRow(chain=f"plain{number}", seq=1, hash="x" * 64)
        session.add(head)
        session.flush()
        session.add_all(_entry(head, seq) for seq in (1, 2))
        session.flush()
        head.seq = 3
        session.flush()
        session.add_all(_letter(number, place) for place in range(4))
        session.flush()
        for slot in slots[:2]:
            slot.about = f"1-{number}"
        session.flush()
        session.add(CounterRow(name=f"plain{number}", value=number))


def _entry(head: ChainRow, seq: int) -> EventRow:
    return EventRow(
        chain=head.chain,
        seq=seq,
        at=NOW,
        body="x" * 400,
        prev_hash="x" * 64,
        hash="x" * 64,
        seal="",
    )


def _letter(number: int, place: int) -> OutboxRow:
    return OutboxRow(
        unique_key=f"plain:{number}:{place}",
        recipient="p0",
        queue="p0",
        kind="message",
        body={"key": "plain", "args": {f"row {n}": "x" * 40 for n in range(20)}},
        state="sent",
        created_at=NOW,
    )


def wording(kantor: Kantor) -> Iterator[Figure]:
    words = Wording()
    with kantor.store.reading() as queries:
        bodies = queries._unit.session.exec(
            select(OutboxRow.body).where(OutboxRow.kind == "message").order_by(OutboxRow.id)
        ).all()
    taken = {
        body["key"]: median(lambda b=body: words.say(b["key"], b["args"], b["rows"]), AGAIN)
        for body in bodies
    }
    middle = statistics.median(taken.values()) * 1e6
    yield Figure("a message worded, median of a collection", middle, "µs", at_most=100)
    longest = max(taken, key=taken.__getitem__)
    yield Figure(f"   the slowest ({longest})", taken[longest] * 1e6, "µs")


def clock(kantor: Kantor) -> Iterator[Figure]:
    calendar = kantor.setting.calendar
    taken = median(lambda: calendar.due(NOW, 1350), 5000)
    yield Figure("1,350 working minutes added", taken * 1e6, "µs", at_most=20)


def due(kantor: Kantor) -> Iterator[Figure]:
    """The scan for what is due among few and among a million open tasks."""
    few = _due_among(kantor, FEW)
    many = _due_among(kantor, MANY)
    with kantor.store.reading() as queries:
        plan = queries._unit.session.exec(
            text(
                "EXPLAIN QUERY PLAN SELECT perintah_id FROM tugas WHERE state = 'buka'"
                " AND next_at <= '2020' ORDER BY next_at, perintah_id"
            )
        ).all()
    yield Figure(f"what is due among {FEW:,} open tasks", few * 1e6, "µs")
    yield Figure(f"what is due among {MANY:,}", many * 1e6, "µs")
    yield Figure("ratio of the two", many / few, at_most=3)
    yield Figure("its plan names the index (1 = yes)", "ix_tugas_owed" in str(plan), at_least=1)


def _due_among(kantor: Kantor, count: int) -> float:
    later = (NOW + timedelta(days=400)).isoformat(timespec="microseconds")
    with kantor.store.transaction() as tx:
        tx._unit.session.exec(
            text(
                "WITH RECURSIVE n(i) AS"
                " (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
                " INSERT OR IGNORE INTO tugas (perintah_id, seq, act, role, unit, round,"
                " opened_at, state, next_at, reminded, finished_as, is_own_work, outcome, note,"
                " codes, row_notes, revision, grants, pauses, hindrance, wish)"
                " SELECT perintah_id, i, act, role, unit, round, opened_at, 'buka', :later,"
                " reminded, finished_as, is_own_work, outcome, note, codes, row_notes, revision,"
                " grants, pauses, hindrance, wish FROM n, (SELECT * FROM tugas WHERE seq = 1"
                " AND perintah_id = 1)"
            ),
            params={"last": 1000 + count, "later": later},
        )

    def scan() -> None:
        with kantor.store.reading() as queries:
            queries.orders.due(NOW - timedelta(days=400), 200)

    scan()
    return median(scan)
