"""One turn: the collected outcome of a single command, and the declaration of a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.model.addresses import Ref, command_ref, slot_name
from flows.model.changes import Change, Decision, KeepBerkas
from flows.model.commands import Clocked, Command, Sent, key_of
from flows.model.conversation import Draft, packed
from flows.model.events import Event, EventName
from flows.model.meaning import MENU
from flows.model.messages import Attachment, Button, Card, Line, Rows
from flows.model.perintah import Perintah, Status, Tugas
from flows.model.view import View
from flows.office.kantor import Office
from flows.office.people import Person
from flows.sops.sop import Act, Sop
from flows.sops.vocabulary import Traits
from flows.turn.authority import Authority
from flows.turn.speech import Speech

LATE_DELIVERY = timedelta(hours=24)
Press = Callable[["Turn", Tugas], Decision | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the closed vocabulary of acts.

    `card` is the message of an open tugas; `verbs` maps a button's verb to what it does (`ok` is
    the act itself) and returns a refusal or None. `open_acts` replaces the ordinary opening of
    one tugas for the post; `take_file` is given an upload meant for the tugas, `take_text` a
    reply to it that is no button's label; `hear_late` may find what words mean once the tugas
    has ended. `traits` are what other rooms ask of it. `handed` gives the arguments of the line
    of an act that hands something over: it follows the receipts.
    """

    name: str
    card: Callable[["Turn", Tugas, Person], Card]
    verbs: Mapping[str, Press]
    traits: Traits
    open_acts: Callable[["Turn", Act, str | None], None] | None = None
    take_file: Callable[["Turn", Tugas, Sent], Decision | None] | None = None
    take_text: Callable[["Turn", Tugas, str], Decision | None] | None = None
    handed: Callable[["Turn", Tugas], dict[str, Any]] | None = None
    hear_late: Callable[["Turn", Tugas, str], Callable[[], Decision | None] | None] | None = None


