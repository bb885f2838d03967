"""What load() reads of the office itself: its own days, claims, and what waits for a word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from flows.model.commands import Command, Pressed
from flows.model.downtime import Downtime
from flows.model.perintah import Tugas
from flows.model.proof import SopApproval
from flows.model.view import Invite, LocalDay, Permohonan
from flows.office.calendar import WorkCalendar
from storage.record.unit import columns
from storage.rows.mapping import filled, invite_of
from storage.rows.office_tables import (
    FormerRow,
    LocalDayRow,
    OutageRow,
    PermohonanRow,
    SopApprovalRow,
    WrongCodeRow,
)
from storage.rows.tables import InviteRow

CODE_MEMORY = timedelta(hours=1)
WISH = re.compile(r"[a-z_]{1,16}:m(\d{1,9}):\d{1,9}", re.ASCII)
_KNOWN: dict[tuple[int, tuple[LocalDay, ...]], WorkCalendar] = {}


def local_days(session: Session) -> tuple[LocalDay, ...]:
    rows = session.exec(columns(LocalDayRow).order_by(col(LocalDayRow.day)))
    return tuple(filled(LocalDay, row) for row in rows)


def approvals(session: Session) -> tuple[SopApproval, ...]:
    rows = session.exec(columns(SopApprovalRow).order_by(col(SopApprovalRow.sop)))
    return tuple(filled(SopApproval, row) for row in rows)


def claims(session: Session) -> tuple[Invite, ...]:
    """The invitations somebody has opened who has to be confirmed."""
    query = columns(InviteRow).where(
        col(InviteRow.claimed_user).is_not(None),
        col(InviteRow.used_at).is_(None),
        col(InviteRow.voided_at).is_(None),
    )
    return tuple(invite_of(row) for row in session.exec(query.order_by(col(InviteRow.id))))


def permohonan(session: Session, command: Command) -> Permohonan | None:
    found = WISH.fullmatch(command.data) if isinstance(command, Pressed) else None
    row = session.get(PermohonanRow, int(found[1])) if found else None
    return filled(Permohonan, row) if row else None


def next_permohonan(session: Session) -> int:
    return 1 + (session.exec(select(func.max(PermohonanRow.id))).one() or 0)


def wrong_codes(session: Session, user_id: int, now: datetime) -> int:
    """How often he has given a code nobody knows, within the last hour."""
    query = select(func.count()).where(
        col(WrongCodeRow.user_id) == user_id, col(WrongCodeRow.at) > now - CODE_MEMORY
    )
    return session.exec(query).one()


def former_state(session: Session, tugas: Tugas | None) -> Mapping[str, Any]:
    """A tugas nothing has been done to has nothing before it."""
    place = (tugas.perintah_id, tugas.seq) if tugas and tugas.revision else None
    row = session.get(FormerRow, place) if place else None
    return row.body if row else {}


def downtimes(session: Session) -> tuple[Downtime, ...]:
    rows = session.exec(select(OutageRow).order_by(col(OutageRow.begin)))
    return tuple(filled(Downtime, row) for row in rows)


def with_days(calendar: WorkCalendar, days: Sequence[LocalDay]) -> WorkCalendar:
    """The office's calendar with the days it has named itself; the same object for the same."""
    if not days:
        return calendar
    key = (id(calendar), tuple(days))
    if key not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[key] = _joined(calendar, tuple(days))
    return _KNOWN[key]


def _joined(calendar: WorkCalendar, days: tuple[LocalDay, ...]) -> WorkCalendar:
    free = {day.day: day.nama for day in days if not day.is_workday}
    worked = {day.day for day in days if day.is_workday}
    return replace(
        calendar,
        holidays={**calendar.holidays, **free},
        extra_days=(calendar.extra_days | worked) - set(free),
    )
