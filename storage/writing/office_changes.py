"""Changes of posts, days, invitation claims and permohonan."""

from datetime import datetime

from sqlmodel import Session, col, delete, update

from flows.model.changes import (
    AddDay,
    Change,
    ClaimInvite,
    DropClaim,
    EndPost,
    GivePost,
    Propose,
    RemoveDay,
    Settle,
    WakeTasks,
)
from flows.model.proof import SopApproval
from flows.model.view import Downtime
from storage.record.chain import OFFICE
from storage.rows.mapping import fields_of
from storage.rows.office_tables import (
    RECOUNT,
    LocalDayRow,
    OutageRow,
    PermohonanRow,
    SopApprovalRow,
)
from storage.rows.record_tables import ChainRow
from storage.rows.tables import InviteRow, MetaRow, PenugasanRow, TugasRow


def make(session: Session, change: Change, now: datetime) -> None:
    match change:
        case GivePost():
            session.add(PenugasanRow(**fields_of(change), is_listed=False))
        case EndPost(penugasan_id=penugasan_id, last=last):
            session.get_one(PenugasanRow, penugasan_id).selesai = last
        case AddDay(day=day):
            session.merge(LocalDayRow(**fields_of(day)))
        case RemoveDay(day=gone):
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
