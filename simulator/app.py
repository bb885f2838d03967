"""The simulator's application: built from an office file, served over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.botapi import bot_api
from simulator.botapi.delivery import deliver_updates
from simulator.botapi.origin import OwnOrigin
from simulator.people import archive, control_api, people_api
from simulator.people.acts import ActRefused
from simulator.people.limits import watch_limits
from simulator.people.office_file import SimulatedOffice
from simulator.people.onboarding import onboard
from simulator.tour import tour
from simulator.tour.other_offices import OtherOffices
from simulator.world.clock import MovableClock
from simulator.world.world import Bot, World

TOKEN = "123456:SIMULASI-sigap-simulasi-sigap-simulasi"
BOT_RIGHTS = frozenset({"can_pin_messages", "can_delete_messages", "can_manage_topics"})
STATIC = Path(__file__).parent / "static"


def build_world(
    office: SimulatedOffice, clock: MovableClock, token: str = TOKEN, first_serial: int = 1
) -> World:
    bot = Bot(int(token.partition(":")[0]), token, office.username, office.bot_name)
    world = World(bot, clock, first_serial)
    group = world.add_group(office.group, office.group_kind)
    world.office_group = group.id
    world.days_off = list(office.days_off)
    if office.is_bot_admin:
        group.members[bot.id], group.bot_rights = "administrator", BOT_RIGHTS
    for member in office.members:
        person = world.add_person(member.name, member.note, member.code, member.is_admin)
        is_owner = member.is_admin and "creator" not in group.members.values()
        group.members[person.id] = "creator" if is_owner else "member"
    return world


def build_app(
    world: World,
    *,
    plays_onboarding: bool = False,
    kept_in: Path | None = None,
    listen: str = "127.0.0.1",
    others: OtherOffices | None = None,
    sop: str = "",
) -> Starlette:
    """`listen`: the address it is served on, which requests may name as their Host.

    `sop`: what Peragaan plays by itself once everybody has registered; empty: after a press.
    """
    play = tour.Tour(world, others or OtherOffices())

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        works = [deliver_updates(world), watch_limits(world)]
        works += [archive.keep(world, kept_in)] if kept_in is not None else []
        works += [_move_in(world, play, sop)] if plays_onboarding else []
        tasks = [asyncio.create_task(work) for work in works]
        yield
        await play.stop()
        await play.others.close()
        world.feed.close()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app = Starlette(
        routes=[
            Route("/", show_page),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/bot{token}/{method}", bot_api.answer_call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", bot_api.send_file, methods=["GET"]),
            *people_api.routes(),
            *control_api.routes(),
            *tour.routes(),
        ],
        middleware=[Middleware(OwnOrigin, listen=listen)],
        lifespan=running,
    )
    app.state.world = world
    app.state.tour = play
    return app


async def _move_in(world: World, play: tour.Tour, sop: str) -> None:
    await onboard(world)
    if sop:
        with suppress(ActRefused):  # somebody has started it, or has begun to work
            play.start(sop)


async def show_page(request: Request) -> Response:
    headers = {"content-security-policy": "default-src 'self'", "cache-control": "no-store"}
    return FileResponse(STATIC / "index.html", headers=headers)
