"""However long an office works, no act reads a table that grows from end to end."""

from pathlib import Path

import pytest
from sqlalchemy import event

from tests import officials
from tests.kantor import Kantor

GROWING = (
    *("event", "inbox", "outbox", "slot", "tugas", "bagian"),
    *("data", "temuan", "dokumen", "berkas", "rendition"),
)
# Only open tugas stand in these, whatever else there is.
SMALL = ("ix_tugas_open", "ix_tugas_owed")


@pytest.fixture
def asked(tmp_path: Path):
    """Every statement of a collection with what was given to it, and the office."""
    kantor = Kantor.open(tmp_path)
    statements = {}

    def note(_conn, _cursor, statement, parameters, _context, is_many) -> None:
        statements.setdefault(statement, parameters[0] if is_many else parameters)

    for engine in (kantor.store._writing, kantor.store._reading):
        event.listen(engine, "before_cursor_execute", note)
    officials.collect(kantor)
    kantor.say("Wahyuni", "KBK-03 3.900")
    kantor.tick()
    for engine in (kantor.store._writing, kantor.store._reading):
        event.remove(engine, "before_cursor_execute", note)
    yield kantor, statements
    kantor.close()


def plan_of(kantor: Kantor, statement: str, parameters) -> list[str]:
    with kantor.store._reading.connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in found]


def test_no_statement_of_a_collection_goes_through_a_growing_table(asked) -> None:
    kantor, statements = asked
    scans = {
        statement: step
        for statement, parameters in statements.items()
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE")
        for step in plan_of(kantor, statement, parameters)
        if step.startswith(tuple(f"SCAN {table}" for table in GROWING))
        and not step.endswith(SMALL)
    }

    assert len(statements) > 30
    assert scans == {}


def test_what_is_due_is_found_by_its_index(asked) -> None:
    kantor, statements = asked
    due = next(s for s in statements if "tugas.next_at <= " in s and "ORDER BY" in s)

    assert any("ix_tugas_owed" in step for step in plan_of(kantor, due, statements[due]))
