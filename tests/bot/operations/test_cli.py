"""The command line: what it prints, and with which code it ends."""

import json
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.__main__ import app
from storage import store as store_module
from storage.store import Store
from tests.bot.rooms import ROOT, TOKEN, Street

REFUSED = (
    "Telegram refused TELEGRAM_BOT_TOKEN; get a new one from @BotFather (/token), set it and start"
)
STAFF, INDICATORS = ROOT / "contoh" / "staff.xlsx", ROOT / "contoh" / "indicators.xlsx"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, and the log as it was afterwards."""
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "CLOCK_URL", "SOP_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'sigap.db'}")
    monkeypatch.setenv("KANTOR_FILE", str(ROOT / "kantor.yaml"))
    root = logging.getLogger()
    handlers, level, mask = root.handlers, root.level, os.umask(0o022)
    yield tmp_path
    os.umask(mask)
    root.handlers = handlers
    root.setLevel(level)


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def people(place: Path) -> int:
    store = Store(f"sqlite:///{place / 'sigap.db'}", place, None)
    with store.reading() as queries:
        count = len(queries.office.roster().people)
    store.close()
    return count


def test_running_without_a_token_is_wrong_use() -> None:
    result = call("run")

    assert result.exit_code == 2
    assert result.stderr == "TELEGRAM_BOT_TOKEN is not set; see .env.example\n"


def test_an_unknown_command_is_wrong_use() -> None:
    assert call("terbang").exit_code == 2


def test_wrong_settings_are_told_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    monkeypatch.setenv("CLOCK_URL", "jam")

    result = call("migrate")

    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["CLOCK_URL", "LOG_FORMAT"]


def test_a_refused_token_ends_with_three(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = "999999:" + "w" * 35
    monkeypatch.setenv("TELEGRAM_API_URL", street.url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", wrong)

    result = call("run")

    assert result.exit_code == 3
    assert result.stderr == f"{REFUSED}\n"


def test_migrating_twice_changes_nothing(place: Path) -> None:
    assert call("migrate").exit_code == 0
    before = (place / "sigap.db").read_bytes()

    result = call("migrate")

    assert result.exit_code == 0
    assert (place / "sigap.db").read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(place: Path) -> None:
    call("migrate")
    store = Store(f"sqlite:///{place / 'sigap.db'}", place, None)
    store.close()
    with sqlite3.connect(place / "sigap.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = (place / "sigap.db").read_bytes()

    result = call("staff", STAFF)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert (place / "sigap.db").read_bytes() == before


def test_what_is_no_database_is_a_fault(place: Path) -> None:
    (place / "sigap.db").write_bytes(b"bukan basis data" * 100)

    result = call("migrate")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [("staff", STAFF), ("invite",), ("verify",), ("migrate",)])
def test_a_store_that_fails_is_told_in_one_line_with_its_place_and_what_to_do(
    place: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str | Path, ...]
) -> None:
    """Somebody has the database open and does not let go of it."""
    call("migrate")
    monkeypatch.setattr(store_module, "BUSY_MILLISECONDS", 50)
    holder = sqlite3.connect(place / "sigap.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")

    result = call(*words)
    holder.close()

    [line] = result.stderr.splitlines()
    assert result.exit_code == 1
    assert line.startswith(f"{place / 'sigap.db'}: ")
    assert "database is locked; another program works with it" in line


@pytest.mark.parametrize("key", [b"zz", b"z" * 64, b"\xff\xfe"])
@pytest.mark.parametrize("command", ["verify", "migrate"])
def test_a_damaged_key_is_told_in_one_line(place: Path, command: str, key: bytes) -> None:
    call("migrate")
    (place / "audit.key").write_bytes(key)

    result = call(command)

    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{place / 'audit.key'}: ")
    assert "put the office's key back" in line


def test_a_sealed_record_is_not_verified_without_its_key(place: Path) -> None:
    call("migrate")
    unsealed = call("verify")
    call("staff", STAFF)
    sealed = call("verify")

    (place / "audit.key").rename(place / "elsewhere.key")
    keyless = call("verify")

    assert (unsealed.exit_code, sealed.exit_code) == (0, 0)
    assert keyless.exit_code == 1
    assert "no audit key here: hashes were checked, seals and rows were not" in keyless.stdout
    assert keyless.stderr.splitlines() == [
        f"{place / 'audit.key'}: not here, and the record is sealed;"
        " put the office's audit key back, then verify again"
    ]


def test_what_is_kept_is_its_owners_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and figures, on a machine that others may use too."""
    monkeypatch.setenv("DATA_DIR", str(place / "data"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place / 'data' / 'sigap.db'}")

    assert call("staff", STAFF).exit_code == call("backup").exit_code == 0

    made = [place / "data", *(place / "data").rglob("*")]
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made} == {
        path.name: "0o0" for path in made
    }
    assert any(path.name.endswith(".tar.gz") for path in made)


