"""Changes beside the perintah that a decision makes, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flows.forms.form import Indicator
from flows.model.conversation import Draft
from flows.model.events import Event
from flows.model.messages import Outgoing
from flows.model.perintah import Perintah
from flows.model.proof import SopApproval
from flows.model.view import Downtime, LocalDay
from flows.office.people import Jenis, MarkProxied, Penugasan, Person


@dataclass(frozen=True, slots=True)
class BindPerson:
    person_id: int
    user_id: int
    chat_id: int
    invite_id: int


@dataclass(frozen=True, slots=True)
class AddAdmin:
    """Adds the first admin, registered by his code: a person without NIP, with the post admin."""

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
    """The group became a supergroup: its id changes, also in all pending messages."""

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
    """Adds a stored file to the record."""

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
    """The mistakes for which a file of the tugas was refused; empty once one was accepted."""

    perintah_id: int
    seq: int
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class KeepFormer:
    """The state before an act on that tugas, kept while the act may be undone."""

    perintah_id: int
    seq: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakeIndicators:
    """Replaces the whole master list of a year."""

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
    """`last` is the last day, in office time, on which the post is held."""

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
    """The next tick checks every open tugas. `calendar` is the version by which limits are
    computed again, empty if they do not change."""

    calendar: str = ""


@dataclass(frozen=True, slots=True)
class ClaimInvite:
    """An account claims to be the person's; an admin has to confirm."""

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


GroupChange = BindGroup | MoveGroup | LoseGroup
StaffChange = GivePost | EndPost | MarkProxied | TakeStaff | SopApproval
PersonChange = BindPerson | AddAdmin | CountWrongCode | SetReachable | ClaimInvite | DropClaim
CalendarChange = AddDay | RemoveDay | WakeTasks | Downtime
PerintahChange = KeepBerkas | KeepRefusal | KeepFormer | CountPaper | Propose | Settle
Change = (
    GroupChange | StaffChange | PersonChange | CalendarChange | PerintahChange | TakeIndicators
)


class Decision(NamedTuple):
    """The result of a command. A refusal has messages only and changes no state.

    `draft` replaces the actor's draft if `has_draft` is set (None deletes it).
    """

    out: tuple[Outgoing, ...] = ()
    is_refused: bool = False
    perintah: tuple[Perintah, ...] = ()
    has_draft: bool = False
    draft: Draft | None = None
    events: tuple[Event, ...] = ()
    changes: tuple[Change, ...] = ()
