"""One turn: what a single command has brought about so far, gathered until it is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.model.changes import Change, Decision
from flows.model.commands import Clocked, Command, Pressed, Said, Sent
from flows.model.conversation import Draft, Slot
from flows.model.events import Event, EventName
from flows.model.messages import (
    Attachment,
    BoardDue,
    Button,
    Card,
    Line,
    Message,
    Outgoing,
    Reaction,
    Removal,
    Rows,
    Toast,
)
from flows.model.perintah import Perintah, Status, Tugas
from flows.model.view import View
from flows.office.kantor import Office
from flows.office.people import Penugasan, Person, Post
from flows.sops.sop import Act, Sop

LATE_DELIVERY = timedelta(hours=24)
# Slots of messages that several tugas of one person stand in.
SHARED = "papan:"


Press = Callable[["Turn", Tugas], Decision | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the closed vocabulary of acts.

    `card` is the message of an open tugas; `verbs` maps a button's verb to what it does (`ok` is
    the act itself) and returns a refusal or None. `open_acts` replaces the ordinary opening of
    one tugas for the post; `take_file` is given an upload meant for the tugas, `take_text` a
    reply to it that is no button's label.
    """

    name: str
    card: Callable[["Turn", Tugas, Person], Card]
    verbs: Mapping[str, Press]
    open_acts: Callable[["Turn", Act, str | None], None] | None = None
    take_file: Callable[["Turn", Tugas, Sent], Decision | None] | None = None
    take_text: Callable[["Turn", Tugas, str], Decision | None] | None = None


