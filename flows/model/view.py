"""What decide() is given and what it gives back: the state around a command, and its outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from flows.forms.form import Indicator, Isian
from flows.model.downtime import Downtime
from flows.model.empty import EMPTY
from flows.model.events import Event
from flows.model.messages import Outgoing
from flows.model.perintah import Perintah, Period, Status, Tugas
from flows.model.proof import Proof
from flows.office.calendar import WorkCalendar
from flows.office.incumbents import Incumbents
from flows.office.kantor import Office
from flows.office.people import Jenis, MarkProxied, Penugasan, Person, Roster
from flows.ratified import SopApproval
from flows.sops.book import SopBook


class Setting(NamedTuple):
    """What is the same for every command until the process starts again."""

    office: Office
    book: SopBook
    calendar: WorkCalendar
    bot_username: str


class Slot(NamedTuple):
    """A message that stands in a chat and may still be edited. `to` as in Message.

    `is_asking`: a question is open in it.
    """

    name: str
    to: str
    about: str
    is_live: bool
    has_file: bool = False
    message_id: int | None = None
    is_asking: bool = False


class Draft(NamedTuple):
    """A person's unfinished dialog; this row is the whole conversation.

    `about` is a tugas ("7-12"), a perintah ("p7") or empty; `slot` is where its question stands.
    """

    person_id: int
    dialog: str
    about: str
    slot: str
    started_at: datetime
    answers: Mapping[str, Any] = EMPTY
    revision: int = 0

    @property
    def ref(self) -> str:
        return f"d{self.person_id}"


@dataclass(frozen=True, slots=True)
class Head:
    """A perintah in a list."""

    id: int
    nomor: str
    sop: str
    period: Period
    form: str
    status: Status
    parent_id: int | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    chat_id: int
    topic_id: int | None
    title: str
    can_pin: bool


@dataclass(frozen=True, slots=True)
class Invite:
    """What a code opens: a person, or (person_id None) the first admin by name. `former_chat` is
    where he has been reached until now."""

    id: int
    person_id: int | None
    nama: str
    expires_at: datetime
    used_at: datetime | None
    claimed_user: int | None = None
    claimed_chat: int | None = None
    former_chat: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A file serves as evidence of a row: the same file, or one of the same album."""

    perintah_id: int
    nomor: str
    period: str
    unit: str | None
    kode: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A holiday of the office's own, or (`is_workday`) a day worked in exchange."""

    day: date
    nama: str
    basis: str
    is_workday: bool = False


@dataclass(frozen=True, slots=True)
class Permohonan:
    """What waits for somebody else's word; `outcome` is empty until it is given."""

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
    `before` what stood before the act on `tugas`. `child` is the running correction that a waiting
    `perintah` waits for; its live messages are among `slots`.
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
    heads: tuple[Head, ...] = ()
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
    paper_numbers: Mapping[str, int] = EMPTY
    refused: tuple[Mapping[str, Any], ...] = ()
    uses: tuple[Use, ...] = ()
    before: Mapping[str, Any] = EMPTY
    downtimes: tuple[Downtime, ...] = ()
    approvals: tuple[SopApproval, ...] = ()


@dataclass(frozen=True, slots=True)
class BindPerson:
    person_id: int
    user_id: int
    chat_id: int
    invite_id: int


@dataclass(frozen=True, slots=True)
class AddAdmin:
    """The first admin has come by his code: a person without NIP, with the post admin."""

    nama: str
    user_id: int
    chat_id: int
    invite_id: int


@dataclass(frozen=True, slots=True)
class CountWrongCode:
    user_id: int


@dataclass(frozen=True, slots=True)
class BindGroup:
    chat_id: int
    topic_id: int | None
    title: str
    can_pin: bool


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """The group became a supergroup: its id and that of all pending messages changes."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True)
class LoseGroup:
    chat_id: int


@dataclass(frozen=True, slots=True)
class SetReachable:
    person_id: int
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class CountPaper:
    """A paper of that kind has been given this number of the year."""

    kind: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class KeepBerkas:
    """A stored file belongs to the record from now on."""

    sha256: str
    name: str
    size: int
    perintah_id: int
    unit: str | None
    kode: str
    person_id: int
    album: str = ""


@dataclass(frozen=True, slots=True)
class KeepRefusal:
    """What a file of the tugas was refused for; empty: it has been accepted since."""

    perintah_id: int
    seq: int
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class KeepFormer:
    """What stood before an act on that tugas, for as long as it may be taken back."""

    perintah_id: int
    seq: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakeIndicators:
    """The whole master list of a year, in place of the one before."""

    year: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class GivePost:
    person_id: int
    role: str
    unit: str | None
    jabatan: str
    jenis: Jenis
    mulai: date | None
    selesai: date | None
    surat: str


@dataclass(frozen=True, slots=True)
class EndPost:
    """`last` is the last day on which it is held."""

    penugasan_id: int
    last: date


@dataclass(frozen=True, slots=True)
class AddDay:
    day: LocalDay


@dataclass(frozen=True, slots=True)
class RemoveDay:
    day: date


@dataclass(frozen=True, slots=True)
class WakeTasks:
    """Every open tugas is looked at by the next tick. `calendar` is the version by which limits
    are computed anew, empty where they stay."""

    calendar: str = ""


@dataclass(frozen=True, slots=True)
class ClaimInvite:
    """Somebody says that he is the person; an admin has to agree."""

    invite_id: int
    user_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class DropClaim:
    invite_id: int


@dataclass(frozen=True, slots=True)
class Propose:
    id: int
    kind: str
    person_id: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settle:
    permohonan_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class TakeStaff:
    """The staff list: one person with one post a row."""

    rows: tuple[tuple[Person, Penugasan], ...]


Change = (
    BindPerson
    | AddAdmin
    | CountWrongCode
    | BindGroup
    | MoveGroup
    | LoseGroup
    | SetReachable
    | MarkProxied
    | KeepBerkas
    | KeepRefusal
    | KeepFormer
    | TakeIndicators
    | GivePost
    | EndPost
    | AddDay
    | RemoveDay
    | WakeTasks
    | ClaimInvite
    | DropClaim
    | Propose
    | Settle
    | TakeStaff
    | CountPaper
    | SopApproval
    | Downtime
)


class Decision(NamedTuple):
    """What follows from a command. A refusal has messages only: nothing moves.

    `draft` replaces the actor's draft when `has_draft` is set (None: he has none any more).
    """

    out: tuple[Outgoing, ...] = ()
    is_refused: bool = False
    perintah: tuple[Perintah, ...] = ()
    has_draft: bool = False
    draft: Draft | None = None
    events: tuple[Event, ...] = ()
    changes: tuple[Change, ...] = ()
