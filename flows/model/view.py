"""The view: the state that a command refers to, loaded and locked for decide()."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from flows.forms.form import Indicator, Isian
from flows.model.addresses import ref_to
from flows.model.conversation import Draft, Slot
from flows.model.empty import EMPTY
from flows.model.perintah import Perintah, Status, Tugas
from flows.model.proof import Entry, Proof, SopApproval
from flows.office.calendar import WorkCalendar
from flows.office.kantor import Incumbents, Office
from flows.office.people import Person, Roster
from flows.office.period import Period
from flows.sops.book import SopBook
from flows.sops.sop import Act


class Setting(NamedTuple):
    """Values that are constant until the process restarts.

    `showing` are the chat commands that show one perintah: without a number they mean the
    running one.
    """

    office: Office
    book: SopBook
    calendar: WorkCalendar
    bot_username: str
    showing: frozenset[str] = frozenset()


class Head(NamedTuple):
    """The summary of a perintah, for lists. `rekap`: the version of the rekap that it ended with,
    0 without one and while it runs."""

    id: int
    nomor: str
    sop: str
    period: Period
    form: str
    status: Status
    parent_id: int | None
    issued_at: datetime
    rekap: int = 0

    @property
    def ref(self) -> str:
        return ref_to("perintah", self.id)

    @property
    def number(self) -> str:
        """The number within its year."""
        return self.nomor.partition("/")[0]


class Heads(tuple[Head, ...]):
    """Summaries of all that are not batal, newest first, with what is asked of all at once."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """How many have each number, every one in another year."""
        return Counter(head.number for head in self)

    @cached_property
    def orders(self) -> frozenset[tuple[str, Period]]:
        """The SOPs and periods of which an order has been given, finished or running."""
        return frozenset((head.sop, head.period) for head in self)


class Group(NamedTuple):
    chat_id: int
    topic_id: int | None
    title: str
    can_pin: bool


class Invite(NamedTuple):
    """An invitation of a person, or (person_id None) of the first admin by name. `former_chat` is
    the person's chat until now."""

    id: int
    person_id: int | None
    nama: str
    expires_at: datetime
    used_at: datetime | None
    claimed_user: int | None = None
    claimed_chat: int | None = None
    former_chat: int | None = None

    @property
    def ref(self) -> str:
        return ref_to("invite", self.id)


class Use(NamedTuple):
    """A use of a file as evidence of a row: the same file, or one of the same album."""

    perintah_id: int
    nomor: str
    period: str
    unit: str | None
    kode: str
    is_same: bool


class LocalDay(NamedTuple):
    """A holiday of the office's own, or (`is_workday`) a day worked in exchange."""

    day: date
    nama: str
    basis: str
    is_workday: bool = False


class Downtime(NamedTuple):
    """`declared_by`: the admin who declared it, None if the system detected it; `is_counted`:
    the limits have been moved by it."""

    begin: datetime
    end: datetime
    reason: str = ""
    declared_by: int | None = None
    is_counted: bool = False

    def overlaps(self, begin: datetime, end: datetime) -> bool:
        return self.begin < end and begin < self.end


class Permohonan(NamedTuple):
    """A request that waits for another person's decision; `outcome` is empty until then."""

    id: int
    kind: str
    person_id: int
    body: Mapping[str, Any]
    made_at: datetime
    outcome: str = ""


class View(NamedTuple):
    """The state a command refers to, loaded and locked.

    `tugas` is what the command means (pressed, replied to, or his only open one), `slot` the
    message pressed or replied to, `slots` the live messages about the perintah and the actor's
    own draft. `todo` are the open tugas the actor may act on. `former` maps an earlier period's
    code to its accepted rows by kode. `next_id` and `next_number` are given out only while their
    counter row is locked, else 0. `refused` is what the last refused file of `tugas` was refused
    for, `uses` where the file just sent (or the album it belongs to) already serves as evidence,
    `before` the state before the act on `tugas`. `child` is the running correction that a waiting
    `perintah` waits for; its live messages are among `slots`. `paused` are the actor's dialogs
    that others have interrupted.
    """

    setting: Setting
    roster: Roster
    incumbents: Incumbents
    actor: Person | None = None
    group: Group | None = None
    perintah: Perintah | None = None
    parent: Perintah | None = None
    child: Perintah | None = None
    tugas: Tugas | None = None
    slot: Slot | None = None
    slots: tuple[Slot, ...] = ()
    draft: Draft | None = None
    heads: Heads = Heads()
    todo: tuple[Tugas, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    former: Mapping[str, Mapping[str, Isian]] = EMPTY
    next_id: int = 0
    next_number: int = 0
    invite: Invite | None = None
    wrong_codes: int = 0
    open_tasks: tuple[Tugas, ...] = ()
    local_days: tuple[LocalDay, ...] = ()
    recount: str = ""
    permohonan: Permohonan | None = None
    next_permohonan: int = 1
    claims: tuple[Invite, ...] = ()
    proof: Proof | None = None
    entry: Entry | None = None
    paper_numbers: Mapping[str, int] = EMPTY
    refused: tuple[Mapping[str, Any], ...] = ()
    uses: tuple[Use, ...] = ()
    before: Mapping[str, Any] = EMPTY
    downtimes: tuple[Downtime, ...] = ()
    approvals: tuple[SopApproval, ...] = ()
    paused: tuple[Draft, ...] = ()

    def may_act(self, person_id: int, tugas: Tugas, act: Act) -> bool:
        """Whether he may do it: a part only its Pelaksana, else the post or an alternate role."""
        if person_id == tugas.person_id:
            return True
        roles = act.alternates if tugas.person_id is not None else (tugas.role, *act.alternates)
        return any(self.incumbents.fills(person_id, role, tugas.unit) for role in roles)
