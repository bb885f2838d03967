"""What a proof covers, and when rows get theirs."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from flows.model.changes import Decision
from flows.model.events import Event
from storage.record.proofs import COVERED, proof_of
from storage.rows.tables import PersonRow
from storage.store import Store
from tests.storage.world import KADIS, NOW, bind, full_perintah, perintah, take_staff

KEY = b"k" * 32
TUGAS = {"perintah_id": 7, "seq": 1, "state": "selesai", "finished_by": 2, "salt": "ab"}


def rows(path: Path, statement: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path / "sigap.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(statement)]


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({}, True),
        ({"next_at": "2026-11-24", "revision": 3}, True),
        ({"a_later_column": None, "another": "[]", "a_flag": 0}, True),
        ({"finished_by": 3}, False),
        ({"finished_by": None}, False),
        ({"salt": "cd"}, False),
        ({"another": 1}, False),
    ],
)
def test_a_proof_covers_all_but_moments_of_handling_and_empty_columns(
    change: dict[str, Any], is_same: bool
) -> None:
    made, now = (proof_of(KEY, "tugas 7/1", row) for row in (TUGAS, {**TUGAS, **change}))

    assert (made == now) is is_same


def test_a_proof_is_of_its_row_and_of_its_key() -> None:
    made = proof_of(KEY, "tugas 7/1", TUGAS)

    assert made != proof_of(KEY, "tugas 7/2", TUGAS)
    assert made != proof_of(b"x" * 32, "tugas 7/1", TUGAS)


def test_every_covered_table_has_a_salt_and_every_salt_a_covered_table() -> None:
    with_salt = {t.name for t in SQLModel.metadata.sorted_tables if "salt" in t.columns}

    assert with_salt == set(COVERED)


def test_every_row_of_a_new_perintah_is_proven_in_its_first_entry(
    tmp_path: Path, staffed: Store
) -> None:
    with staffed.transaction() as tx:
        issued = Event("PerintahIssued", 7, person_id=KADIS)
        tx.apply(Decision(perintah=(full_perintah(),), events=(issued,)), "k", NOW)

    [entry] = rows(tmp_path, "SELECT body FROM event WHERE chain = 'p7'")
    body = json.loads(entry["body"])
    assert body["is_covered"] is True
    assert sorted(body["rows"]) == [
        "bagian 7/DAL/4", "data 7/DAL/1", "dokumen 7/1", "perintah 7", "temuan 7/1",
        "tugas 7/1", "tugas 7/2",
    ]  # fmt: skip


def test_without_a_key_no_row_is_salted(tmp_path: Path) -> None:
    keyless = Store(f"sqlite:///{tmp_path}/sigap.db", tmp_path, None)
    keyless.migrate()
    take_staff(keyless)
    bind(keyless, KADIS)
    with keyless.transaction() as tx:
        tx.apply(Decision(perintah=(perintah(),)), "k", NOW)
    keyless.close()

    assert {row["salt"] for row in rows(tmp_path, "SELECT salt FROM person")} == {None}
    assert [
        row for row in rows(tmp_path, "SELECT body FROM event") if '"rows"' in row["body"]
    ] == []


def test_rows_written_without_an_event_are_a_fault(tmp_path: Path, staffed: Store) -> None:
    with (
        pytest.raises(RuntimeError, match="without an event"),
        staffed.transaction() as tx,
    ):
        tx._unit.session.get_one(PersonRow, KADIS).nama = "Orang Lain"

    assert rows(tmp_path, "SELECT * FROM person WHERE nama = 'Orang Lain'") == []
