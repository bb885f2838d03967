"""Where the players perform: the simulator serves the bot as long as the play lasts."""

import asyncio
import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from simulator.clock import MovableClock
from simulator.play_day import OfficeDay, asking
from simulator.play_figures import FiguresInvalid, read_figures
from simulator.players import Performance, Stuck
from simulator.world import World

FAULTS = (FiguresInvalid, Stuck, OSError)


@dataclass(frozen=True, slots=True)
class Stage:
    """`app` is the simulator, with the players' day watching over its clock."""

    app: ASGIApp
    performance: Performance

    async def run(self, server: uvicorn.Server, listening: socket.socket) -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        playing = asyncio.create_task(self.performance.run())
        await asyncio.wait((serving, playing), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        playing.cancel()
        await serving
        await playing


def prepare(world: World, app: ASGIApp, figures: Path, results: Path) -> Stage:
    day = OfficeDay(world.clock)
    performance = Performance(world, day, read_figures(figures), results, _say)
    return Stage(asking(app, day), performance)


def _say(line: str) -> None:
    print(line, flush=True)
