"""Changes of a decision beside the perintah: accounts, group, stored files."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from flows.model.addresses import GROUP, Ref, is_slot, to_chat, to_person
from flows.model.changes import (
    AddAdmin,
    AddDay,
    BindGroup,
    BindPerson,
    Change,
    ClaimInvite,
    CountPaper,
    CountWrongCode,
    DropClaim,
    EndPost,
    GivePost,
    KeepBerkas,
    KeepFormer,
    KeepRefusal,
    LoseGroup,
    MoveGroup,
    Propose,
    RemoveDay,
    SetReachable,
    Settle,
    TakeIndicators,
    WakeTasks,
)
from flows.model.proof import SopApproval
from flows.model.view import Downtime
from flows.office.people import MarkProxied
from storage.record.proofs import OFFICE, ProvingSession
from storage.record.unit import put
from storage.rows.mapping import fields_of, indicator_row
from storage.rows.office_tables import (
    RECOUNT,
    FormerRow,
    LocalDayRow,
    OutageRow,
    PermohonanRow,
    SopApprovalRow,
    WrongCodeRow,
)
from storage.rows.record_tables import ChainRow
from storage.rows.tables import (
    BerkasRow,
    CounterRow,
    GroupRow,
    IndicatorRow,
    InviteRow,
    MetaRow,
    OutboxRow,
    PenugasanRow,
    PersonRow,
    RefusalRow,
    SlotRow,
    TugasRow,
)


def make(session: ProvingSession, change: Change, now: datetime) -> None:
    match change:
        case BindPerson():
            _bind(session, session.get_one(PersonRow, change.person_id), change, now)
        case AddAdmin():
            _add_admin(session, change, now)
        case CountWrongCode():
            session.add(WrongCodeRow(user_id=change.user_id, at=now))
        case BindGroup():
            _bind_group(session, change)
        case MoveGroup():
            _move_group(session, change.old_chat_id, change.new_chat_id)
        case LoseGroup():
            session.exec(delete(GroupRow).where(col(GroupRow.chat_id) == change.chat_id))
        case SetReachable():
            session.get_one(PersonRow, change.person_id).is_reachable = change.is_reachable
            if change.is_reachable:
                _wake(session, to_person(change.person_id))
        case MarkProxied():
            session.get_one(PersonRow, change.person_id).is_proxied = change.is_proxied
        case KeepBerkas():
            _keep_berkas(session, change, now)
        case CountPaper(kind=kind, year=year, number=number):
            put(session, CounterRow, [{"name": f"{kind}:{year}", "value": number}])
        case KeepRefusal():
            put(session, RefusalRow, [fields_of(change)])
        case KeepFormer():
            put(session, FormerRow, [fields_of(change)])
        case TakeIndicators(year=year, indicators=indicators):
            _empty_indicators(session, year)
            session.add_all(indicator_row(year, n, one) for n, one in enumerate(indicators))
        case GivePost():
            session.add(PenugasanRow(**fields_of(change), is_listed=False))
        case EndPost(penugasan_id=penugasan_id, last=last):
            session.get_one(PenugasanRow, penugasan_id).selesai = last
        case AddDay(day=day):
            session.merge(LocalDayRow(**fields_of(day)))
        case RemoveDay(day=gone):
            session.proofs.deletes(LocalDayRow, {"day": gone})
            session.exec(delete(LocalDayRow).where(col(LocalDayRow.day) == gone))
        case WakeTasks(calendar=calendar):
            if calendar:
                session.merge(MetaRow(key=RECOUNT, value=calendar))
            # Open tugas become due at the next tick, one transaction per perintah.
            woken = update(TugasRow).where(col(TugasRow.state) == "buka")
            session.exec(woken.values(next_at=now))
            moved = update(ChainRow).where(col(ChainRow.chain) != OFFICE)
            session.exec(moved.values(revision=ChainRow.revision + 1))
        case ClaimInvite():
            claimed = session.get_one(InviteRow, change.invite_id)
            claimed.claimed_user, claimed.claimed_chat = change.user_id, change.chat_id
        case DropClaim(invite_id=invite_id):
            row = session.get_one(InviteRow, invite_id)
            row.claimed_user = row.claimed_chat = None
            row.voided_at = now
        case Downtime():
            session.merge(OutageRow(**fields_of(change)))
        case Propose():
            session.add(PermohonanRow(**fields_of(change), made_at=now))
        case SopApproval():
            session.merge(SopApprovalRow(**fields_of(change)))
        case Settle(permohonan_id=permohonan_id, outcome=outcome):
            session.get_one(PermohonanRow, permohonan_id).outcome = outcome
    session.flush()


def _bind(
    session: Session, person: PersonRow, change: BindPerson | AddAdmin, now: datetime
) -> None:
    """Binds the account to the person; a former person of that account loses it."""
    of_account = select(PersonRow).where(
        col(PersonRow.user_id) == change.user_id, col(PersonRow.id) != person.id
    )
    for former in session.exec(of_account):
        former.user_id = former.chat_id = None
    session.flush()  # before the account is another's: it is unique
    person.user_id, person.chat_id = change.user_id, change.chat_id
    person.is_reachable = True
    session.get_one(InviteRow, change.invite_id).used_at = now
    session.flush()
    _wake(session, to_person(person.id or 0))


def _empty_indicators(session: ProvingSession, year: int) -> None:
    is_meant = col(IndicatorRow.year) == year
    for kode in session.exec(select(IndicatorRow.kode).where(is_meant)):
        session.proofs.deletes(IndicatorRow, {"year": year, "kode": kode})
    session.exec(delete(IndicatorRow).where(is_meant))


def _add_admin(session: Session, change: AddAdmin, now: datetime) -> None:
    person = PersonRow(nama=change.nama, pangkat="", sapaan="Bapak/Ibu")
    session.add(person)
    session.flush()
    session.add(
        PenugasanRow(
            person_id=person.id or 0,
            role="admin",
            jabatan="Admin",
            jenis="definitif",
            surat="",
            is_listed=False,
        )
    )
    _bind(session, person, change, now)


def _wake(session: Session, recipient: str) -> None:
    """Queues unreachable messages about open tugas again, per slot only the latest."""
    stranded = session.exec(
        select(OutboxRow)
        .where(col(OutboxRow.recipient) == recipient, col(OutboxRow.state) == "unreachable")
        .order_by(col(OutboxRow.id).desc())
    ).all()
    said: set[str] = set()
    for row in stranded:
        is_wanted = is_slot(row.slot, "keberatan") or _is_about_open(session, row.about)
        if row.slot in said or not (is_wanted or _stands(session, row)):
            row.state = "dropped"
            continue
        row.state, row.came_from, row.not_before = "pending", "pending", None
        if row.slot:
            said.add(row.slot)


def _stands(session: Session, row: OutboxRow) -> bool:
    """Whether it edits a message that is still in the chat."""
    slot = session.get(SlotRow, (row.slot, row.recipient)) if row.slot else None
    return row.kind == "message" and slot is not None and slot.message_id is not None


def _is_about_open(session: Session, about: str) -> bool:
    meant = Ref.read(about)
    tugas = session.get(TugasRow, (meant.id, meant.seq)) if meant.target == "tugas" else None
    return tugas is not None and tugas.state == "buka"


def _bind_group(session: Session, change: BindGroup) -> None:
    """Binds the group; boards of running perintah are sent to it, also in a new group."""
    session.exec(delete(GroupRow))
    session.add(GroupRow(**fields_of(change)))
    elsewhere = update(SlotRow).where(
        col(SlotRow.recipient) == GROUP, col(SlotRow.chat_id) != change.chat_id
    )
    session.exec(elsewhere.values(chat_id=None, message_id=None, shown=""))
    boards = update(OutboxRow).where(
        col(OutboxRow.kind) == "board", col(OutboxRow.state) == "unreachable"
    )
    session.exec(boards.values(state="pending", came_from="pending", not_before=None))


def _move_group(session: Session, old: int, new: int) -> None:
    """Slots lose their message: those of the old chat cannot be edited in the new one."""
    session.exec(update(GroupRow).where(col(GroupRow.chat_id) == old).values(chat_id=new))
    pending = update(OutboxRow).where(col(OutboxRow.recipient) == to_chat(old))
    session.exec(pending.values(recipient=to_chat(new), queue=to_chat(new)))
    slots = update(SlotRow).where(col(SlotRow.chat_id) == old)
    session.exec(slots.values(chat_id=None, message_id=None, shown=""))


def _keep_berkas(session: Session, change: KeepBerkas, now: datetime) -> None:
    known = select(BerkasRow.id).where(
        col(BerkasRow.sha256) == change.sha256,
        col(BerkasRow.perintah_id) == change.perintah_id,
        col(BerkasRow.unit).is_not_distinct_from(change.unit),
        col(BerkasRow.kode) == change.kode,
        col(BerkasRow.person_id) == change.person_id,
    )
    if session.exec(known).first() is None:
        session.add(BerkasRow(**fields_of(change), kept_at=now))
