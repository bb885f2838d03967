"""Configuration: every mistake is reported at once."""

from datetime import date
from pathlib import Path

import pytest

from bot.runtime.config import ConfigInvalid, Settings, holidays_around, read_book, read_office
from tests.bot.rooms import ROOT

VARIABLES = (
    "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "DATA_DIR", "KANTOR_FILE",
    "AUDIT_KEY_FILE", "CLOCK_URL", "LOG_LEVEL", "LOG_FORMAT", "SOP_DIR", "TELEGRAM_PROXY",
)  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No variable is set, and the folder holds no .env."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_defaults_hold() -> None:
    settings = Settings.read()

    assert settings.token == ""
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/sigap.db"
    assert settings.kantor_file == Path("kantor.yaml")
    assert settings.key_file == Path("data/audit.key")


def test_the_environment_beats_the_file(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / ".env").write_text("DATA_DIR=dari-berkas\nLOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", "dari-lingkungan")

    settings = Settings.read()

    assert settings.data_dir == Path("dari-lingkungan")
    assert settings.log_level == "DEBUG"


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "")

    assert Settings.read().telegram_api_url == "https://api.telegram.org"


def test_a_slash_at_the_end_of_an_address_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")

    assert Settings.read().telegram_api_url == "http://127.0.0.1:8081"


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "ftp://x")
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    monkeypatch.setenv("LOG_LEVEL", "keras")
    monkeypatch.setenv("LOG_FORMAT", "xml")
    monkeypatch.setenv("CLOCK_URL", "jam")

    with pytest.raises(ConfigInvalid) as invalid:
        Settings.read()

    told = [line.split()[0] for line in invalid.value.mistakes]
    assert sorted(told) == [
        "CLOCK_URL", "DATABASE_URL", "LOG_FORMAT", "LOG_LEVEL", "TELEGRAM_API_URL",
    ]  # fmt: skip
    assert "'ftp://x'" in str(invalid.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "sqlite:///", "must name a file, such as sqlite:///data/sigap.db"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file, such as"),
        ("TELEGRAM_API_URL", "http://", "must be an address such as https://api.telegram.org"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:99999", "must be an address such as"),
        ("TELEGRAM_API_URL", "https://api telegram.org", "must be an address such as"),
        ("TELEGRAM_BOT_TOKEN", "123456:AAH\nx", "copy it anew from @BotFather"),
        ("TELEGRAM_BOT_TOKEN", "123456:AAH/../x", "copy it anew from @BotFather"),
    ],
)
def test_what_could_never_work_is_refused_with_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigInvalid) as invalid:
        Settings.read()

    [line] = invalid.value.mistakes
    assert line.startswith(name)
    assert told in line
    assert ("AAH" in line) is False


def test_a_file_of_settings_that_is_no_text_is_told_by_its_name(bare: Path) -> None:
    (bare / ".env").write_bytes(b"\xff\xfeD\x00")

    with pytest.raises(ConfigInvalid, match=r"\.env cannot be read.*UTF-8"):
        Settings.read()


def test_the_token_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:" + "s" * 35)

    assert "sss" not in repr(Settings.read())


def test_the_shipped_office_and_its_sops_are_sound() -> None:
    office = read_office(ROOT / "kantor.yaml")

    book = read_book(office, None)

    assert {sop.code for sop in book.current()} == {"PENGUMPULAN", "PERBAIKAN"}


def test_an_office_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match=r"KANTOR_FILE .*nix\.yaml"):
        read_office(tmp_path / "nix.yaml")


def test_every_mistake_of_the_office_is_a_line(tmp_path: Path) -> None:
    text = (ROOT / "kantor.yaml").read_text(encoding="utf-8")
    path = tmp_path / "kantor.yaml"
    path.write_text(f"{text}\nsalah: 1\nkeliru: 2\n", encoding="utf-8")

    with pytest.raises(ConfigInvalid) as invalid:
        read_office(path)

    assert len(invalid.value.mistakes) == 2
    assert all(line.startswith("kantor.yaml:") for line in invalid.value.mistakes)


def test_a_folder_of_sops_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    office = read_office(ROOT / "kantor.yaml")

    with pytest.raises(ConfigInvalid, match="SOP_DIR"):
        read_book(office, tmp_path / "nix")


def test_a_wrong_sop_is_told_with_its_file(tmp_path: Path) -> None:
    office = read_office(ROOT / "kantor.yaml")
    (tmp_path / "sops").mkdir()
    (tmp_path / "sops" / "rusak.yaml").write_text("kode: RUSAK\n", encoding="utf-8")

    with pytest.raises(ConfigInvalid) as invalid:
        read_book(office, tmp_path)

    assert all("rusak.yaml" in line for line in invalid.value.mistakes)


def test_holidays_are_national_ones_and_cuti_bersama() -> None:
    holidays = holidays_around(2026)

    assert date(2026, 8, 17) in holidays
    assert date(2026, 12, 24) in holidays
    assert {day.year for day in holidays} == {2025, 2026, 2027, 2028}
    assert date(2026, 12, 24) not in holidays_around(2026, has_cuti_bersama=False)
    assert date(2026, 8, 17) in holidays_around(2026, has_cuti_bersama=False)
