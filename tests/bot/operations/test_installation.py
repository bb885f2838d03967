"""What is missing at start: each command against each state, told in one line."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.operations.guard import held
from bot.operations.installation import State, StateRefused, look
from bot.runtime.config import Settings
from storage.store import Store
from tests.bot.operations.test_cli import INDICATORS, STAFF, call, people, place
from tests.bot.rooms import ROOT, TOKEN, Street

__all__ = ["place"]  # a fixture, for every test here

MAKING: tuple[tuple[str | Path, ...], ...] = (("staff", STAFF), ("migrate",))
OTHERS: tuple[tuple[str | Path, ...], ...] = (
    ("indicators", INDICATORS, "--year", "2026"),
    ("invite",),
    ("backup",),
    ("verify",),
    ("forget", "197001011990011001"),
)
NO_DATABASE = "python -m bot restore BACKUP"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def state(place: Path) -> State:
    database = f"sqlite:///{place / 'sigap.db'}"
    return look(Settings.read(_env_file=None, data_dir=place, database_url=database)).state


def told(place: Path, *words: str | Path) -> str:
    """The one line that refuses; nothing has changed."""
    before = names(place)
    result = call(*words)
    [line] = result.stderr.splitlines()
    assert result.exit_code == 1
    assert names(place) == before
    return line


def run(place: Path, street: Street) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, "TELEGRAM_API_URL": street.url, "TELEGRAM_BOT_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def unchecked(place: Path) -> list[str]:
    """The fatal lines of `check` but for the token, which is not set here."""
    lines = call("check").stdout.splitlines()
    return [line for line in lines if line.startswith("FAIL") and " token: " not in line]


@pytest.fixture
def office(place: Path) -> Path:
    """With people, a stored file and a backup."""
    assert call("staff", STAFF).exit_code == 0
    Store(f"sqlite:///{place / 'sigap.db'}", place, None).files.keep(b"rekap")
    assert call("backup").exit_code == 0
    return place


def lose_database(place: Path) -> None:
    for path in place.glob("sigap.db*"):
        path.unlink()


@pytest.mark.parametrize("words", OTHERS)
def test_in_an_empty_place_no_database_is_made(place: Path, words: tuple[str | Path, ...]) -> None:
    assert told(place, *words).startswith(f"{place / 'sigap.db'} does not exist; make it with")
    assert names(place) == set()
    assert unchecked(place) == []


@pytest.mark.parametrize("words", MAKING)
def test_a_database_is_made_together_with_its_key(
    place: Path, words: tuple[str | Path, ...]
) -> None:
    assert call(*words).exit_code == 0
    assert {"sigap.db", "audit.key"} <= names(place)


def test_a_key_that_was_laid_there_beforehand_is_taken(place: Path) -> None:
    (place / "audit.key").write_text("ab" * 32 + "\n", "ascii")

    assert call("staff", STAFF).exit_code == 0

    assert (place / "audit.key").read_text("ascii") == "ab" * 32 + "\n"
    assert state(place) is State.READY


def test_an_empty_database_that_has_no_key_gets_one(place: Path) -> None:
    """Nothing is sealed in it; nobody is in it."""
    call("migrate")
    (place / "audit.key").unlink()
    assert "the audit key is missing" in told(place, "invite")

    assert call("staff", STAFF).exit_code == 0
    assert call("verify").exit_code == 0
    assert state(place) is State.READY


@pytest.mark.parametrize("left", ["files", "sheets", "backups"])
@pytest.mark.parametrize("words", [*MAKING, *OTHERS])
def test_no_office_is_begun_beside_what_is_left_of_another(
    place: Path, words: tuple[str | Path, ...], left: str
) -> None:
    (place / left / "ab").mkdir(parents=True)

    line = told(place, *words)

    assert line.startswith(f"{place / 'sigap.db'} is missing, but {place / left} of an office")
    assert NO_DATABASE in line
    assert any("FAIL database: " in line and NO_DATABASE in line for line in unchecked(place))


def test_the_bot_begins_no_office_beside_what_is_left_of_another(
    place: Path, street: Street
) -> None:
    (place / "files" / "ab").mkdir(parents=True)

    ended = run(place, street)

    assert (ended.returncode, ended.stdout) == (1, "")
    [line] = ended.stderr.splitlines()
    assert NO_DATABASE in line
    assert not (place / "sigap.db").exists()


def test_a_lost_database_is_restored_where_its_files_are(office: Path) -> None:
    [archive] = (office / "backups").iterdir()
    [stored] = [path for path in (office / "files").rglob("*") if path.is_file()]
    stored.write_bytes(b"rusak")
    lose_database(office)
    assert state(office) is State.MISSING

    result = call("restore", archive)

    assert result.exit_code == 0, result.output
    assert "the record is whole" in result.stdout
    assert people(office) == 14
    assert stored.read_bytes() == b"rekap"
    assert stored.with_name(f"{stored.name}.before-restore-1").read_bytes() == b"rusak"
    assert call("verify").exit_code == 0


def test_a_lost_database_that_left_its_log_is_told_with_what_to_do(office: Path) -> None:
    [archive] = (office / "backups").iterdir()
    (office / "sigap.db").unlink()
    log = office / "sigap.db-wal"
    log.write_bytes(b"rows")

    refused = call("restore", archive)

    assert "move " + str(log) in told(office, "staff", STAFF)
    assert refused.exit_code == 2
    assert f"move {log} away and restore a backup" in refused.stderr
    log.unlink()
    assert call("restore", archive).exit_code == 0


def test_a_backup_is_restored_over_a_database_without_people(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a start with a wrong DATA_DIR leaves it: with an invitation for the admin."""
    [archive] = (office / "backups").iterdir()
    other = tmp_path / "lain"
    monkeypatch.setenv("DATA_DIR", str(other))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{other / 'sigap.db'}")
    call("migrate")
    call("invite", "--admin", "Admin")
    shutil.copy(office / "audit.key", other / "audit.key")
    assert state(other) is State.KEY_OTHER

    result = call("restore", archive)

    assert result.exit_code == 0, result.output
    assert "the record is whole\n" in result.stdout
    assert people(other) == 14
    assert (other / "sigap.db.before-restore-1").exists()


