"""A backup is complete and checked; a restore is all or nothing and overwrites nothing."""

import errno
import gzip
import hashlib
import io
import json
import random
import shutil
import sqlite3
import tarfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.model.changes import Decision
from flows.model.messages import Message
from storage.maintenance.backup import (
    BackupFailed,
    RestoreRefused,
    back_up,
    backup_name,
    backups,
    restore,
    spare,
)
from storage.store import Store
from tests.rows import depths, dump

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "house"


@pytest.fixture
def resources(place: Path) -> Store:
    store = Store(f"sqlite:///{place / 'sigap.db'}", place, None)
    store.migrate()
    return store


def fill(store: Store, count: int = 3) -> None:
    with store.transaction() as tx:
        words = tuple(Message("x", f"c{number}") for number in range(1, count + 1))
        tx.apply(Decision(out=words), "k", NOW)
    store.files.keep(b"rekap")
    store.files.keep(b"bukti")


def made(place: Path, name: str = "a.tar.gz") -> Path:
    return back_up(place / "sigap.db", place, place / "backups" / name, NOW).path


def test_what_is_backed_up_comes_back(resources: Store, place: Path, tmp_path: Path) -> None:
    fill(resources)
    archive = made(place)
    other = tmp_path / "other"

    restored = restore(archive, other / "sigap.db", other, NOW)

    back = Store(f"sqlite:///{other / 'sigap.db'}", other, None)
    with resources.reading() as before, back.reading() as after:
        assert dump(after) == dump(before)
        assert after.office.meta("restored") is not None
    names = [path.read_bytes() for path in sorted((other / "files").rglob("*")) if path.is_file()]
    assert sorted(names) == [b"bukti", b"rekap"]
    assert (restored.files, restored.made_at) == (2, NOW)


def test_rows_still_in_the_log_of_the_database_are_in_the_backup(
    resources: Store, place: Path, tmp_path: Path
) -> None:
    """A copied file would hold none of them."""
    fill(resources)
    copied = tmp_path / "copied.db"
    shutil.copy(place / "sigap.db", copied)

    restore(made(place), tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)

    assert counted(tmp_path / "r" / "sigap.db") == 3
    assert counted(copied) < 3


def counted(database: Path) -> int:
    connection = sqlite3.connect(database)
    try:
        count: int = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
        return count
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_a_backup_is_one_moment_while_others_write(
    resources: Store, place: Path, tmp_path: Path
) -> None:
    fill(resources)
    with resources.transaction() as tx:
        tx.office.set_meta("half", "done")
        archive = made(place)

    restore(archive, tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)

    back = Store(f"sqlite:///{tmp_path / 'r' / 'sigap.db'}", tmp_path / "r", None)
    with back.reading() as queries:
        assert queries.office.meta("half") is None


def test_what_may_have_been_sent_since_is_uncertain(
    resources: Store, place: Path, tmp_path: Path
) -> None:
    fill(resources)

    restored = restore(made(place), tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)

    back = Store(f"sqlite:///{tmp_path / 'r' / 'sigap.db'}", tmp_path / "r", None)
    with back.reading() as queries:
        assert depths(queries)["outbox"] == {"uncertain": 3}
    assert restored.doubtful == 3


def test_a_restore_overwrites_nothing(resources: Store, place: Path) -> None:
    fill(resources)
    archive = made(place)
    before = (place / "sigap.db").read_bytes()

    with pytest.raises(RestoreRefused, match="empty place"):
        restore(archive, place / "sigap.db", place, NOW)

    assert (place / "sigap.db").read_bytes() == before


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_a_log_left_by_a_killed_bot_is_not_taken_into_the_restored_database(
    resources: Store, place: Path, tmp_path: Path, left: str
) -> None:
    """SQLite would play it into the file that stands there now."""
    archive, other = made(place), tmp_path / "other"
    other.mkdir()
    (other / f"sigap.db{left}").write_bytes(b"of the database that was moved away")

    with pytest.raises(RestoreRefused, match=f"sigap.db{left} exists"):
        restore(archive, other / "sigap.db", other, NOW)

    assert [path.name for path in other.iterdir()] == [f"sigap.db{left}"]


