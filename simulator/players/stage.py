"""The automatic play as a server: the simulator serves the bot until the play ends."""

import asyncio
import socket
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from simulator.players.day import OfficeDay, asking
from simulator.players.figures import FiguresInvalid, read_figures
from simulator.players.players import STILL_SECONDS, Performance, Stuck
from simulator.world.world import World

FAULTS = (FiguresInvalid, Stuck, OSError)
# Time for the bot to read how the play ended and to stop before the server does.
LEAVING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Stage:
    """`app` is the simulator whose clock the players' day moves."""

    app: ASGIApp
    world: World
    performance: Performance

    async def run(self, server: uvicorn.Server, listening: socket.socket) -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        playing = asyncio.create_task(self._play())
        await asyncio.wait((serving, playing), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait((serving,), timeout=LEAVING_SECONDS)
        _close(server)
        playing.cancel()
        await serving

    async def _play(self) -> None:
        """How it ended stands in the state of the world as long as that can be asked."""
        try:
            await self.performance.run()
        except FAULTS as fault:
            print(f"simulator: {fault}", file=sys.stderr, flush=True)
            self.world.play = "failed"
        else:
            self.world.play = "done"


def prepare(
    world: World, app: ASGIApp, figures: Path, results: Path, patience: float = STILL_SECONDS
) -> Stage:
    """`patience`: for so many seconds nothing may move before the play is given up."""
    day = OfficeDay(world.clock)
    say = partial(print, flush=True)
    performance = Performance(world, day, read_figures(figures), results, say, patience)
    return Stage(asking(app, day), world, performance)


def _close(server: uvicorn.Server) -> None:
    """Closes the connections at once: the bot's long poll ends as in an outage, not by a 500."""
    server.should_exit = server.force_exit = True
    for connection in tuple(server.server_state.connections):
        connection.transport.abort()
