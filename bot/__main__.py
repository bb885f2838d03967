"""The command line: python -m bot."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from json import dumps
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import bot.light  # noqa: F401

import typer
from sqlalchemy.exc import DatabaseError, OperationalError
from telegram.error import InvalidToken

from bot import app as bot_app
from bot.operations.admin import (
    StillAtWork,
    as_line,
    forget,
    invitations,
    invite_admin,
    open_store,
    take_indicators,
    take_staff,
)
from bot.operations.backups import database_file, make_backup
from bot.operations.doctor import examine
from bot.operations.installation import (
    COPIED,
    MADE,
    MIGRATED,
    VERIFIED,
    State,
    StateRefused,
    require,
)
from bot.operations.restoring import put_back, reopened
from bot.operations.verify import audit
from bot.runtime.clock import Clock
from bot.runtime.config import ConfigInvalid, Settings, read_office
from bot.runtime.logs import redact, start_log
from bot.runtime.monotonic import MonotonicLoop
from bot.simulate import Simulation, SimulationFailed, TourSop, read_start, simulate
from bot.transport.account import TokenRefused, username
from flows.forms.lists import ListInvalid
from flows.office.kantor import Office
from reports.workbooks.lists import write_indicators_template, write_staff_template
from storage.faults import StoreBroken, StoreTooNew, remedy
from storage.maintenance.backup import BackupFailed, RestoreRefused
from storage.store import Store, read_key

T = TypeVar("T")

log = logging.getLogger(__name__)

FAULT, WRONG_USE, REFUSED = 1, 2, 3
REFUSED_WORDS = (
    "Telegram refused TELEGRAM_BOT_TOKEN; get a new one from @BotFather (/token), set it and start"
)
PUT_BACK = "put the office's audit key back, then verify again"
# The simulated office has its own of these, so a mistake in them is none.
OF_THE_REAL_BOT = {
    "telegram_bot_token": "",
    "telegram_api_url": "",
    "telegram_proxy": "",
    "database_url": "sqlite:///none.db",
    "clock_url": "",
    "webhook_url": "",
    "health_listen": "",
}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=__doc__,
)

OPENED_BY = "For Peragaan of the office there: in a temporary folder, until stdin is closed."

ListFile = Annotated[Path | None, typer.Argument(metavar="FILE.xlsx", help="The list.")]
Template = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write an empty list there instead.")
]


@app.command()
def run() -> None:
    """Work as the bot until stopped."""
    settings = _settings()
    if not settings.token:
        _fail(WRONG_USE, ["TELEGRAM_BOT_TOKEN is not set; see .env.example"])
    _work(settings, lambda: bot_app.run(settings, typer.echo, asyncio.Event()))


@app.command("simulate")
def simulate_office(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
    start: Annotated[str, typer.Option(help="Office time.")] = "2026-11-24 07:30",
    auto: Annotated[bool, typer.Option("--auto", help="Play both SOPs, then end.")] = False,
    data: Annotated[Path | None, typer.Option(help="Other figures for --auto.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Go on where it was left.")] = False,
    tour: Annotated[TourSop | None, typer.Option(help="Begin Peragaan by itself.")] = None,
    opened_by: Annotated[int | None, typer.Option(metavar="PORT", help=OPENED_BY)] = None,
) -> None:
    """Open an example office in the browser, without Telegram."""
    settings = _settings(**OF_THE_REAL_BOT)
    try:
        moment = read_start(start, _office(settings))
    except ValueError:
        _fail(WRONG_USE, [f'--start {start!r} is no moment; write "2026-11-24 07:30"'])
    if data is not None and not data.is_file():
        _fail(WRONG_USE, [f"--data {str(data)!r} is no file"])
    if tour is not None and auto:
        _fail(WRONG_USE, ["--tour waits for who watches and --auto does not: give one of them"])
    wish = Simulation(port, moment, auto, data, keep, tour, opened_by)
    code = _work(settings, lambda: simulate(settings, wish, typer.echo, asyncio.Event()))
    raise typer.Exit(code)


@app.command()
def migrate() -> None:
    """Bring the database to this version, after a backup."""
    with_store(_settings(), lambda store: ["the database is up to date"], MADE)


@app.command()
def staff(file: ListFile = None, template: Template = None) -> None:
    """Take in the staff list: all of it, or nothing."""
    settings = _settings()
    office = _office(settings)
    if template is not None:
        write_staff_template(template, office)
        typer.echo(f"written: {template}")
        return
    path, now = _given(file), _now(settings)
    with_store(settings, lambda store: take_staff(store, path, office, now), MADE)


@app.command()
def indicators(
    file: ListFile = None,
    year: Annotated[int | None, typer.Option(min=2000, max=2100)] = None,
    template: Template = None,
) -> None:
    """Take in the indicators of a year: all of them, or nothing.

    The optional column "Boleh Negatif" (ya) marks a figure that may lie below zero.
    """
    settings = _settings()
    office = _office(settings)
    if template is not None:
        write_indicators_template(template, office)
        typer.echo(f"written: {template}")
        return
    path, now = _given(file), _now(settings)
    if year is None:
        _fail(WRONG_USE, ["--year is missing"])
    with_store(settings, lambda store: take_indicators(store, path, office, year, now))


@app.command()
def invite(
    json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
    admin: Annotated[str | None, typer.Option(metavar="NAMA", help="For an admin.")] = None,
) -> None:
    """Make a code for everybody not yet registered; earlier codes are void."""
    settings = _settings()
    office, now = _office(settings), _now(settings)
    name = asyncio.run(username(settings))
    written = partial(dumps, ensure_ascii=False) if json else as_line
    with_store(
        settings,
        lambda store: map(
            written,
            [invite_admin(store, admin, name, now)]
            if admin
            else invitations(store, office, name, now),
        ),
    )


@app.command()
def check() -> None:
    """Look for whatever keeps the bot from working, and tell what to do about it."""
    findings = asyncio.run(examine(_settings()))
    for finding in findings:
        typer.echo(redact(str(finding)))
    if any(finding.is_fatal for finding in findings):
        raise typer.Exit(FAULT)


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; empty: DATA_DIR/backups.")] = None,
) -> None:
    """Copy database and files into one checked archive, also while the bot works."""
    settings = _settings()
    office, now = _office(settings), _now(settings)
    with _faults_told(settings):
        require(settings, COPIED)
        made = make_backup(settings, office, now, file)
    typer.echo(f"{made.path}: database and {made.files} files, {made.size} bytes, checked")
    for name in made.damaged:
        typer.echo(f"damaged on this disk: {name}", err=True)


@app.command("restore")
def restore_backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
) -> None:
    """Put a backup where the database is missing; nothing is overwritten."""
    settings = _settings()
    now = _now(settings)
    if not file.is_file():
        _fail(WRONG_USE, [f"{str(file)!r} is no file"])
    with _faults_told(settings):
        restored = put_back(settings, file, now)
        record = reopened(settings)
    typer.echo(f"restored: the state of {restored.made_at:%Y-%m-%d %H:%M} UTC")
    typer.echo(f"{restored.files} files; {restored.doubtful} messages may have been sent already")
    typer.echo(record)


@app.command("forget")
def forget_person(nip: Annotated[str, typer.Argument(metavar="NIP")]) -> None:
    """Remove the personal data of somebody who holds no post any more."""
    settings = _settings()
    now = _now(settings)
    with_store(settings, lambda store: forget(store, nip, now))


@app.command()
def verify(
    jejak: Annotated[
        list[str] | None, typer.Option(help="A head as the group's final post tells it.")
    ] = None,
) -> None:
    """Check every chain, row, paper and file; name the first break.

    Ends with 1 for a break, and where the record is sealed and the audit key is not here.
    """
    settings = _settings()
    with _faults_told(settings):
        state = require(settings, VERIFIED, is_thorough=True).state
        key = read_key(settings.key_file) if state is not State.KEY_MISSING else None
        with closing(Store(settings.database_url, settings.data_dir, key)) as store:
            found = audit(store, tuple(jejak or ()))
    for line in found.told:
        typer.echo(line)
    if key is None:
        typer.echo("no audit key here: hashes were checked, seals and rows were not")
    if found.breaks:
        _fail(FAULT, [f"first break: {found.breaks[0]}", *found.breaks[1:]])
    if key is None and found.has_seals:
        _fail(FAULT, [f"{settings.key_file}: not here, and the record is sealed; {PUT_BACK}"])
    typer.echo("nothing was changed, removed, reordered or cut off")


def with_store(
    settings: Settings,
    act: Callable[[Store], Iterable[str]],
    accepted: Collection[State] = MIGRATED,
) -> None:
    """Do it with the migrated store and print what it tells."""
    with _faults_told(settings), closing(open_store(settings, accepted)) as store:
        for line in act(store):
            typer.echo(line)


@contextmanager
def _faults_told(settings: Settings) -> Iterator[None]:
    """Ends the command with the words and the code of a fault."""
    try:
        yield
    except (ListInvalid, StillAtWork, RestoreRefused) as invalid:
        _fail(WRONG_USE, str(invalid).splitlines())
    except DatabaseError as fault:
        _fail(FAULT, [_of_store(settings, fault)])
    except (StateRefused, BackupFailed, StoreTooNew, StoreBroken, OSError) as fault:
        _fail(FAULT, [str(fault)])


def _of_store(settings: Settings, fault: DatabaseError) -> str:
    return f"{database_file(settings)}: {fault.orig}; {remedy(fault.orig)}"


def _work(settings: Settings, start: Callable[[], Coroutine[Any, Any, T]]) -> T:
    try:
        with asyncio.Runner(loop_factory=MonotonicLoop) as runner:
            return runner.run(start())
    except OperationalError as fault:
        _fail(FAULT, [_of_store(settings, fault)])
    except ConfigInvalid as invalid:
        _fail(WRONG_USE, invalid.mistakes)
    except (TokenRefused, InvalidToken):
        _fail(REFUSED, [REFUSED_WORDS])
    except ListInvalid as invalid:
        _fail(WRONG_USE, str(invalid).splitlines())
    except (StateRefused, StoreTooNew, StoreBroken, SimulationFailed, OSError) as fault:
        _fail(FAULT, [str(fault)])
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    except Exception:
        # Through the log, which takes a token out of whatever the fault says.
        log.exception("bot_ended")
        raise typer.Exit(FAULT) from None


def _settings(**given: str) -> Settings:
    # Names, figures and notes are nobody's but the bot's, also where no service sets a mask.
    os.umask(0o077)
    try:
        settings = Settings.read(**given)
    except ConfigInvalid as invalid:
        _fail(WRONG_USE, invalid.mistakes)
    start_log(settings.log_level, settings.log_format)
    return settings


def _office(settings: Settings) -> Office:
    try:
        return read_office(settings.kantor_file)
    except ConfigInvalid as invalid:
        _fail(WRONG_USE, invalid.mistakes)


def _now(settings: Settings) -> datetime:
    clock = Clock(settings.clock_url)
    asyncio.run(clock.first())
    return clock.now()


def _given(file: Path | None) -> Path:
    if file is None:
        _fail(WRONG_USE, ["name the list: FILE.xlsx (or --template FILE for an empty one)"])
    if not file.is_file():
        _fail(WRONG_USE, [f"{str(file)!r} is no file"])
    return file


def _fail(code: int, lines: Iterable[str]) -> NoReturn:
    for line in lines:
        print(redact(line), file=sys.stderr)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
