"""`python -m bot check`: checks of the installation, each with state and remedy."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner, User
from telegram.error import InvalidToken, TelegramError

from bot.operations.backups import backup_folder, database_file, free_share, newest
from bot.operations.env_file import open_to_others
from bot.operations.installation import NO_KEY, Installation, State, look, standing_part
from bot.operations.maintenance import LEAST_FREE, MOST_SKEW
from bot.runtime.clock import Skew
from bot.runtime.config import ConfigInvalid, Settings, holidays_around, read_book, read_office
from bot.transport.account import make_bot
from flows.office.kantor import idle_keys
from reports.papers.logo import logo_flaw
from storage.faults import StoreBroken
from storage.maintenance.backup import backups
from storage.store import read_key

FONTS = Path(__file__).resolve().parents[2] / "reports" / "fonts"
LOCK_SECONDS = 10.0
OLDEST_BACKUP = timedelta(days=2)
NO_DATABASE = frozenset(
    {
        *(State.MISSING, State.LOG_LEFT, State.NEWER),
        *(State.FOREIGN, State.DAMAGED, State.UNUSABLE),
    }
)
GROUP = "SELECT chat_id FROM chat_group"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check; `remedy` empty: no fault. `is_fatal`: the bot cannot start or work."""

    what: str
    state: str
    remedy: str = ""
    is_fatal: bool = False

    def __str__(self) -> str:
        mark = "ok  " if not self.remedy else "FAIL" if self.is_fatal else "warn"
        done = f"; {self.remedy}" if self.remedy else ""
        return f"{mark} {self.what}: {self.state}{done}"


async def examine(settings: Settings) -> list[CheckResult]:
    found = look(settings, is_thorough=True, seconds=LOCK_SECONDS)
    here: tuple[Callable[[Settings], CheckResult], ...] = (
        *(_office, _zone, _next_year, partial(_database, found), partial(_key, found)),
        *(partial(_folder, found), _disk, _backup, _fonts, _logo, _env),
    )
    return [*(check(settings) for check in here), *await _telegram(settings)]


def _office(settings: Settings) -> CheckResult:
    try:
        rules = read_office(settings.kantor_file)
        book = read_book(rules, settings.sop_dir)
    except ConfigInvalid as invalid:
        count = len(invalid.mistakes)
        return CheckResult("office", f"{count} mistakes", f"correct {invalid.mistakes[0]}", True)
    idle = "; ".join(str(notice) for notice in idle_keys(rules))
    remedy = f"without effect, take it out before the next release: {idle}" if idle else ""
    return CheckResult(
        "office", f"{settings.kantor_file}, {len(tuple(book.current()))} SOPs", remedy
    )


def _zone(settings: Settings) -> CheckResult:
    try:
        calendar = read_office(settings.kantor_file).calendar({})
    except ConfigInvalid:
        return CheckResult("time zone", "unknown", "correct kantor.yaml first", True)
    local = datetime.now(UTC).astimezone(calendar.zone)
    return CheckResult("time zone", f"{calendar.zone.key}, now {local:%d-%m-%Y %H.%M}")


def _next_year(settings: Settings) -> CheckResult:
    """Whether next year's holidays are known: they are decreed late in the year."""
    year = datetime.now(UTC).year + 1
    known = [day for day in holidays_around(year - 1) if day.year == year]
    if not known:
        remedy = "update the package holidays, or enter them with /libur once the SKB is out"
        return CheckResult("calendar", f"no holidays of {year}", remedy)
    return CheckResult("calendar", f"{len(known)} holidays of {year}; compare them with the SKB")


def _database(found: Installation, settings: Settings) -> CheckResult:
    path = database_file(settings)
    if found.state in NO_DATABASE:
        state, _, todo = found.told.partition("; ")
        return CheckResult("database", state, todo, True)
    if not path.exists():
        return CheckResult("database", f"{path} does not exist yet; it is made at the first start")
    size = f"{path}, {path.stat().st_size / 2**20:.1f} MB"
    if found.state is State.OLDER:
        size += ", of an earlier version; it is migrated at the next start"
    return CheckResult("database", size)


def _key(found: Installation, settings: Settings) -> CheckResult:
    path = settings.key_file
    if found.state in NO_KEY:
        state, _, todo = found.told.partition("; ")
        return CheckResult("audit key", state, todo, True)
    if not path.exists():
        return CheckResult("audit key", f"{path} does not exist yet; it is made with the database")
    try:
        read_key(path)
    except (StoreBroken, OSError) as fault:
        return CheckResult("audit key", "cannot be used", str(fault), True)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return CheckResult("audit key", "readable by others", f"chmod 600 {path}")
    return CheckResult("audit key", f"{path}; keep a copy of it apart from the backups")


