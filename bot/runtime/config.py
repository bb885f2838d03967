"""Configuration: environment, kantor.yaml, SOPs and holidays."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.runtime.logs import LogFormat
from flows.kinds.registry import TRAITS
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Office, OfficeInvalid
from flows.sops.book import PACKAGED, SopBook, SopInvalid

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
YEARS_AHEAD = 2
SHORTEST_SECRET = 32
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ConfigInvalid(Exception):
    """Configuration with mistakes: one readable line each."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def _http(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    if value and not _is_address(value):
        raise ValueError("must be an address such as https://api.telegram.org")
    return value.rstrip("/")


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", value)
    except ValueError:
        return False


def _token(value: SecretStr) -> SecretStr:
    """Refuses a token with a line break or slash: its requests would fail as in an outage."""
    if not re.fullmatch(r"[\w:-]*", value.get_secret_value().strip()):
        raise ValueError("has what no token has; copy it anew from @BotFather: 123456789:letters")
    return value


def _proxy(value: str) -> str:
    if value and not value.startswith(("http://", "https://", "socks5://", "socks5h://")):
        raise ValueError("must start with http://, https:// or socks5://")
    return value


def _database(value: str) -> str:
    if not value.startswith("sqlite:///"):
        raise ValueError("must start with sqlite:///")
    if value.removeprefix("sqlite:///") in ("", ":memory:"):
        raise ValueError("must name a file, such as sqlite:///data/sigap.db")
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("must be HOST:PORT, such as 127.0.0.1:9000")
    return value


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


Http = Annotated[str, AfterValidator(_http)]
Listen = Annotated[str, AfterValidator(_listen)]


class Settings(BaseSettings):
    """Environment variables override `.env`; an empty variable counts as absent."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    telegram_api_url: Http = "https://api.telegram.org"
    telegram_proxy: Annotated[str, AfterValidator(_proxy)] = ""
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/sigap.db"
    data_dir: Path = Path("data")
    kantor_file: Path = Path("kantor.yaml")
    sop_dir: Path | None = None
    audit_key_file: Path | None = None
    clock_url: Http = ""
    webhook_url: Http = ""
    webhook_listen: Listen = ""
    webhook_secret: SecretStr = SecretStr("")
    health_listen: Listen = ""
    log_level: Annotated[Level, BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = "text"

    @classmethod
    def read(cls, **given: Any) -> Self:
        """Raises ConfigInvalid with every mistake at once; `given` overrides the environment."""
        try:
            return cls(**given)
        except ValidationError as invalid:
            raise ConfigInvalid(_lines(invalid)) from None
        except (OSError, UnicodeDecodeError) as fault:
            told = f".env cannot be read: {fault}; write it anew as in .env.example, in UTF-8"
            raise ConfigInvalid([told]) from None

    @property
    def token(self) -> str:
        return self.telegram_bot_token.get_secret_value().strip()

    @property
    def secret(self) -> str:
        return self.webhook_secret.get_secret_value().strip()

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.webhook_url and not self.webhook_listen:
            raise ValueError("WEBHOOK_URL needs WEBHOOK_LISTEN")
        if self.webhook_url and len(self.secret) < SHORTEST_SECRET:
            raise ValueError(f"WEBHOOK_SECRET needs {SHORTEST_SECRET} characters or more")
        if self.secret and not SECRET_FORM.fullmatch(self.secret):
            raise ValueError("WEBHOOK_SECRET may have letters, digits, _ and -, 256 at most")
        return self

    @property
    def key_file(self) -> Path:
        return self.audit_key_file or self.data_dir / "audit.key"


def read_office(path: Path) -> Office:
    try:
        return Office.parse(path.read_text(encoding="utf-8"), path.name)
    except OfficeInvalid as invalid:
        raise ConfigInvalid(str(invalid).splitlines()) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigInvalid([f"KANTOR_FILE {str(path)!r} cannot be read: {fault}"]) from None


def read_book(office: Office, sop_dir: Path | None) -> SopBook:
    """The SOPs of the package and those of an extra folder."""
    if sop_dir is not None and not sop_dir.is_dir():
        raise ConfigInvalid([f"SOP_DIR {str(sop_dir)!r} is no folder"])
    folders = [PACKAGED, *([sop_dir] if sop_dir else [])]
    try:
        return SopBook.read(folders, office, TRAITS)
    except SopInvalid as invalid:
        raise ConfigInvalid(str(invalid).splitlines()) from None


def calendar_of(office: Office, year: int) -> WorkCalendar:
    """The office's calendar, with cuti bersama where kantor.yaml takes it as free."""
    return office.calendar(holidays_around(year, office.jam_kerja.cuti_bersama_libur))


def holidays_around(year: int, has_cuti_bersama: bool = True) -> Mapping[date, str]:
    """Libur nasional and cuti bersama from the year before to two years ahead."""
    import holidays  # imported late: heavy, and used once

    years = range(year - 1, year + YEARS_AHEAD + 1)
    categories = ("public", "government") if has_cuti_bersama else ("public",)
    found = holidays.country_holidays("ID", years=years, categories=categories, language="id")
    return dict(found)


def _lines(invalid: ValidationError) -> list[str]:
    return [
        _subject(str(error["loc"][0]).upper() if error["loc"] else "", error["input"])
        + error["msg"].removeprefix("Value error, ")
        for error in invalid.errors()
    ]


def _subject(name: str, value: Any) -> str:
    shown = "" if "TOKEN" in name or "SECRET" in name else f" {value!r}"
    return f"{name}{shown}: " if name else ""