def test_no_backup_is_restored_over_people(office: Path) -> None:
    [archive] = (office / "backups").iterdir()
    before = (office / "sigap.db").read_bytes()

    result = call("restore", archive)

    assert result.exit_code == 2
    assert "restore into an empty place" in result.stderr
    assert (office / "sigap.db").read_bytes() == before


def test_no_backup_is_restored_while_the_bot_works(place: Path) -> None:
    call("migrate")
    call("backup", place / "aman.tar.gz")

    with held(place / "sigap.db"):
        result = call("restore", place / "aman.tar.gz")

    assert result.exit_code == 2
    assert "another bot works with this database" in result.stderr


WRITING = [
    ("staff", STAFF),
    ("migrate",),
    ("indicators", INDICATORS, "--year", "2026"),
    ("invite",),
    ("forget", "197001011990011001"),
]


@pytest.mark.parametrize("words", WRITING)
def test_a_lost_key_is_not_replaced(office: Path, words: tuple[str | Path, ...]) -> None:
    (office / "audit.key").unlink()

    line = told(office, *words)

    assert line.startswith(f"{office / 'audit.key'}: the audit key is missing; put the office's")
    assert any(line.startswith("FAIL audit key: ") for line in unchecked(office))


def test_the_bot_replaces_no_lost_key(office: Path, street: Street) -> None:
    (office / "audit.key").unlink()

    ended = run(office, street)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "the audit key is missing" in ended.stderr
    assert not (office / "audit.key").exists()