def _logo(settings: Settings) -> CheckResult:
    try:
        name = read_office(settings.kantor_file).instansi.logo
    except ConfigInvalid:
        return CheckResult("logo", "unknown", "correct kantor.yaml first")
    if not name:
        return CheckResult("logo", "none in kantor.yaml; papers go out without")
    path = settings.data_dir / Path(name).name
    flaw = logo_flaw(path)
    place = f"{settings.kantor_file}: instansi.logo: {path}"
    remedy = f"{flaw}, so papers go out without it: replace it, or leave logo empty"
    return CheckResult("logo", place, remedy if flaw else "")


def _folder(found: Installation, settings: Settings) -> CheckResult:
    if found.state is State.UNWRITABLE:
        state, _, todo = found.told.partition("; ")
        return CheckResult("data folder", state, todo, True)
    return CheckResult("data folder", f"{settings.data_dir}")


def _disk(settings: Settings) -> CheckResult:
    folder = standing_part(settings.data_dir)
    free = free_share(folder)
    size = f"{shutil.disk_usage(folder).free / 2**30:.1f} GB free, {free:.0%}"
    return CheckResult("disk", size, "make room" if free < LEAST_FREE else "")


def _backup(settings: Settings) -> CheckResult:
    last = newest(backups(backup_folder(settings)))
    if last is None and not database_file(settings).exists():
        return CheckResult("backup", "none yet; made every day from the first start on")
    if last is None:
        return CheckResult("backup", "none yet", "run: python -m bot backup")
    age = datetime.now(UTC) - datetime.fromtimestamp(last.stat().st_mtime, UTC)
    if age > OLDEST_BACKUP:
        remedy = "see /sehat and the log, then send /cadangkan or run: python -m bot backup"
        return CheckResult("backup", f"{last.name} is {age.days} days old", remedy)
    return CheckResult("backup", f"{last.name}; copy it to another machine")


def _env(_: Settings) -> CheckResult:
    if found := open_to_others():
        names = " ".join(map(str, found))
        return CheckResult(
            "environment file", f"{names}: others can read it", f"chmod 600 {names}"
        )
    return CheckResult("environment file", "the token in it is nobody else's to read")


def _fonts(_: Settings) -> CheckResult:
    count = len([path for path in FONTS.glob("*") if path.suffix in (".ttf", ".otf")])
    if not count:
        return CheckResult("fonts", "none", "install the program again: papers need them", True)
    return CheckResult("fonts", f"{count} files")


async def _telegram(settings: Settings) -> list[CheckResult]:
    if not settings.token:
        remedy = "get one from @BotFather and set TELEGRAM_BOT_TOKEN"
        return [CheckResult("token", "not set", remedy, True)]
    skew = Skew()
    try:
        async with make_bot(settings, skew) as bot:
            me = await bot.get_me()
            found = [CheckResult("token", f"@{me.username}"), _privacy(me), _clock(skew)]
            return [*found, await _group(settings, bot)]
    except InvalidToken:
        remedy = "get a new one from @BotFather (/token)"
        return [CheckResult("token", "Telegram refuses it", remedy, True)]
    except TelegramError as fault:
        remedy = "check the network, TELEGRAM_API_URL and TELEGRAM_PROXY"
        return [CheckResult("Telegram", type(fault).__name__, remedy, True)]


def _privacy(me: User) -> CheckResult:
    if me.can_read_all_group_messages:
        remedy = "@BotFather, /setprivacy, Enable; the bot needs commands and replies only"
        return CheckResult("privacy mode", "off: the group's whole talk reaches the bot", remedy)
    return CheckResult("privacy mode", "on")


def _clock(skew: Skew) -> CheckResult:
    if skew.seconds is None:
        return CheckResult("clock", "Telegram told no date")
    state = f"{skew.seconds:+.0f} s from Telegram's"
    return CheckResult("clock", state, "switch NTP on" if abs(skew.seconds) > MOST_SKEW else "")


async def _group(settings: Settings, bot: Bot) -> CheckResult:
    chat_id = _bound_group(database_file(settings))
    if chat_id is None:
        return CheckResult("group", "none bound", "add the bot to the group and send /grup there")
    try:
        member = await bot.get_chat_member(chat_id, bot.id)
    except TelegramError as fault:
        remedy = "add the bot to the group again and send /grup there"
        return CheckResult("group", type(fault).__name__, remedy)
    is_admin = isinstance(member, ChatMemberAdministrator) and member.can_pin_messages
    if not is_admin and not isinstance(member, ChatMemberOwner):
        return CheckResult("group", member.status, "give it the right to pin the board (optional)")
    return CheckResult("group", f"{member.status}, may pin")


def _bound_group(database: Path) -> int | None:
    """None also where the database cannot be read: that stands in a line of its own."""
    with suppress(sqlite3.Error), closing(_read_only(database)) as connection:
        return next((int(row[0]) for row in connection.execute(GROUP)), None)
    return None


def _read_only(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=LOCK_SECONDS)