class Turn:
    """Collects the outcome of a command: new state, events and messages. It makes no decisions.

    Who may act is asked of `authority`, what is said goes through `speech`.
    """

    def __init__(
        self, view: View, command: Command, now: datetime, kinds: Mapping[str, Kind]
    ) -> None:
        self.kinds = kinds
        self.view = view
        self.command = command
        self.now = now
        self.day = self.local(now).date()
        self.actor: Person | None = view.actor
        self.speech = Speech(view, command)
        self.work: Perintah | None = view.perintah
        self.parent: Perintah | None = view.parent
        self.child: Perintah | None = view.child
        self.created: list[Perintah] = []
        self.events: list[Event] = []
        self.changes: list[Change] = []
        self.opened: list[Tugas] = []
        self.finished: list[Tugas] = []
        self.cause: Tugas | None = None
        self.recorder: Person | None = None
        self.done: Line | None = None
        self.has_draft = False
        self.draft: Draft | None = view.draft
        # Slots of questions that this turn answers.
        self.answered: list[str] = []
        self.paused: tuple[Draft, ...] = view.paused
        # Whether the command belongs to the open dialog; else a new one interrupts it.
        self.is_answering = False
        self.has_interrupted = False

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
    def tugas(self) -> Tugas:
        if self.view.tugas is None:
            raise LookupError("this command refers to no tugas")
        return self.view.tugas

    @property
    def person(self) -> Person:
        if self.actor is None:
            raise LookupError("this command has no registered person")
        return self.actor

    @property
    def speaker(self) -> Person:
        """The owner of the dialog: the operator, while he records the act of another."""
        return self.recorder or self.person

    @property
    def sop(self) -> Sop:
        perintah = self.perintah
        return self.view.setting.book.sop(perintah.sop, perintah.sop_version)

    @property
    def at(self) -> datetime:
        """The moment of the act: the message's date, unless that is implausible (aware UTC)."""
        if isinstance(self.command, Clocked):
            return self.now
        sent = self.command.origin.sent_at
        return sent if self.now - LATE_DELIVERY <= sent <= self.now else self.now

    @property
    def key(self) -> str:
        return key_of(self.command)

    @property
    def authority(self) -> Authority:
        return Authority(self.view, self.actor)

    def may_act(self, tugas: Tugas) -> bool:
        return self.authority.may_act(tugas, self.act(tugas))

    def act_for(self, official: Person) -> None:
        """Makes the official the actor; the sender records the act."""
        self.recorder, self.actor = self.actor, official
        self.speech.act_for(official)

    def act_for_himself(self) -> None:
        """Makes the recorder the actor again; later messages are in his own name."""
        self.actor = self.recorder
        self.speech.act_for(None)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.view.setting.calendar.zone)

    def act(self, tugas: Tugas) -> Act:
        return self.sop.act(tugas.act)

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
                mandate=self.authority.mandate(tugas) if tugas else "",
                data={**data, **({"recorder": self.recorder.id} if self.recorder else {})},
            )
        )

    def keep_file(
        self, tugas: Tugas, sha256: str, name: str, size: int = 0, code: str = "", album: str = ""
    ) -> None:
        place = (tugas.perintah_id, tugas.unit, code)
        self.changes.append(KeepBerkas(sha256, name, size, *place, self.person.id, album))

    def end_perintah(self, status: Status) -> None:
        self.perintah = self.perintah._replace(status=status, finished_at=self.at)
        self.record("PerintahFinished", status=status)

    def caused_by(self, tugas: Tugas) -> None:
        """Sets the tugas that caused what the turn opens and supersedes; the first one stays."""
        self.cause = self.cause or tugas

    def pass_note(self, note: str) -> None:
        """Puts the note for the next holder into the tugas just opened."""
        if note:
            for tugas in self.opened:
                self.perintah = self.perintah.with_tugas(tugas._replace(note=note))

    @property
    def changed(self) -> list[Perintah]:
        """The changed ones of the turn's perintah, the one it corrects and its correction."""
        now = (self.work, self.parent, self.child)
        before = (self.view.perintah, self.view.parent, self.view.child)
        return [new for old, new in zip(before, now, strict=True) if new and new is not old]

    @property
    def family(self) -> list[tuple[Perintah, Perintah]]:
        """The changed perintah that there were before, each as it was and as it is."""
        if not (changed := self.changed):
            return []
        known = (self.view.perintah, self.view.parent, self.view.child)
        former = {each.id: each for each in known if each is not None}
        return [(former[now.id], now) for now in changed if now.id in former]

    def perintah_of(self, ref: str) -> Perintah | None:
        """The perintah of that tugas: the turn's, the one it corrects, or its correction."""
        family = (self.work, self.parent, self.child)
        return next((each for each in family if each and each.task(ref)), None)

    def task_of(self, ref: str) -> Tugas | None:
        """The tugas in the turn's perintah, the one it corrects, or its correction."""
        meant = Ref.read(ref)
        perintah_id = meant.perintah_id
        for perintah in (self.work, self.parent, self.child):
            if perintah is not None and perintah.id == perintah_id:
                return perintah.numbered(meant.seq)
        return None

    def set_draft(self, draft: Draft | None) -> None:
        self.has_draft = True
        self.draft = draft

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
    ) -> Decision | None:
        """Answers the sender; None, as from every command that is not refused."""
        self.speech.answer(
            key, args, rows, about=about, attachments=attachments, is_below=is_below, slot=slot
        )
        return None

    def close(self, key: str, args: Mapping[str, Any]) -> Decision | None:
        """Ends an act with its line, which the next message of the actor shows; None likewise."""
        self.done = Line(key, args)
        return None

    def refuse(
        self,
        key: str,
        args: Mapping[str, Any] | None = None,
        rows: Rows = (),
        attachments: tuple[Attachment, ...] = (),
        about: str = "",
    ) -> Decision:
        """Refuses without a change of state; tells the person why, below his message. What is
        said of a typed answer alone goes with the questions of its dialog; the mistakes of a
        file stay, for whoever mends it."""
        speech = Speech(self.view, self.command)
        speech.toast()
        is_passing = self.is_answering and not (rows or attachments)
        asking = self.view.draft if is_passing and not isinstance(self.command, Sent) else None
        slot = slot_name("tolak", asking.ref, self.key) if asking is not None else ""
        speech.answer(
            key, args, rows, about=about, attachments=attachments, is_below=not slot, slot=slot
        )
        return Decision(out=tuple(speech.out), is_refused=True)

    def refuse_changed(self) -> Decision:
        """Refuses the end of a dialog whose matter has changed meanwhile, and ends the dialog:
        with the same answers it could only be refused again."""
        # This refusal stays: no later answer of the dialog removes it.
        self.is_answering = False
        refused = self.refuse("tugas_berubah", {})
        return refused._replace(has_draft=True, draft=packed(None, self.paused))

    def refuse_idle(self, tugas: Tugas) -> Decision | None:
        """The refusal of a press on a tugas that is not the actor's, or has ended; else None."""
        if not self.may_act(tugas):
            return self.refuse_toast("bukan_kewenangan")
        return None if tugas.is_open else self.refuse_toast("tombol_lama")

    def refuse_other(self, capability: str) -> Decision:
        """Refuses an act that is not the person's; tells him whose it is."""
        who = self.office.labels(self.office.roles_that(capability))
        return self.refuse("bukan_kewenangan", {"berwenang": who, "tindakan": capability})

    def refuse_toast(self, key: str, args: Mapping[str, Any] | None = None) -> Decision:
        speech = Speech(self.view, self.command)
        speech.toast(key, args)
        speech.strip_copy()
        return Decision(out=tuple(speech.out), is_refused=True)

    def decision(self) -> Decision:
        """The decision of the turn; a press is always answered, to end its loading indicator."""
        self.speech.conclude()
        changed = [*self.created]
        changed += [perintah for perintah in self.changed if perintah not in changed]
        return Decision(
            out=tuple(self.speech.out),
            perintah=tuple(changed),
            has_draft=self.has_draft,
            draft=packed(self.draft, self.paused) if self.has_draft else None,
            events=tuple(self.events),
            changes=tuple(self.changes),
        )


def button(
    key: str, verb: str, ref: str, revision: int = 0, label: str = "", **args: Any
) -> Button:
    return Button(key, verb, ref, revision, label, args=args)


def menu_button(key: str, command: str) -> Button:
    """A button that runs a chat command."""
    return button(key, MENU, command_ref(command))


def task_button(tugas: Tugas, key: str, verb: str, **rest: Any) -> Button:
    return button(key, verb, tugas.ref, tugas.revision, **rest)


def turning(page: int, pages: int, at: Callable[..., Button]) -> tuple[Button, ...]:
    """The buttons that turn pages, counted from 0; `at` makes one by its key and its page."""
    return (
        at("sebelum", max(page - 1, 0)),
        at("halaman", page, hal=page + 1, dari=pages),
        at("sesudah", min(page + 1, pages - 1)),
    )


def bumped(tugas: Tugas, **changes: Any) -> Tugas:
    """The tugas with the next revision: buttons of its former state become stale."""
    return tugas._replace(revision=tugas.revision + 1, **changes)


def is_loaded(turn: Turn, tugas: Tugas) -> bool:
    return turn.work is not None and tugas.perintah_id == turn.work.id
