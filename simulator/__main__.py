"""The simulated office as a process of its own: python -m simulator."""

import argparse
import asyncio
import os
import re
import shlex
import signal
import socket
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from simulator.app import TOKEN, build_app, build_world
from simulator.people import archive
from simulator.people.office_file import EXAMPLE, PeopleFileInvalid, read_office
from simulator.tour.other_offices import OtherOffices
from simulator.tour.tour import SOPS
from simulator.world.clock import MovableClock, read_moment
from simulator.world.world import World

FIGURES = Path(__file__).resolve().parent.parent / "contoh" / "realisasi.xlsx"
_EPOCH_2026 = 1_767_225_600
_TOKEN_FORM = re.compile(r"\d{1,15}:[A-Za-z0-9_-]{30,50}")


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    try:
        office = read_office(options.people) if options.people else EXAMPLE
        listening = _listen(options.host, options.port)
    except (PeopleFileInvalid, OSError) as fault:
        reason = str(fault)
        if isinstance(fault, OSError):
            place = f"{options.host}:{options.port}"
            reason = f"cannot listen on {place}: {fault.strerror or fault}"
        print(f"simulator: {reason}", file=sys.stderr)
        return 1
    # Numbers begin above those of every earlier session, so a kept database meets none again.
    first_serial = max(1, int((time.time() - _EPOCH_2026) * 10))
    world = build_world(office, MovableClock(options.start), options.token, first_serial)
    if options.archive is not None:
        archive.load(world, options.archive)
    app = build_app(
        world,
        plays_onboarding=options.people is not None,
        kept_in=options.archive,
        listen=options.host,
        others=OtherOffices(shlex.split(options.launcher), options.opened_by),
        sop=options.tour,
    )
    port = listening.getsockname()[1]
    print(f"simulator: http://{options.host}:{port} is open", flush=True)
    if options.until_eof:
        Thread(target=_end_at_eof, name="eof", daemon=True).start()
    with suppress(KeyboardInterrupt):
        if options.auto:
            return _play(world, app, listening, options)
        _server(app).run(sockets=[listening])
    return 0


def _play(
    world: World, app: ASGIApp, listening: socket.socket, options: argparse.Namespace
) -> int:
    from simulator.players import players  # brings openpyxl, which only the players need

    try:
        stage = players.prepare(world, app, options.data, options.results, options.patience)
    except players.FAULTS as fault:
        print(f"simulator: {fault}", file=sys.stderr)
        return 1
    asyncio.run(stage.run(_server(stage.app), listening))
    return 0 if world.play == "done" else 1


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    )


def _end_at_eof() -> None:
    """The write end closes with the process that holds it, also when that is killed.

    os.read instead of sys.stdin: the lock of sys.stdin, held here, would abort the interpreter's
    shutdown.
    """
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.auto and options.people is None:
        parser.error("--auto needs the people of an office: --people FILE")
    if options.tour and (options.auto or options.people is None):
        parser.error("--tour needs the people of an office (--people FILE), and no --auto")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--start", type=_moment, default=_moment("2026-11-24 07:30"))
    parser.add_argument("--people", type=Path, help="JSON file with bot, group and people")
    parser.add_argument("--archive", type=Path, help="file that keeps the chats")
    parser.add_argument("--token", type=_token, default=TOKEN)
    parser.add_argument("--auto", action="store_true", help="the people play both SOPs")
    parser.add_argument("--data", type=Path, default=FIGURES, help="their figures, an xlsx")
    parser.add_argument("--results", type=Path, default=Path("hasil"), help="folder of the rekap")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds without any move")
    parser.add_argument("--tour", choices=SOPS, default="", help="begin Peragaan by itself")
    parser.add_argument(
        "--launcher",
        default="",
        metavar="COMMAND",
        help="opens a fresh office for Peragaan; given --port, --tour and an open stdin",
    )
    parser.add_argument(
        "--opened-by", type=int, default=0, metavar="PORT", help="the office that opened this one"
    )
    parser.add_argument("--until-eof", action="store_true", help="end once stdin is closed")
    return parser


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment such as 2026-11-24 07:30"
        ) from fault


def _token(text: str) -> str:
    if not _TOKEN_FORM.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} has not the form of a bot token")
    return text


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


if __name__ == "__main__":
    sys.exit(main())
