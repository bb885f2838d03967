import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

from storage.faults import StoreBroken, StoreTooNew, remedy
from storage.maintenance.migrating import PACKAGED, migrate
from storage.store import Store
from tests.rows import dump
from tests.storage.world import take_staff


def shape(path: Path) -> dict[str, Any]:
    """Every table as SQLite sees it: columns, keys, checks, indexes."""
    inspector = inspect(create_engine(f"sqlite:///{path}"))
    return {
        name: (
            {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)},
            inspector.get_pk_constraint(name)["constrained_columns"],
            sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in inspector.get_foreign_keys(name)
            ),
            sorted(
                (c["name"], c["sqltext"].replace("\n", ""))
                for c in inspector.get_check_constraints(name)
            ),
            sorted(u["column_names"] for u in inspector.get_unique_constraints(name)),
            sorted(
                (i["name"], i["column_names"], str(i["dialect_options"].get("sqlite_where")))
                for i in inspector.get_indexes(name)
            ),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def test_the_migrated_schema_is_that_of_the_tables(tmp_path: Path, store: Store) -> None:
    made = create_engine(f"sqlite:///{tmp_path}/made.db")
    SQLModel.metadata.create_all(made)

    assert shape(tmp_path / "sigap.db") == shape(tmp_path / "made.db")
    with create_engine(f"sqlite:///{tmp_path}/sigap.db").connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_fact_that_is_remembered_has_its_watchmen(tmp_path: Path, store: Store) -> None:
    """A later migration that makes one of these tables anew must make its triggers anew."""
    office = ("person", "penugasan", "chat_group", "local_day", "invite", "indicator")
    watched = (*office, "permohonan", "outage", "perintah", "data")
    words = ("delete", "insert", "update")
    expected = {f"mark_{table}_{word}" for table in watched for word in words}

    with closing(sqlite3.connect(tmp_path / "sigap.db")) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {name for (name,) in found}

    assert expected | {"mark_meta_insert", "mark_meta_update"} <= names


def test_a_second_migration_changes_nothing_and_copies_nothing(
    tmp_path: Path, store: Store
) -> None:
    take_staff(store)
    with store.reading() as queries:
        before = dump(queries)

    store.migrate()

    with store.reading() as queries:
        assert dump(queries) == before
    assert not (tmp_path / "backups").exists()


HEAD = max(path.name[:4] for path in (PACKAGED / "versions").glob("[0-9]*.py"))
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "{head}"

def upgrade():
    op.add_column("person", sa.Column("telepon", sa.String()))
    {further}
"""


def migrate_further(tmp_path: Path, store: Store, further: str = "") -> None:
    folder = tmp_path / "persen % dan spasi"
    shutil.copytree(PACKAGED, folder)
    (folder / "versions" / "0002_next.py").write_text(SECOND.format(head=HEAD, further=further))
    migrate(store._writing, store._reading, tmp_path / "backups", folder)


def people(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM person ORDER BY id")]


def test_an_older_database_is_copied_before_it_becomes_the_newest(
    tmp_path: Path, store: Store
) -> None:
    take_staff(store)

    migrate_further(tmp_path, store)

    [backup] = (tmp_path / "backups").iterdir()
    assert "telepon" not in people(backup)[0]
    assert [{**row, "telepon": None} for row in people(backup)] == people(tmp_path / "sigap.db")


def test_a_migration_that_fails_leaves_the_older_database(tmp_path: Path, store: Store) -> None:
    take_staff(store)
    before = people(tmp_path / "sigap.db")

    with pytest.raises(ZeroDivisionError):
        migrate_further(tmp_path, store, further="1 / 0")

    assert people(tmp_path / "sigap.db") == before
    store.migrate()


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "sigap.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE alembic_version (version_num VARCHAR(32));"
        "INSERT INTO alembic_version VALUES ('9999'); CREATE TABLE tugas (x);"
    )
    connection.close()
    before = path.read_bytes()
    store = Store(f"sqlite:///{path}", tmp_path, None)

    with pytest.raises(StoreTooNew, match="'9999'"):
        store.migrate()

    store.close()
    assert path.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["sigap.db"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"bukan basis data" * 100, "not a database"), (b"PK\x03\x04", "not a database")],
)
def test_what_is_no_database_is_refused_untouched(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "sigap.db"
    path.write_bytes(content)
    store = Store(f"sqlite:///{path}", tmp_path, None)

    with pytest.raises(StoreBroken, match=reason):
        store.migrate()

    store.close()
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "sigap.db")
    connection.execute("CREATE TABLE lain (x)")
    connection.close()
    store = Store(f"sqlite:///{tmp_path}/sigap.db", tmp_path, None)

    with pytest.raises(StoreBroken, match="not one of this program"):
        store.migrate()

    store.close()


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        ("attempt to write a readonly database", "may write"),
        ("database is locked", "another program"),
        ("database or disk is full", "make room"),
        ("disk I/O error", "make room"),
        ("unable to open database file", "may write"),
        ("database disk image is malformed", "restore a backup"),
        ("file is not a database", "restore a backup"),
    ],
)
def test_what_is_to_be_done_depends_on_the_fault(said: str, todo: str) -> None:
    """A backup is restored only where the database itself is lost."""
    assert todo in remedy(said)


def test_a_damaged_database_is_refused(tmp_path: Path, store: Store) -> None:
    take_staff(store)
    store.close()
    path = tmp_path / "sigap.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 8] = b"\xff" * (4096 * 5)
    path.write_bytes(bytes(content))
    store = Store(f"sqlite:///{path}", tmp_path, None)

    with pytest.raises(StoreBroken, match="restore a backup"):
        store.migrate()

    store.close()