def test_the_database_may_stand_on_another_disk_than_the_files(
    resources: Store, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(resources)
    archive = made(place)
    rename = Path.rename

    def within_a_disk(source: Path, target: Path) -> Path:
        if (tmp_path / "disk" in source.parents) != (tmp_path / "disk" in target.parents):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", within_a_disk)
    restore(archive, tmp_path / "disk" / "sigap.db", tmp_path / "files", NOW)

    assert counted(tmp_path / "disk" / "sigap.db") == 3
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["sigap.db"]
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["files"]


DATABASE = {"sha256": hashlib.sha256(b"").hexdigest(), "size": 0}


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        {"content": {}},
        {"made_at": "2026-11-24T01:00:00+00:00", "content": {}},
        {"made_at": "2026-11-24T01:00:00+00:00", "content": {"sigap.db": "x"}},
        {"made_at": "kemarin", "content": {"sigap.db": DATABASE}},
        {"made_at": "2026-11-24T01:00:00+00:00", "content": {"sigap.db": DATABASE}},
    ],
)
def test_an_archive_of_another_make_is_refused(tmp_path: Path, manifest: Any) -> None:
    """The last one holds an empty database, which SQLite finds sound."""
    forged, told = tmp_path / "forged.tar.gz", json.dumps(manifest).encode()
    with tarfile.open(forged, "w:gz") as tar:
        for name, content in (("manifest.json", told), ("sigap.db", b"")):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))

    with pytest.raises(RestoreRefused, match="forged"):
        restore(forged, tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)

    assert list((tmp_path / "r").iterdir()) == []


def _holds_the_same(damaged: bytes, whole: bytes) -> bool:
    try:
        return gzip.decompress(damaged) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


def test_wherever_a_backup_is_damaged_it_is_refused_with_what_to_do(
    resources: Store, place: Path, tmp_path: Path
) -> None:
    """Some bits break the compression itself, in the middle of a file."""
    fill(resources)
    whole, other, chance = made(place).read_bytes(), tmp_path / "other", random.Random(1)
    broken = tmp_path / "broken.tar.gz"
    for _ in range(150):
        content = bytearray(whole)
        content[chance.randrange(40, len(content))] ^= 1 << chance.randrange(8)
        if _holds_the_same(content, whole):
            continue  # one of the few bits that fill up the last byte and mean nothing
        broken.write_bytes(content)
        with pytest.raises(RestoreRefused, match="another copy"):
            restore(broken, other / "sigap.db", other, NOW)

    assert list(other.iterdir()) == []


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_damaged_backup_restores_nothing(
    resources: Store, place: Path, tmp_path: Path, at: float
) -> None:
    fill(resources)
    archive = made(place)
    content = bytearray(archive.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    archive.write_bytes(content)
    other = tmp_path / "other"

    with pytest.raises(RestoreRefused):
        restore(archive, other / "sigap.db", other, NOW)

    assert list(other.iterdir()) == []


def test_a_file_that_is_missing_from_it_is_noticed(
    resources: Store, place: Path, tmp_path: Path
) -> None:
    fill(resources)
    archive, short = made(place), tmp_path / "short.tar.gz"
    with tarfile.open(archive) as full, tarfile.open(short, "w:gz") as cut:
        for member in full.getmembers()[:-1]:
            cut.addfile(member, full.extractfile(member))

    with pytest.raises(RestoreRefused, match="missing"):
        restore(short, tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)


def test_a_name_that_points_elsewhere_is_refused(
    tmp_path: Path, resources: Store, place: Path
) -> None:
    archive, evil = made(place), tmp_path / "evil.tar.gz"
    with tarfile.open(archive) as good, tarfile.open(evil, "w:gz") as bad:
        for member in good.getmembers():
            content = good.extractfile(member)
            if member.name == "sigap.db":
                member.name = "../../sigap.db"
            bad.addfile(member, content)

    with pytest.raises(RestoreRefused, match="does not belong"):
        restore(evil, tmp_path / "r" / "sigap.db", tmp_path / "r", NOW)


def test_a_damaged_file_is_told_and_the_rest_is_saved(resources: Store, place: Path) -> None:
    fill(resources)
    path = resources.files.path(resources.files.keep(b"rekap"))
    path.write_bytes(b"rusak")

    backup = back_up(place / "sigap.db", place, place / "backups" / "a.tar.gz", NOW)

    assert backup.damaged == (f"files/{path.parent.name}/{path.name}",)
    assert backup.files == 2


def test_a_backup_that_fails_leaves_nothing_behind(resources: Store, place: Path) -> None:
    target = place / "backups"
    target.write_text("no folder")

    with pytest.raises(BackupFailed):
        made(place)

    assert target.read_text() == "no folder"


def test_days_weeks_and_months_are_kept(tmp_path: Path) -> None:
    first = datetime(2026, 1, 1, 7, 30, tzinfo=UTC)
    names = [backup_name(first + timedelta(days=day)) for day in range(365)]
    for name in (*names, "before-migration-0001-1.db", "notes.txt"):
        (tmp_path / name).touch()

    for path in spare(backups(tmp_path), days=7, weeks=4, months=12):
        path.unlink()

    left = [path.name for path in backups(tmp_path)]
    assert left[-7:] == names[-7:]
    assert len(left) == 7 + 2 + 11
    assert (tmp_path / "notes.txt").exists()
