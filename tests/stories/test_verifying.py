"""What somebody changes in the database by hand is found and named."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.operations.admin import forget
from bot.operations.verify import audit
from storage.record.proofs import proof_of
from tests import officials
from tests.conftest import Stage
from tests.kantor import Kantor
from tests.officials import KASUBAG

CHANGES = {
    'UPDATE data SET rows = replace(rows, \'"$decimal":"\', \'"$decimal":"1\')'
    " WHERE unit = 'DAL'": "row data 1/DAL/1 was changed",
    "UPDATE bagian SET rows = '[]' WHERE unit = 'DAL'": "row bagian 1/DAL/9 was changed",
    "UPDATE tugas SET finished_by = 2 WHERE seq = 38": (
        "row tugas 1/38 was changed: finished_by is 2, the record says 1"
    ),
    "UPDATE tugas SET finished_as = 'Plt' WHERE seq = 38": (
        "row tugas 1/38 was changed: finished_as is 'Plt', the record says 'definitif'"
    ),
    "UPDATE tugas SET note = 'lain' WHERE seq = 3": "row tugas 1/3 was changed",
    "UPDATE perintah SET arahan = 'lain'": "row perintah 1 was changed",
    "UPDATE perintah SET issued_by = 2": (
        "row perintah 1 was changed: issued_by is 2, the record says 1"
    ),
    "UPDATE perintah SET period = '2026-TW2'": (
        "row perintah 1 was changed: period is '2026-TW2', the record says '2026-TW3'"
    ),
    "UPDATE perintah SET salt = NULL": "row perintah 1 was changed",
    "UPDATE dokumen SET is_superseded = 1 - is_superseded WHERE seq = 1": (
        "row dokumen 1/1 was changed"
    ),
    "UPDATE dokumen SET data = json_set(data, '$.pengesahan.tanda_tangan.nama', 'Lain')"
    " WHERE kind = 'rekap'": "row dokumen 1/",
    "UPDATE berkas SET kode = 'DAL-01' WHERE id = 1": "row berkas 1 was changed",
    "UPDATE person SET nip = '1' WHERE id = 3": "row person 3 was changed",
    "UPDATE person SET user_id = 9 WHERE id = 3": "row person 3 was changed",
    "UPDATE penugasan SET person_id = 3 WHERE id = 1": "row penugasan 1 was changed",
    "UPDATE indicator SET arah = 'lain' WHERE kode = 'DAL-01'": "row indicator 2026/DAL-01 was",
    "DELETE FROM data WHERE unit = 'DAL'": "row data 1/DAL/1 is gone",
    "DELETE FROM indicator WHERE kode = 'DAL-01'": "row indicator 2026/DAL-01 is gone",
    "INSERT INTO temuan SELECT 1, 9, 'DAL', 'DAL-01', 'x', '', '', '', '', '[]', '', NULL": (
        "row temuan 1/9: no entry proves it"
    ),
}


@pytest.fixture
def signed(stage: Stage) -> Kantor:
    return stage("signed")


def by_hand(kantor: Kantor, *statements: str) -> None:
    with closing(sqlite3.connect(kantor.folder / "sigap.db")) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount
        connection.commit()


def found(kantor: Kantor) -> list[str]:
    """The breaks but for the files, which the officials of the stories do not really send."""
    return [line for line in audit(kantor.store).breaks if not line.startswith("file of")]


def test_nothing_is_found_in_an_honest_office(signed: Kantor) -> None:
    assert found(signed) == []
    assert "not covered" not in " ".join(audit(signed.store).told)


@pytest.mark.parametrize("statement", CHANGES)
def test_a_row_changed_by_hand_is_named(signed: Kantor, statement: str) -> None:
    by_hand(signed, statement)

    assert CHANGES[statement] in " ".join(found(signed))


def test_rows_taken_in_anew_after_a_change_are_found(signed: Kantor) -> None:
    by_hand(
        signed,
        "UPDATE perintah SET arahan = 'lain', salt = NULL",
        "UPDATE chain SET is_covered = 0 WHERE chain = 'p1'",
    )

    signed.say(KASUBAG, "/arsip 1")

    assert any("the rows were taken in anew" in line for line in found(signed))


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE perintah SET arahan = 'lain' WHERE id = 1", "perintah 1"),
        ("UPDATE tugas SET note = 'lain' WHERE seq = 38", "tugas 1/38"),
        (
            "INSERT INTO temuan SELECT 1, 9, 'DAL', 'DAL-01', 'x', '', '', '', '', '[]', '', NULL",
            "temuan 1/9",
        ),
    ],
)
def test_a_change_is_told_although_the_row_was_written_and_proven_anew_later(
    stage: Stage, tmp_path: Path, statement: str, row: str
) -> None:
    """The bot had been started anew, so it read the row as it was changed."""
    kantor = stage("closing")
    by_hand(kantor, statement)
    started_anew = kantor.branch(tmp_path / "anew")

    officials.sign(started_anew)
    breaks = found(started_anew)
    started_anew.close()

    assert any(line.endswith(f"row {row} had been changed before this entry") for line in breaks)


def test_a_changed_person_is_told_although_the_staff_list_wrote_him_anew(signed: Kantor) -> None:
    by_hand(signed, "UPDATE person SET user_id = 9 WHERE id = 9")
    with signed.store.transaction() as tx:
        roster = tx.office.roster()
        people = {person.id: person for person in roster.people}
        rows = [(people[p.person_id], p) for p in roster.penugasan if p.is_listed]
        rows = [(replace(p, pangkat="Pembina") if p.id == 9 else p, post) for p, post in rows]
        tx.people.take_staff(rows, signed.now)

    assert [line.partition(": ")[2] for line in found(signed)] == [
        "row person 9 had been changed before this entry"
    ]


def test_every_act_of_a_collection_and_its_correction_is_proven(stage: Stage) -> None:
    kantor = stage("before_signing")
    officials.sign(kantor)

    assert found(kantor) == []


def test_a_forgotten_person_is_told_as_removed_and_not_as_changed(signed: Kantor) -> None:
    with closing(sqlite3.connect(signed.folder / "sigap.db")) as connection:
        nip, salt = connection.execute("SELECT nip, salt FROM person WHERE id = 9").fetchone()
    leave(signed, 9)
    list(forget(signed.store, nip, signed.now))

    told = audit(signed.store).told
    with closing(sqlite3.connect(signed.folder / "sigap.db")) as connection:
        connection.row_factory = sqlite3.Row
        [left] = connection.execute("SELECT * FROM person WHERE id = 9").fetchall()
    assert found(signed) == []
    assert "person 9: removed (dihapus), not changed" in told
    assert salt
    assert left["salt"] is None
    assert salt not in list(left)
    by_hand(signed, f"UPDATE person SET nip = '{nip}' WHERE id = 9")
    assert "row person 9 was removed and has a value again" in found(signed)[0]


def leave(kantor: Kantor, person_id: int) -> None:
    """His posts end, by a staff list that does not name him."""
    with kantor.store.transaction() as tx:
        roster = tx.office.roster()
        people = {person.id: person for person in roster.people}
        posts = [post for post in roster.penugasan if post.is_listed]
        rows = [(people[p.person_id], p) for p in posts if p.person_id != person_id]
        tx.people.take_staff(rows, kantor.now)


def test_the_record_holds_no_hash_that_could_be_guessed(signed: Kantor) -> None:
    """Two rows of one content have different proofs, and none without its salt."""
    key = bytes.fromhex((signed.folder / "audit.key").read_text().strip())
    with signed.store.reading() as queries:
        entries = queries.record.raw_entries("p1")
    rows = {}
    for entry in entries:
        rows |= json.loads(entry.body).get("rows", {})
    with closing(sqlite3.connect(signed.folder / "sigap.db")) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM data WHERE unit = 'DAL'").fetchone())
    assert rows["data 1/DAL/1"] == proof_of(key, "data 1/DAL/1", row)
    assert rows["data 1/DAL/1"] != proof_of(key, "data 1/DAL/1", {**row, "salt": None})
