"""An automatic official: reads his chat, presses, types, fills and sends the form."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from simulator.botapi.parameters import Upload
from simulator.people import acts
from simulator.players.figures import Form, fill, read_form
from simulator.players.labels import (
    AGAIN,
    FILLING,
    SENDING,
    act_of,
    buttons_of,
    choice,
    is_question,
    named,
    plain,
    says,
)
from simulator.players.story import Intent, Story
from simulator.world.world import Button, Chat, Message, Person, StoredFile, World

# Seconds to wait for an answer: after the bot's last start, and in all.
ANSWER_SECONDS = 10.0
LONGEST_WAIT = 30.0
WORKBOOK = ".xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LOOK_SECONDS = 5.0
_WISH_LINES = 2
_MOST_UPLOADS = 4
_WORDS_SHOWN = 120

Look = tuple[object, ...]


class Player:
    def __init__(self, world: World, person: Person, story: Story) -> None:
        self._world = world
        self._story = story
        self._chat = world.chats[person.id]
        self._watched = [self._chat]
        self._intent = Intent("")
        self._done: set[Look] = set()
        self._sent: dict[Look, int] = {}
        self._pressed: dict[int, Message] = {}
        self.person = person
        self.waits_for = ""

    async def play(self, order: str = "") -> None:
        """Gives his order, if he has one, then does what is open, until cancelled.

        The person who gave the order also reads the group.
        """
        if order:
            self._watched += [c for c in self._world.chats.values() if not c.is_private]
            self._story.tell(self.person, order)
            await self._type(order)
        while True:
            at = self._world.feed.last_id
            if not await self._do_next():
                await self._world.feed.changed(at, _LOOK_SECONDS)

    def has_work(self) -> bool:
        return self._question() is not None or any(
            self._is_new(message, button)
            for message in self.received()
            for button in buttons_of(message)
            if act_of(button)
        )

    def received(self) -> list[Message]:
        """What the bot wrote to him, as it stands now, oldest first."""
        return self._from_bot(self._chat)

    def last_words(self) -> str:
        received = self.received()
        return " ".join(received[-1].content.text.split())[:_WORDS_SHOWN] if received else ""

    async def _do_next(self) -> bool:
        question = self._question()
        if question is not None:
            await self._answer(question)
            return True
        if await self._ask_again():
            return True
        for message in self.received():
            if self._wants_form(message):
                await self._fill(message)
                return True
            if await self._press_act(message):
                return True
        return False

    def _question(self) -> Message | None:
        """The newest question that he has not answered as it stands."""
        for message in reversed(self.received()):
            if is_question(message):
                return message if _look(message) not in self._done else None
        return None

    async def _answer(self, question: Message) -> None:
        self._done.add(_look(question))
        button = choice(question, self._intent.label)
        if self._intent.lines:
            first, *rest = self._intent.lines
            self._intent = replace(self._intent, lines=tuple(rest))
            await self._type(first)
        elif button is not None:
            act = act_of(button)
            if act and act != self._intent.label:
                self._story.tell(self.person, plain(button.text))
            await self._press(question, button)
        else:
            await self._type(self._intent.sentence)

    async def _press_act(self, message: Message) -> bool:
        for button in buttons_of(message):
            act = act_of(button)
            if act is None or not self._is_new(message, button):
                continue
            self._intent = self._story.intent(self.person, message, act)
            wanted = button if self._intent.label == act else named(message, self._intent.label)
            if wanted is None:
                return False
            self._story.tell(self.person, plain(wanted.text))
            await self._press(message, wanted)
            return True
        return False

    async def _ask_again(self) -> bool:
        """Requests a file again that is reported lost, unless it stands whole right above."""
        for chat in self._watched:
            above: Message | None = None
            for message in self._from_bot(chat):
                button = named(message, AGAIN)
                is_here = above is not None and _is_whole(above, message.content.text)
                if button is not None and not is_here and self._is_new(message, button):
                    await self._press(message, button)
                    return True
                above = message
        return False

    def _wants_form(self, message: Message) -> bool:
        """Whether the message asks for a form; one with Kirim only if a form came with it."""
        if named(message, FILLING) is None or self._is_filled(message):
            return False
        can_send = any(named(message, label) for label in SENDING)
        return workbook_of(message) is not None or not can_send

    def _is_filled(self, message: Message) -> bool:
        file = workbook_of(message)
        is_known = file is not None and _wish(message, file) in self._done
        return is_known or ("form", message.id) in self._done

    async def _fill(self, message: Message) -> None:
        """A form that is wanted once is filled in once, however often it comes."""
        self._done.add(("form", message.id))
        file, form = await self._form_for(message)
        if file is None or form is None or _wish(message, file) in self._done:
            return
        self._done.add(_wish(message, file))
        work = (self._story.is_correcting, *form.rows)
        times = self._sent.get(work, 0)
        if times >= _MOST_UPLOADS:
            return
        self._sent[work] = times + 1
        entries = self._story.entries(form.rows, times)
        filled = await asyncio.to_thread(fill, form, entries)
        before = self._newest()
        acts.upload(self._world, self.person, self._chat, [Upload(file.name, XLSX, filled)])
        self._story.tell(self.person, file.name)
        await self._until(file.name, lambda: self._newest() > before)

    async def _form_for(self, message: Message) -> tuple[StoredFile | None, Form | None]:
        """The form that came with the message, or the last one before it."""
        for earlier in reversed(self.received()):
            file = workbook_of(earlier)
            if earlier.id <= message.id and file is not None:
                form = await asyncio.to_thread(read_form, file.data)
                if form is not None:
                    return file, form
        return None, None

    async def _press(self, message: Message, button: Button) -> None:
        self._done.add((message.id, button.value))
        self._pressed[message.id] = message
        chat = self._world.chats[message.chat]
        copies = [one for one in self._from_bot(chat) if button in buttons_of(one)]
        newest = max(chat.messages)
        press = acts.press_button(self._world, self.person, chat, message.id, button.value)

        def is_answered() -> bool:
            """The message has changed or one that is its like, a file has come, or words."""
            has_file = says(button.text, AGAIN) and max(chat.messages) > newest
            has_words = bool((press.answer or {}).get("text"))
            is_changed = any(chat.messages.get(one.id) != one for one in copies)
            return has_file or has_words or is_changed

        await self._until(plain(button.text), is_answered)

    async def _type(self, text: str) -> None:
        """The answer to words is a message below them: a question, or one without buttons."""
        sent = acts.say(self._world, self.person, self._chat, text)
        await self._until(
            text,
            lambda: any(
                message.id > sent.id and (is_question(message) or not message.keyboard)
                for message in self.received()
            ),
        )

    async def _until(self, awaited: str, has_come: Callable[[], bool]) -> None:
        """Waits for an answer, at most `_patience`; a later one is seen at the next look."""
        self.waits_for = awaited
        asked_at = time.monotonic()
        at = self._world.feed.last_id
        while not has_come() and (left := self._patience(asked_at)) > 0:
            await self._world.feed.changed(at, left)
            at = self._world.feed.last_id
        if has_come():
            self.waits_for = ""

    def _patience(self, asked_at: float) -> float:
        """Seconds left; while the bot is away nobody can answer."""
        since = max(asked_at, self._world.updates.began_at)
        until = min(since + ANSWER_SECONDS, asked_at + LONGEST_WAIT)
        return until - time.monotonic()

    def _from_bot(self, chat: Chat) -> list[Message]:
        bot = self._world.bot.id
        messages = (chat.messages[id] for id in sorted(chat.messages))
        return [message for message in messages if message.sender == bot]

    def _newest(self) -> int:
        return max((message.id for message in self.received()), default=0)

    def _is_new(self, message: Message, button: Button) -> bool:
        """Not pressed yet, nor another button of a message that has not answered yet; what was
        filled in is sent from the answer below, not from above."""
        is_answered_below = act_of(button) in SENDING and self._is_filled(message)
        is_waiting = self._pressed.get(message.id) == message
        is_pressed = (message.id, button.value) in self._done
        return not (is_answered_below or is_waiting or is_pressed)


def _look(message: Message) -> Look:
    """A question as it stands: the same one is not answered twice."""
    keys = tuple(button.value for button in buttons_of(message))
    return (message.id, message.content.text, keys)


def _wish(message: Message, form: StoredFile) -> Look:
    """Identity of a request: person, act and form, without the deadline, which may change."""
    return ("form", *message.content.text.split("\n")[:_WISH_LINES], form.data)


def _is_whole(message: Message, told: str) -> bool:
    """Whether the message has the file that it names, and its buttons."""
    file = message.content.file
    is_named = file is not None and f"“{file.name.rpartition('.')[0]}”" in told
    return is_named and bool(message.keyboard)


def workbook_of(message: Message) -> StoredFile | None:
    file = message.content.file
    return file if file and file.name.lower().endswith(WORKBOOK) else None