def test_the_staff_list_is_taken_and_taken_once(place: Path) -> None:
    first = call("staff", STAFF)
    second = call("staff", STAFF)

    assert first.exit_code == second.exit_code == 0
    assert "post given: Kepala Dinas (kepala_dinas, definitif)" in first.stdout.splitlines()
    assert second.stdout == "nothing changed\n"


def test_a_staff_list_with_mistakes_is_told_whole_and_not_taken(place: Path) -> None:
    book = load_workbook(STAFF)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, headings["NIP"], "12")
    sheet.cell(3, headings["Peran"], "juru masak")
    book.save(place / "salah.xlsx")
    call("migrate")

    result = call("staff", place / "salah.xlsx")

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2
    assert "juru masak" in result.stderr
    assert people(place) == 0


def test_a_list_that_is_not_there_is_wrong_use(place: Path) -> None:
    assert call("staff", place / "nix.xlsx").exit_code == 2
    assert call("staff").exit_code == 2
    assert call("indicators", INDICATORS).exit_code == 2


def test_indicators_are_taken_for_their_year() -> None:
    call("migrate")

    first = call("indicators", INDICATORS, "--year", "2026")
    second = call("indicators", INDICATORS, "--year", "2026")

    assert first.stdout.startswith("37 indicators of 2026, 37 of them new")
    assert second.stdout.startswith("37 indicators of 2026, 0 of them new")


@pytest.mark.parametrize("command", ["staff", "indicators"])
def test_a_template_is_written_and_nothing_taken(command: str, place: Path) -> None:
    result = call(command, "--template", place / "kosong.xlsx")

    assert result.exit_code == 0
    assert load_workbook(place / "kosong.xlsx").worksheets[0]["A1"].value in ("Nama", "Kode")
    assert not (place / "sigap.db").exists()


def test_invitations_are_one_object_a_line(street: Street) -> None:
    call("staff", STAFF)

    result = call("invite", "--json")

    invited = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(invited) == 14
    keys = {"nama", "nip", "jabatan", "peran", "unit", "posts", "kode", "tautan"}
    assert all(set(invite) == keys for invite in invited)
    assert all(len(invite["kode"]) == 10 and invite["tautan"] is None for invite in invited)


def test_an_invitation_has_its_link_when_telegram_can_be_asked(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", street.url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    call("migrate")

    result = call("invite", "--json", "--admin", "Ibu Admin")

    invite = json.loads(result.stdout)
    assert invite["tautan"] == f"https://t.me/sigap_simulasi_bot?start={invite['kode']}"
    assert (invite["nama"], invite["peran"], invite["nip"]) == ("Ibu Admin", "admin", None)


def test_a_second_run_voids_the_codes_before() -> None:
    call("staff", STAFF)
    codes = [
        {json.loads(line)["kode"] for line in call("invite", "--json").stdout.splitlines()}
        for _ in range(2)
    ]

    assert codes[0].isdisjoint(codes[1])


def test_a_simulation_on_a_port_in_use_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = call("simulate", "--port", str(port))

    assert result.exit_code == 1
    assert result.stderr.startswith(f"port {port} cannot be used")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("start", ["besok", "2026-13-01 07:30", "24-11-2026 07.30"])
def test_a_start_that_is_no_moment_is_wrong_use(start: str) -> None:
    result = call("simulate", "--start", start)

    assert result.exit_code == 2
    assert start in result.stderr


def started(street: Street, place: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "TELEGRAM_API_URL": street.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "LOG_LEVEL": "DEBUG",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_running_bot_connects_gives_the_first_admin_code_and_stops(
    street: Street, place: Path
) -> None:
    process = started(street, place)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(3)]

    process.send_signal(signal.SIGTERM)
    _, logged = process.communicate(timeout=120)

    assert told[0] == "@sigap_simulasi_bot connected\n"
    assert told[1].startswith("No administrator yet. Send to @sigap_simulasi_bot: /daftar ")
    assert told[2].startswith("or open https://t.me/sigap_simulasi_bot?start=")
    assert process.returncode == 0
    assert TOKEN not in logged
