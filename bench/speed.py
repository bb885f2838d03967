"""How fast the house is: each figure beside what it is measured against, in the same run."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlmodel import Session, select

from bench.figure import Figure, medians
from bot.wording import Wording
from flows.commands import Said
from flows.engine import decide
from storage.tables import MetaRow, OutboxRow, PersonRow
from tests import officials
from tests.kantor import Kantor

ROUNDS = 200
MANY, FEW = 1_000_000, 1_000
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def median(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Seconds of one round, the middle one of all."""
    return medians(rounds, work=work)["work"]


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        kantor = Kantor.open(Path(name))
        officials.collect(kantor)
        for measure in (deciding, transaction, wording, clock, due):
            yield from measure(kantor)
        kantor.close()
    yield from starting()


def deciding(kantor: Kantor) -> Iterator[Figure]:
    command = Said(kantor.origin("Marlina"), "/tugas")
    with kantor.store.transaction() as tx:
        view = tx.load(command, kantor.setting, kantor.now)
    alone = median(lambda: decide(view, command, kantor.now), 2000)
    yield Figure("a decision alone (/tugas)", alone * 1e6, "µs", at_most=50)


def transaction(kantor: Kantor) -> Iterator[Figure]:
    """Load, decide, apply, commit; beside it the same number of plain ORM statements."""
    statements: list[str] = []
    engine = kantor.store._writing

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    def act() -> None:
        command = Said(kantor.origin("Lestari"), "/tugas")
        with kantor.store.transaction() as tx:
            decision = decide(tx.load(command, kantor.setting, kantor.now), command, kantor.now)
            tx.apply(decision, command.origin.key, kantor.now)

    event.listen(engine, "before_cursor_execute", count)
    act()
    number = len(statements)
    event.remove(engine, "before_cursor_execute", count)
    taken = medians(ROUNDS, ours=act, plain=lambda: _plain(kantor, number))
    yield Figure("load, decide, apply, commit", taken["ours"] * 1e3, "ms")
    yield Figure("as many statements by plain ORM", taken["plain"] * 1e3, "ms")
    yield Figure("ratio of the two", taken["ours"] / taken["plain"], at_most=2)
    yield Figure("statements of it", number, at_most=12)


def _plain(kantor: Kantor, statements: int) -> None:
    with Session(kantor.store._writing) as session, session.begin():
        for number in range(statements - 2):
            session.exec(select(PersonRow).where(PersonRow.id == number % 14 + 1)).first()
        session.merge(MetaRow(key="bench", value=str(time.monotonic())))


def wording(kantor: Kantor) -> Iterator[Figure]:
    words = Wording()
    with kantor.store.reading() as queries:
        body = queries._session.exec(
            select(OutboxRow.body).where(OutboxRow.kind == "message").order_by(OutboxRow.id)
        ).all()[-1]
    args = (body["key"], body["args"], body["rows"])
    taken = median(lambda: words.say(*args), 2000)
    yield Figure(f"a message worded ({body['key']})", taken * 1e6, "µs", at_most=100)


def clock(kantor: Kantor) -> Iterator[Figure]:
    calendar = kantor.setting.calendar
    taken = median(lambda: calendar.due(NOW, 1350), 5000)
    yield Figure("1,350 working minutes added", taken * 1e6, "µs", at_most=20)


def due(kantor: Kantor) -> Iterator[Figure]:
    """The scan for what is due among few and among a million open tasks."""
    few = _due_among(kantor, FEW)
    many = _due_among(kantor, MANY)
    with kantor.store.reading() as queries:
        plan = queries._session.exec(
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
        tx._session.exec(
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
            queries.due(NOW - timedelta(days=400), 200)

    scan()
    return median(scan)


def starting() -> Iterator[Figure]:
    libraries = "import telegram, sqlmodel, pydantic_settings, yaml, jinja2, apscheduler"
    taken = medians(5, bare=lambda: _python(libraries), whole=lambda: _python("import bot.app"))
    yield Figure("the libraries imported, nothing else", taken["bare"] * 1e3, "ms")
    yield Figure("the bot imported", taken["whole"] * 1e3, "ms")
    yield Figure("ratio of the two", taken["whole"] / taken["bare"], at_most=2.5)


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)