class Turn:
    """Gathers the outcome of a command: new state, events and words. Nothing here decides."""

    def __init__(
        self, view: View, command: Command, now: datetime, kinds: Mapping[str, Kind]
    ) -> None:
        self.kinds = kinds
        self.view = view
        self.command = command
        self.now = now
        self.day = self.local(now).date()
        self.actor: Person | None = view.actor
        self.work: Perintah | None = view.perintah
        self.parent: Perintah | None = view.parent
        self.child: Perintah | None = view.child
        self.created: list[Perintah] = []
        self.events: list[Event] = []
        self.out: list[Outgoing] = []
        self.changes: list[Change] = []
        self.opened: list[Tugas] = []
        self.finished: list[Tugas] = []
        self.cause: Tugas | None = None
        self.recorder: Person | None = None
        self.done: Line | None = None
        self.has_draft = False
        self.draft: Draft | None = view.draft
        self._answers = 0

    @property
    def office(self) -> Office:
        return self.view.setting.office

    @property
    def perintah(self) -> Perintah:
        if self.work is None:
            raise LookupError("this command refers to no perintah")
        return self.work

    @perintah.setter
    def perintah(self, perintah: Perintah) -> None:
        self.work = perintah

    @property
    def person(self) -> Person:
        if self.actor is None:
            raise LookupError("this command has no registered person")
        return self.actor

    @property
    def speaker(self) -> Person:
        """Whose dialog it is: the operator's, while he writes down the act of another."""
        return self.recorder or self.person

    @property
    def sop(self) -> Sop:
        perintah = self.perintah
        return self.view.setting.book.sop(perintah.sop, perintah.sop_version)

    @property
    def at(self) -> datetime:
        """When it was done: the message's own date, unless it is implausible."""
        if isinstance(self.command, Clocked):
            return self.now
        sent = self.command.origin.sent_at
        return sent if self.now - LATE_DELIVERY <= sent <= self.now else self.now

    @property
    def key(self) -> str:
        return self.command.key if isinstance(self.command, Clocked) else self.command.origin.key

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.view.setting.calendar.zone)

    def act(self, tugas: Tugas) -> Act:
        return self.sop.act(tugas.act)

    def holders(self, tugas: Tugas) -> tuple[Person, ...]:
        """Who answers for a tugas at this moment."""
        if tugas.person_id is not None:
            person = self.view.roster.person(tugas.person_id)
            return (person,) if person else ()
        return self.people_of(self.post(tugas))

    def post(self, tugas: Tugas) -> Post:
        return Post(tugas.role, tugas.unit if self.office.is_per_unit(tugas.role) else None)

    def post_holders(self, role: str, unit: str | None = None) -> tuple[Person, ...]:
        post = Post(role, unit if self.office.is_per_unit(role) else None)
        return self.view.incumbents.holders(post)

    def people_of(self, post: Post) -> tuple[Person, ...]:
        """Who fills the post today."""
        return self.view.incumbents.holders(post)

    def mandate_of(self, person_id: int, post: Post) -> Penugasan | None:
        """By which penugasan the person may act in this post today, or None: he may not."""
        return self.view.incumbents.mandate(person_id, post)

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        """All posts the person fills today."""
        return self.view.incumbents.posts_of(person_id)

    def holds(self, *roles: str, unit: str | None = None) -> bool:
        """Whether the person holds one of these posts today; nobody unknown does."""
        me = self.actor.id if self.actor else None
        return any(p.id == me for role in roles for p in self.post_holders(role, unit))

    def may_act(self, tugas: Tugas) -> bool:
        if self.actor is None:
            return False
        allowed = list(self.holders(tugas))
        for role in self.act(tugas).alternates:
            allowed.extend(self.post_holders(role, tugas.unit))
        return any(person.id == self.actor.id for person in allowed)

    def mandate(self, tugas: Tugas) -> str:
        """definitif, Plt, Plh or a.n: by which right the actor holds the post of this tugas."""
        if self.actor is None:
            return "sistem"
        post = self.post(tugas)
        penugasan = self.mandate_of(self.actor.id, post)
        return penugasan.jenis if penugasan else "definitif"

    def record(self, name: EventName, tugas: Tugas | None = None, **data: Any) -> None:
        perintah_id = tugas.perintah_id if tugas else (self.work.id if self.work else None)
        self.events.append(
            Event(
                name=name,
                perintah_id=perintah_id,
                tugas=tugas.ref if tugas else None,
                unit=tugas.unit if tugas else None,
                person_id=self.actor.id if self.actor else None,
                role=tugas.role if tugas else None,
                mandate=self.mandate(tugas) if tugas else "",
                data={**data, **({"recorder": self.recorder.id} if self.recorder else {})},
            )
        )

    def say(self, message: Message) -> None:
        self.out.append(message)

    def tell(self, person: Person, key: str, args: Mapping[str, Any], **rest: Any) -> None:
        """A message of its own to a person."""
        self.say(Message(key=key, to=f"p{person.id}", args=args, **rest))

    @property
    def pressed_slot(self) -> Slot | None:
        return self.view.slot if isinstance(self.command, Pressed) else None

    @property
    def here(self) -> str:
        """Who is answered: the person in private, or the chat of somebody unknown."""
        if self.recorder is not None:
            return f"p{self.recorder.id}"
        if self.actor is not None:
            return f"p{self.actor.id}"
        if isinstance(self.command, Clocked):
            raise LookupError("a tick is answered to nobody")
        return f"c{self.command.origin.chat_id}"

    def answer_slot(self) -> str:
        """A press is answered in the message pressed, but below one that stands for several
        tugas; words and files are answered below them."""
        pressed = self.pressed_slot
        is_mine = pressed is not None and pressed.to == self.here
        if pressed is not None and is_mine and not pressed.name.startswith(SHARED):
            return pressed.name
        self._answers += 1
        return f"{self.key}:{self._answers}"

    def answer(
        self,
        key: str,
        args: Mapping[str, Any] | None = None,
        rows: Rows = (),
        *,
        about: str = "",
        attachments: tuple[Attachment, ...] = (),
        is_below: bool = False,
        slot: str = "",
    ) -> str:
        """Says it to whoever asked, silently; returns the slot it stands in."""
        if is_below:
            self._answers += 1
            slot = f"{self.key}:{self._answers}b"
        slot = slot or self.answer_slot()
        self.say(
            Message(
                key=key,
                to=self.here,
                args={**self._in_whose_name(), **(args or {})},
                rows=rows,
                slot=slot,
                about=about,
                attachments=attachments,
                lane=0,
            )
        )
        return slot

    def _in_whose_name(self) -> Mapping[str, Any]:
        """What an operator reads while he writes down an official's act says so."""
        if self.recorder is None or self.actor is None or self.actor == self.recorder:
            return {}
        names = {"pejabat": self.actor.nama, "operator": self.recorder.nama}
        return {"selesai": {"key": "atas_nama", "args": names}}

    def toast(self, key: str = "", args: Mapping[str, Any] | None = None) -> None:
        if isinstance(self.command, Pressed):
            self.out.append(Toast(self.command.callback_id, key, args or {}, is_alert=bool(key)))

    def end_perintah(self, status: Status) -> None:
        self.perintah = self.perintah._replace(status=status, finished_at=self.at)
        self.record("PerintahFinished", status=status)

    def caused_by(self, tugas: Tugas) -> None:
        """What the turn opens and supersedes follows from the first act in it."""
        self.cause = self.cause or tugas

    def pass_note(self, note: str) -> None:
        """What was written for the next holder goes into the tugas just opened."""
        if note:
            for tugas in self.opened:
                self.perintah = self.perintah.with_tugas(tugas._replace(note=note))

    def react(self) -> None:
        """An acknowledgement without a word, on the person's own message."""
        if isinstance(self.command, Said | Sent):
            origin = self.command.origin
            self.out.append(Reaction(origin.chat_id, origin.message_id))

    def remove_buttons(self, slot: str, *, is_over: bool = True) -> None:
        self.out.append(Removal(slot, is_over=is_over))

    def remove_message(self, slot: str) -> None:
        self.out.append(Removal(slot, is_whole=True))

    @property
    def changed(self) -> list[Perintah]:
        """What has become of the perintah at work, the one it corrects and its correction."""
        now = (self.work, self.parent, self.child)
        before = (self.view.perintah, self.view.parent, self.view.child)
        return [new for old, new in zip(before, now, strict=True) if new and new is not old]

    def perintah_of(self, ref: str) -> Perintah | None:
        """The perintah at work, the one it corrects or its correction: whose tugas that is."""
        family = (self.work, self.parent, self.child)
        return next((each for each in family if each and each.task(ref)), None)

    def board(self, perintah: Perintah) -> None:
        self.out.append(BoardDue(perintah.id))

    def set_draft(self, draft: Draft | None) -> None:
        self.has_draft = True
        self.draft = draft

    def refuse(
        self,
        key: str,
        args: Mapping[str, Any] | None = None,
        rows: Rows = (),
        attachments: tuple[Attachment, ...] = (),
        about: str = "",
    ) -> Decision:
        """Nothing moves; the person is told why, below what he said."""
        refused = Turn(self.view, self.command, self.now, self.kinds)
        refused.toast()
        refused.answer(key, args, rows, about=about, attachments=attachments, is_below=True)
        return Decision(out=tuple(refused.out), is_refused=True)

    def refuse_toast(self, key: str, args: Mapping[str, Any] | None = None) -> Decision:
        refused = Turn(self.view, self.command, self.now, self.kinds)
        refused.toast(key, args)
        refused._strip_copy()
        return Decision(out=tuple(refused.out), is_refused=True)

    def decision(self) -> Decision:
        """What the turn has come to; a press is always answered, if only by stopping its clock."""
        if isinstance(self.command, Pressed) and not any(isinstance(o, Toast) for o in self.out):
            self.toast()
        self._strip_copy()
        changed = [*self.created]
        changed += [perintah for perintah in self.changed if perintah not in changed]
        return Decision(
            out=tuple(self.out),
            perintah=tuple(changed),
            has_draft=self.has_draft,
            draft=self.draft if self.has_draft else None,
            events=tuple(self.events),
            changes=tuple(self.changes),
        )

    def _strip_copy(self) -> None:
        """A press on a message no slot knows: its answer stands elsewhere, so its buttons go."""
        if isinstance(self.command, Pressed) and self.view.slot is None:
            origin = self.command.origin
            self.out.append(Removal(chat_id=origin.chat_id, message_id=origin.message_id))


def button(
    key: str, verb: str, ref: str, revision: int = 0, label: str = "", **args: Any
) -> Button:
    return Button(key, verb, ref, revision, label, args=args)


def task_button(tugas: Tugas, key: str, verb: str, **rest: Any) -> Button:
    return button(key, verb, tugas.ref, tugas.revision, **rest)


def bumped(tugas: Tugas, **changes: Any) -> Tugas:
    """The tugas changed: buttons of its former state no longer count."""
    return tugas._replace(revision=tugas.revision + 1, **changes)


def is_loaded(turn: Turn, tugas: Tugas) -> bool:
    return turn.work is not None and tugas.perintah_id == turn.work.id
