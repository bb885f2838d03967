"""simulate --auto: the office plays both SOPs from the order to the rekap in the group."""

import asyncio
import socket
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from simulator.players.day import OfficeDay, asking, last_quarter
from simulator.players.figures import Figures, FiguresInvalid, is_rekap, read_figures
from simulator.players.person import WORKBOOK, Player
from simulator.players.story import Story, post_of
from simulator.world.world import Message, StoredFile, World

STILL_SECONDS = 60.0
ARRIVAL_SECONDS = 120.0
MOST_ACTS = 400
MOVES = ("message", "edited")
HEAD_OF_OFFICE = "Kepala Dinas"
FIRST = ("A-rekap.xlsx", "A-rekap.pdf")
LAST = ("B-rekap.xlsx", "B-rekap.pdf")
# Time for the bot to read how the play ended and to stop before the server does.
LEAVING_SECONDS = 5.0


class Stuck(Exception):
    """Nothing moves any more; the message says who waits for what."""


FAULTS = (FiguresInvalid, Stuck, OSError)


@dataclass(frozen=True, slots=True)
class Performance:
    """What the play starts from, where its results go, and who hears of each act."""

    world: World
    day: OfficeDay
    figures: Figures
    results: Path
    say: Callable[[str], None]
    still_seconds: float = STILL_SECONDS

    async def run(self) -> None:
        """Returns when both SOPs have ended and both rekap are saved; raises Stuck."""
        self.results.mkdir(parents=True, exist_ok=True)
        for name in (*FIRST, *LAST):
            (self.results / name).unlink(missing_ok=True)
        await self._arrived()
        self.day.begin()
        story = Story(self.world, self.figures, self.say, self.day)
        people = [person for person in self.world.people.values() if not person.is_admin]
        players = [Player(self.world, person, story) for person in people]
        head = next((p for p in players if HEAD_OF_OFFICE in p.person.note), None)
        if head is None:
            raise Stuck(f"nobody is {HEAD_OF_OFFICE}")
        order = f"/perintah pengumpulan {last_quarter(self.world.clock.now())}"
        await _first_to_end(
            self._until_over(story, players, head),
            *(player.play(order if player is head else "") for player in players),
        )
        self.say(f"both rekap are in {self.results}")

    async def _arrived(self) -> None:
        """Waits until everyone is registered and the group is bound."""
        at, deadline = self.world.feed.last_id, time.monotonic() + ARRIVAL_SECONDS
        while (state := self.world.onboarding) != "done":
            left = deadline - time.monotonic()
            if state.startswith("failed") or left <= 0:
                raise Stuck(f"the office could not register with the bot: {state}")
            await self.world.feed.changed(at, left)
            at = self.world.feed.last_id

    async def _until_over(self, story: Story, players: Sequence[Player], head: Player) -> None:
        at, moved_at = self.world.feed.last_id, time.monotonic()
        is_first_saved = False
        while not (is_first_saved and await self._is_last_saved(story, players)):
            if story.is_correcting and not is_first_saved:
                is_first_saved = await self._is_first_saved(players, head)
            left = self.still_seconds - (time.monotonic() - moved_at)
            if left <= 0 or story.acts > MOST_ACTS:
                if story.is_correcting and not is_first_saved:
                    raise Stuck(f"{post_of(head.person)} is to sign, but the rekap came to nobody")
                raise Stuck(self._reason(story, players))
            await self.world.feed.changed(at, left)
            if any(event.kind in MOVES for event in self.world.feed.since(at)):
                moved_at = time.monotonic()
            at = self.world.feed.last_id

    async def _is_first_saved(self, players: Sequence[Player], head: Player) -> bool:
        """The collection's rekap, as it lies before the office when errors are found in it. Its
        files may still be on their way: they follow the words with the button."""
        received = [message for player in players for message in player.received()]
        workbook, paper = await _newest_rekap(received), _newest(head.received(), ".pdf")
        if workbook is None or paper is None:
            return False
        self._save(FIRST, workbook, paper)
        return True

    async def _is_last_saved(self, story: Story, players: Sequence[Player]) -> bool:
        """The correction's rekap from the group, once nobody has anything left to do."""
        if story.signed_after is None or any(player.has_work() for player in players):
            return False
        group = self.world.chats[self.world.office_group or 0]
        posts = [group.messages[id] for id in sorted(group.messages) if id > story.signed_after]
        workbook, paper = await _newest_rekap(posts), _newest(posts, ".pdf")
        if workbook is None or paper is None:
            return False
        self._save(LAST, workbook, paper)
        return True

    def _reason(self, story: Story, players: Sequence[Player]) -> str:
        """One line: who waits for which answer, else what was done last."""
        if story.acts > MOST_ACTS:
            return f"after {MOST_ACTS} acts there is still no end; the last one: {story.last}"
        waiting = [
            f"{post_of(player.person)} waits for an answer to {player.waits_for!r} "
            f"(the bot's last words there: {player.last_words()!r})"
            for player in players
            if player.waits_for
        ]
        found = "; ".join(waiting) or f"everyone waits for what follows {story.last!r}"
        return f"nothing moved for {self.still_seconds:g} s: {found}"

    def _save(self, names: tuple[str, str], *files: StoredFile) -> None:
        for name, file in zip(names, files, strict=True):
            (self.results / name).write_bytes(file.data)


async def _first_to_end(*works: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _newest_rekap(messages: Sequence[Message]) -> StoredFile | None:
    for message in sorted(messages, key=lambda one: one.date, reverse=True):
        file = message.content.file
        if file and file.name.endswith(WORKBOOK) and await asyncio.to_thread(is_rekap, file.data):
            return file
    return None


def _newest(messages: Sequence[Message], ending: str) -> StoredFile | None:
    files = [message.content.file for message in messages]
    return next((file for file in reversed(files) if file and file.name.endswith(ending)), None)


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