@pytest.mark.parametrize("words", WRITING)
def test_nothing_is_sealed_with_another_key(office: Path, words: tuple[str | Path, ...]) -> None:
    (office / "audit.key").write_text("cd" * 32 + "\n", "ascii")

    line = told(office, *words)

    assert "not the audit key that the record was sealed with; put the office's key back" in line
    assert any(line.startswith("FAIL audit key: ") for line in unchecked(office))


def test_without_the_key_or_with_another_a_backup_is_made_and_the_record_verified(
    office: Path,
) -> None:
    (office / "audit.key").write_text("cd" * 32 + "\n", "ascii")
    assert call("backup", office / "satu.tar.gz").exit_code == 0
    other = call("verify")
    (office / "audit.key").unlink()
    assert call("backup", office / "dua.tar.gz").exit_code == 0
    missing = call("verify")

    assert other.exit_code == 1
    assert "the seal is not ours" in other.stderr
    assert missing.exit_code == 1
    assert "no audit key here: hashes were checked, seals and rows were not" in missing.stdout
    assert not (office / "audit.key").exists()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE lain (x)")
    connection.close()


def damaged(path: Path) -> None:
    path.write_bytes(b"bukan basis data" * 100)


@pytest.mark.parametrize("words", [*MAKING, *OTHERS])
@pytest.mark.parametrize(
    ("harm", "todo"),
    [
        (newer, "install the version that made it"),
        (foreign, "not one of this program; set DATABASE_URL to the office's own"),
        (damaged, "restore a backup"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_by_every_command(
    place: Path, words: tuple[str | Path, ...], harm: Callable[[Path], None], todo: str
) -> None:
    call("migrate")
    harm(place / "sigap.db")

    assert todo in told(place, *words)
    [line] = unchecked(place)
    assert line.startswith("FAIL database: ")
    assert todo.split("; ")[-1] in line


def test_a_database_of_an_earlier_version_is_not_verified_but_migrated(place: Path) -> None:
    call("migrate")
    with sqlite3.connect(place / "sigap.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0095'")
    connection.close()

    assert told(place, "verify").endswith("of an earlier version; run: python -m bot migrate")
    assert unchecked(place) == []


@pytest.mark.parametrize("words", [*MAKING, *OTHERS])
def test_a_folder_that_may_not_be_written_to_is_told_by_every_command(
    place: Path, words: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("migrate")
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)

    line = told(place, *words)

    assert line.startswith(f"{place} may not be written to; run this as the bot's own user")
    assert any(line.startswith("FAIL data folder: ") for line in unchecked(place))


@pytest.fixture
def working(place: Path, street: Street) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, "TELEGRAM_API_URL": street.url, "TELEGRAM_BOT_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "connected" in process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def test_a_second_bot_on_the_same_database_ends_and_hinders_nobody(
    place: Path, street: Street, working: subprocess.Popen[str]
) -> None:
    second = run(place, street)

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.splitlines() == [
        f"{place / 'sigap.db'}: another bot works with this database; end that one first"
    ]
    for words in (("staff", STAFF), ("invite",), ("backup",), ("verify",), ("migrate",)):
        assert call(*words).exit_code == 0, words
    assert working.poll() is None


def test_a_killed_bot_leaves_no_lock(place: Path, working: subprocess.Popen[str]) -> None:
    with pytest.raises(StateRefused), held(place / "sigap.db"):
        pass
    working.kill()
    working.wait(120)

    with held(place / "sigap.db"):
        assert (place / "sigap.db.lock").exists()


@pytest.mark.parametrize("lost", ["database", "exchanged", "folder"])
def test_a_bot_whose_database_or_folder_is_gone_ends(
    place: Path, working: subprocess.Popen[str], lost: str
) -> None:
    gone = place if lost == "folder" else place / "sigap.db"
    if lost == "exchanged":
        shutil.copy(gone, place / "salinan.db")
        (place / "salinan.db").replace(gone)
    else:
        gone.rename(gone.with_name("lain"))

    _, logged = working.communicate(timeout=120)

    assert working.returncode == 1
    assert logged.splitlines()[-1].startswith(f"{place / 'sigap.db'} was removed or exchanged")
