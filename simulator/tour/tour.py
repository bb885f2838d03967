"""The guided tour: an SOP played act by act, with a pause and a caption before each."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from simulator.people.acts import ActRefused
from simulator.people.limits import tell_clock
from simulator.people.people_api import answered
from simulator.players.day import OfficeDay, last_quarter
from simulator.players.figures import read_figures
from simulator.players.labels import act_of, buttons_of, choice, plain
from simulator.players.person import Player, workbook_of
from simulator.players.players import HEAD_OF_OFFICE
from simulator.players.story import Intent, Story, post_of
from simulator.tour import captions
from simulator.tour.other_offices import OtherOffices
from simulator.world.world import Message, Person, World

SOPS = ("A", "AB")
FIGURES = Path(__file__).resolve().parents[2] / "contoh" / "realisasi.xlsx"
READING_SECONDS = 6.0
AGAIN_SECONDS = 0.4
SETTLE_SECONDS = 0.4
QUIET_SECONDS = 3.0

Step = tuple[Message, str, str]


@dataclass(slots=True)
class TourState:
    """What the page shows of it while it plays."""

    running: bool = False
    paused: bool = False
    taken: list[int] = field(default_factory=list)
    caption: str = ""
    person: int = 0
    message: int = 0
    label: str = ""

    def view(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class CollectionOnly(Story):
    """The first SOP alone: nothing is found wrong at its signing."""

    __slots__ = ()

    def intent(self, person: Person, message: Message, label: str) -> Intent:
        if label != "Tanda tangani":
            return super().intent(person, message, label)
        self.signed_after = self._last_group_post()
        return Intent(label)


class Guided(Player):
    """An automatic official that waits for the tour before each act."""

    def __init__(self, world: World, person: Person, story: Story, tour: "Tour") -> None:
        super().__init__(world, person, story)
        self._tour = tour
        self._vain: set[tuple[int, str]] = set()

    async def _do_next(self) -> bool:
        step = self._next_step()
        if step is None or not await self._tour.cue(self, step):
            return False
        has_acted = await super()._do_next()
        if not has_acted:
            self._vain.add((step[0].id, step[1]))
        return has_acted

    def _next_step(self) -> Step | None:
        question = self._question()
        if question is not None:
            button = choice(question, self._intent.label)
            if button is None or self._intent.lines:
                return question, captions.ANSWERS, captions.ANSWERS
            return question, act_of(button) or captions.ANSWERS, button.text
        for message in self.received():
            if self._wants_form(message):
                return message, captions.FILLS, captions.FILLS
            for button in buttons_of(message):
                act = act_of(button)
                is_vain = act is None or (message.id, act) in self._vain
                if act is not None and not is_vain and self._is_new(message, button):
                    return message, act, button.text
        return None


class Tour:
    def __init__(self, world: World, others: OtherOffices) -> None:
        self.state = TourState()
        self.others = others
        self._world = world
        self._floor = asyncio.Lock()
        self._go = asyncio.Event()
        self._seen: set[str] = set()
        self._cued_at = 0.0
        self._seconds = READING_SECONDS
        self._task: asyncio.Task[None] | None = None
        self._day = OfficeDay(world.clock)

    def start(self, sop: str, seconds: float = READING_SECONDS) -> None:
        if self.state.running:
            raise ActRefused("Peragaan sedang berjalan")
        if self._world.onboarding != "done":
            raise ActRefused(captions.NOT_ARRIVED)
        starts, notice = self._place()
        if starts != "here":
            raise ActRefused(notice)
        self.state = TourState(running=True, caption=captions.OPENING)
        self._seen.clear()
        self._seconds = seconds
        self._tell()
        self._task = asyncio.create_task(self._play(sop))

    def view(self) -> dict[str, Any]:
        starts, notice = ("", "") if self.state.running else self._place()
        further = {"starts": starts, "notice": notice, "opener": self.others.opener}
        return self.state.view() | further

    def _place(self) -> tuple[str, str]:
        """Where it starts (here, anew in a fresh office, or not), and what is said of that."""
        if self._world.onboarding != "done" or not self._is_used():
            return "here", ""
        if self.others.can_open:
            return "anew", captions.ANEW
        return "", captions.BACK if self.others.opener else captions.USED

    def _is_used(self) -> bool:
        """Whether somebody has worked here: its open messages would be taken for the tour's."""
        people = {id for id, person in self._world.people.items() if not person.is_admin}
        messages = [m for chat in self._world.chats.values() for m in chat.messages.values()]
        return any(
            any(act_of(button) for button in buttons_of(message))
            or (message.sender in people and not message.content.text.startswith("/start"))
            for message in messages
        )

    async def stop(self, last_words: str = captions.STOPPED) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.state = TourState(caption=last_words)
        self._tell()

    def pause(self, is_paused: bool) -> None:
        self.state.paused = is_paused
        if not is_paused:
            self._go.set()
        self._tell()

    def next(self) -> None:
        self._go.set()

    def take(self, person: int, is_taken: bool) -> None:
        others = [id for id in self.state.taken if id != person]
        self.state.taken = [*others, person] if is_taken else others
        if person == self.state.person:
            self._go.set()
        self._tell()

    async def cue(self, player: Player, step: Step) -> bool:
        """One act at a time; False when what it was about has changed while it waited."""
        message, act, label = step
        async with self._floor:
            await asyncio.sleep(SETTLE_SECONDS)
            if not self._stands(player.person, message):
                return False
            self._show(player.person, message, act, label)
            again = min(AGAIN_SECONDS, self._seconds)
            await self._wait(self._seconds if self._is_first(player, act) else again)
            self._day.asked()
            tell_clock(self._world)
            self._cued_at = time.monotonic()
            return self._stands(player.person, message)

    async def _wait(self, seconds: float) -> None:
        """Until its time, a press of Next, or, while it is paused, only the press."""
        self._go.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._go.wait()
        while self.state.paused and not self._go.is_set():
            await self._go.wait()

    async def _play(self, sop: str) -> None:
        figures = await asyncio.to_thread(read_figures, FIGURES)
        kind = CollectionOnly if sop == "A" else Story
        story = kind(self._world, figures, lambda line: None, self._day)
        people = [person for person in self._world.people.values() if not person.is_admin]
        players = [Guided(self._world, person, story, self) for person in people]
        self._day.begin()
        order = f"/perintah pengumpulan {last_quarter(self._world.clock.now())}"
        is_new = not any(player.has_work() for player in players)
        head = next((p for p in players if HEAD_OF_OFFICE in p.person.note), players[0])
        async with asyncio.TaskGroup() as group:
            acting = [
                group.create_task(player.play(order if is_new and player is head else ""))
                for player in players
            ]
            await self._until_over(story, players)
            for task in acting:
                task.cancel()
        self._task = None
        self.state = TourState(caption=captions.OVER)
        self._tell()

    async def _until_over(self, story: Story, players: list[Guided]) -> None:
        while not self._has_ended(story) or any(player.has_work() for player in players):
            await asyncio.sleep(SETTLE_SECONDS)
            if time.monotonic() - self._cued_at < QUIET_SECONDS or self._floor.locked():
                continue
            yours = [p for p in players if p.person.id in self.state.taken and p.has_work()]
            words = captions.YOUR_TURN.format(post=post_of(yours[0].person)) if yours else None
            self._say(words or captions.WAITING)

    def _has_ended(self, story: Story) -> bool:
        """Signed, and what the signature released has come to the group."""
        if story.signed_after is None:
            return False
        group = self._world.chats[self._world.office_group or 0]
        return any(
            message.id > (story.signed_after or 0) and workbook_of(message)
            for message in group.messages.values()
        )

    def _stands(self, person: Person, message: Message) -> bool:
        is_ours = person.id not in self.state.taken
        return is_ours and self._world.chats[person.id].messages.get(message.id) == message

    def _is_first(self, player: Player, act: str) -> bool:
        """Whether no other unit has done this act yet: repeated ones get a short pause."""
        key = f"{post_of(player.person).split()[0]}:{act}"
        is_first = key not in self._seen
        self._seen.add(key)
        return is_first

    def _show(self, person: Person, message: Message, act: str, label: str) -> None:
        self.state.person, self.state.message, self.state.label = person.id, message.id, label
        self._say(captions.caption(post_of(person), person.name, act, plain(label)))

    def _say(self, words: str) -> None:
        if words != self.state.caption:
            self.state.caption = words
            self._tell()

    def _tell(self) -> None:
        self._world.feed.publish("tour", self.view())


async def read_tour(world: World, request: Request, body: dict[str, Any]) -> Any:
    tour: Tour = request.app.state.tour
    return tour.view()


async def direct(world: World, request: Request, body: dict[str, Any]) -> Any:
    tour: Tour = request.app.state.tour
    match body["do"]:
        case "start":
            seconds = float(body.get("seconds", READING_SECONDS))
            tour.start(_sop(body), seconds)
        case "open":
            return {"port": await tour.others.open(_sop(body))}
        case "pause" | "resume":
            tour.pause(body["do"] == "pause")
        case "next":
            tour.next()
        case "take" | "give":
            tour.take(int(body["person"]), body["do"] == "take")
        case "stop":
            await tour.stop()
        case unknown:
            raise ActRefused(f"unknown act {unknown!r}")
    return tour.view()


def _sop(body: dict[str, Any]) -> str:
    sop = str(body.get("sop") or "A")
    if sop not in SOPS:
        raise ActRefused(f"unknown SOP {sop!r}")
    return sop


def routes() -> list[Route]:
    acts = {"GET": read_tour, "POST": direct}
    return [Route("/api/tour", answered(act), methods=[verb]) for verb, act in acts.items()]
