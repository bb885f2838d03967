"""`python -m bot check`: every line, when all is well and when it is not, with what to do."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram import User
from typer.testing import CliRunner

from bot.__main__ import app
from bot.operations import doctor
from bot.operations.backups import backup_folder, database_file
from bot.operations.doctor import CheckResult, examine
from bot.runtime.clock import Skew
from bot.runtime.config import Settings
from flows.model.changes import BindGroup, Decision
from storage.maintenance.backup import backup_name
from storage.store import Store, audit_key
from tests.bot.ports import free_port
from tests.bot.rooms import NOW, ROOT, TOKEN, Street, settings


def line(told: Settings, what: str) -> CheckResult:
    found = asyncio.run(examine(told))
    return next(finding for finding in found if finding.what == what)


def ok(told: Settings, what: str) -> str:
    finding = line(told, what)
    assert str(finding).startswith(f"ok   {what}: "), finding
    return finding.state


def remedy(told: Settings, what: str, *, is_fatal: bool) -> str:
    """What is to be done: a line with that."""
    finding = line(told, what)
    mark = "FAIL" if is_fatal else "warn"
    assert str(finding) == f"{mark} {what}: {finding.state}; {finding.remedy}"
    assert finding.is_fatal is is_fatal
    return finding.remedy


@pytest.fixture
def place(street: Street, tmp_path: Path) -> Settings:
    return settings(street, tmp_path)


@pytest.fixture
def lived_in(place: Settings) -> Settings:
    """After its first start."""
    store = Store(place.database_url, place.data_dir, audit_key(place.key_file))
    store.migrate()
    store.close()
    return place


def bind(told: Settings, chat_id: int) -> None:
    store = Store(told.database_url, told.data_dir, None)
    with store.transaction() as tx:
        bound = BindGroup(chat_id, None, "Grup Uji", True)
        tx.apply(Decision(changes=(bound,)), f"grup:{chat_id}", NOW)
    store.close()


def test_the_rules_of_the_office(place: Settings, tmp_path: Path) -> None:
    assert ok(place, "office").endswith("2 SOPs")

    broken = tmp_path / "kantor.yaml"
    broken.write_text("instansi: {}\nlain: 1\n", encoding="utf-8")
    told = place.model_copy(update={"kantor_file": broken})

    assert remedy(told, "office", is_fatal=True).startswith("correct ")
    assert remedy(told, "time zone", is_fatal=True) == "correct kantor.yaml first"


def test_keys_of_the_office_without_effect(place: Settings, tmp_path: Path) -> None:
    """As the former kantor.yaml has them: told, and the bot starts all the same."""
    former = tmp_path / "kantor.yaml"
    shutil.copy(ROOT / "tests" / "drills" / "earlier" / "kantor-b99918d.yaml", former)
    told = remedy(place.model_copy(update={"kantor_file": former}), "office", is_fatal=False)

    assert "peran.operator.ket: " in told
    assert "peran.admin.ket: " in told


def test_the_time_zone_with_the_time_there(place: Settings) -> None:
    assert ok(place, "time zone").startswith("Asia/Makassar, now ")


def test_the_calendar_of_next_year(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "compare them with the SKB" in ok(place, "calendar")

    monkeypatch.setattr(doctor, "holidays_around", lambda year: {})

    assert "/libur" in remedy(place, "calendar", is_fatal=False)


def test_the_database(place: Settings) -> None:
    assert "made at the first start" in ok(place, "database")

    database_file(place).write_bytes(b"bukan basis data" * 100)

    assert "restore a backup" in remedy(place, "database", is_fatal=True)


def test_a_database_damaged_inside(lived_in: Settings) -> None:
    assert ok(lived_in, "database").endswith("MB")
    path = database_file(lived_in)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 8] = b"\xff" * (4096 * 5)
    path.write_bytes(bytes(content))

    assert "restore a backup" in remedy(lived_in, "database", is_fatal=True)


def test_the_audit_key(place: Settings, lived_in: Settings) -> None:
    assert "keep a copy of it apart" in ok(lived_in, "audit key")

    lived_in.key_file.chmod(0o644)

    assert remedy(lived_in, "audit key", is_fatal=False).startswith("chmod 600 ")


def test_an_audit_key_that_is_damaged(lived_in: Settings) -> None:
    lived_in.key_file.write_text("z" * 64, "ascii")

    assert "put the office's key back" in remedy(lived_in, "audit key", is_fatal=True)


def test_the_data_folder(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ok(place, "data folder") == str(place.data_dir)

    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert "as the bot's own user" in remedy(place, "data folder", is_fatal=True)


def test_a_database_that_is_held_needs_no_backup(
    lived_in: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "LOCK_SECONDS", 0.05)
    holder = sqlite3.connect(database_file(lived_in), isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")

    todo = remedy(lived_in, "database", is_fatal=True)
    holder.close()

    assert "another program" in todo
    assert "backup" not in todo


def test_the_disk(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_share", lambda folder: 0.5)
    assert ok(place, "disk").endswith("GB free, 50%")

    monkeypatch.setattr(doctor, "free_share", lambda folder: 0.05)

    assert remedy(place, "disk", is_fatal=False) == "make room"


def test_the_backups(lived_in: Settings) -> None:
    assert remedy(lived_in, "backup", is_fatal=False) == "run: python -m bot backup"

    backup_folder(lived_in).mkdir()
    (backup_folder(lived_in) / backup_name(datetime.now(UTC))).touch()

    assert "copy it to another machine" in ok(lived_in, "backup")


def test_before_the_first_start_there_is_nothing_to_back_up(place: Settings) -> None:
    assert ok(place, "backup") == "none yet; made every day from the first start on"


def test_a_backup_that_is_days_old(place: Settings) -> None:
    backup_folder(place).mkdir()
    made = datetime.now(UTC) - timedelta(days=3)
    archive = backup_folder(place) / backup_name(made)
    archive.touch()
    os.utime(archive, (made.timestamp(), made.timestamp()))

    assert "/cadangkan" in remedy(place, "backup", is_fatal=False)


def test_an_environment_file_that_others_can_read(
    place: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=INFO\n")
    file.chmod(0o644)
    told = remedy(place, "environment file", is_fatal=False)
    file.chmod(0o600)

    assert told == "chmod 600 .env"
    assert ok(place, "environment file") == "the token in it is nobody else's to read"


def test_the_fonts(place: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ok(place, "fonts") == "4 files"

    monkeypatch.setattr(doctor, "FONTS", tmp_path)

    assert "install the program again" in remedy(place, "fonts", is_fatal=True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no such file"),
        (b"\x89PNG\r\n\x1a\n is none", "no PNG or JPEG picture"),
        (b"<svg/>", "no PNG or JPEG picture"),
        (bytes(400_000), "at most 300"),
    ],
)
def test_a_logo_that_is_no_picture_is_told_with_its_place(
    place: Settings, tmp_path: Path, content: bytes | None, told: str
) -> None:
    assert "papers go out without" in ok(place, "logo")
    kantor = tmp_path / "kantor.yaml"
    rules = (ROOT / "kantor.yaml").read_text("utf-8")
    kantor.write_text(rules.replace("logo: null", "logo: logo.png"), "utf-8")
    named = place.model_copy(update={"kantor_file": kantor})
    if content is not None:
        (place.data_dir / "logo.png").write_bytes(content)

    assert told in remedy(named, "logo", is_fatal=False)

    shutil.copy(ROOT / "docs" / "samples.png", place.data_dir / "logo.png")
    assert "logo.png" in ok(named, "logo")


def test_the_token(place: Settings) -> None:
    assert ok(place, "token") == "@sigap_simulasi_bot"
    unset = place.model_copy(update={"telegram_bot_token": SecretStr("")})
    other = TOKEN.replace("123456", "654321")
    refused = Settings.read(
        _env_file=None, telegram_bot_token=other, telegram_api_url=place.telegram_api_url,
        data_dir=place.data_dir, kantor_file=place.kantor_file,
    )  # fmt: skip

    assert "@BotFather and set TELEGRAM_BOT_TOKEN" in remedy(unset, "token", is_fatal=True)
    assert remedy(refused, "token", is_fatal=True) == "get a new one from @BotFather (/token)"


def test_telegram_out_of_reach(place: Settings) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    told = place.model_copy(update={"telegram_api_url": nowhere})

    assert remedy(told, "Telegram", is_fatal=True).startswith("check the network")


def test_the_privacy_mode(place: Settings) -> None:
    assert ok(place, "privacy mode") == "on"
    listening = User(1, "SIGAP", is_bot=True, can_read_all_group_messages=True)

    assert "/setprivacy" in doctor._privacy(listening).remedy


@pytest.mark.parametrize(("seconds", "todo"), [(3.0, ""), (300.0, "switch NTP on")])
def test_the_clock_beside_that_of_telegram(seconds: float, todo: str) -> None:
    skew = Skew()
    skew.seconds = seconds

    assert doctor._clock(skew).remedy == todo


def test_the_group(lived_in: Settings, street: Street) -> None:
    assert "send /grup there" in remedy(lived_in, "group", is_fatal=False)
    owner = street.person()
    rights: Callable[[bool], int] = lambda may: street.group(  # noqa: E731
        owner, bot="administrator", can_pin_messages=may
    )

    bind(lived_in, rights(True))
    assert ok(lived_in, "group") == "administrator, may pin"
    bind(lived_in, rights(False))
    assert "the right to pin" in remedy(lived_in, "group", is_fatal=False)
    bind(lived_in, street.group(owner, bot="left"))
    assert "add the bot to the group again" in remedy(lived_in, "group", is_fatal=False)


def test_the_command_ends_with_a_fault_only_for_what_is_fatal(
    place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(place.data_dir))
    monkeypatch.setenv("DATABASE_URL", place.database_url)
    monkeypatch.setenv("KANTOR_FILE", str(ROOT / "kantor.yaml"))
    monkeypatch.setenv("TELEGRAM_API_URL", place.telegram_api_url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    whole = CliRunner().invoke(app, ["check"])
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    tokenless = CliRunner().invoke(app, ["check"])

    assert whole.exit_code == 0, whole.output
    assert "ok   token: @sigap_simulasi_bot" in whole.stdout
    assert tokenless.exit_code == 1
    assert TOKEN.partition(":")[2] not in whole.output
