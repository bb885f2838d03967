"""What load() reads of the office itself: its own days, claims, and what waits for a word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from flows.commands import Clocked, Command, Pressed
from flows.downtime import Downtime
from flows.perintah import Tugas
from flows.view import Invite, LocalDay, Permohonan
from flows.worktime import WorkCalendar
from storage.mapping import filled, invite_of
from storage.officetables import FormerRow, LocalDayRow, OutageRow, PermohonanRow, WrongCodeRow
from storage.tables import DraftRow, InviteRow

CODE_MEMORY = timedelta(hours=1)
WISH = re.compile(r"[a-z_]{1,16}:m(\d{1,9}):\d{1,9}", re.ASCII)
_KNOWN: dict[tuple[int, tuple[LocalDay, ...]], WorkCalendar] = {}


def of_the_office(
    session: Session, command: Command, is_known: bool, now: datetime
) -> dict[str, Any]:
    """The fields of a view that a person's command may need besides the perintah."""
    user_id = 0 if isinstance(command, Clocked) else command.origin.user_id
    return {
        "wrong_codes": _wrong_codes(session, user_id, now),
        "permohonan": _permohonan(session, command),
        "next_permohonan": _next_permohonan(session),
        "claims": _claims(session) if is_known else (),
        "downtimes": downtimes(session) if is_known else (),
    }


def local_days(session: Session) -> tuple[LocalDay, ...]:
    rows = session.exec(select(LocalDayRow).order_by(col(LocalDayRow.day)))
    return tuple(filled(LocalDay, row) for row in rows)


def _claims(session: Session) -> tuple[Invite, ...]:
    """The invitations somebody has opened who has to be confirmed."""
    query = select(InviteRow).where(
        col(InviteRow.claimed_user).is_not(None),
        col(InviteRow.used_at).is_(None),
        col(InviteRow.voided_at).is_(None),
    )
    return tuple(invite_of(row) for row in session.exec(query.order_by(col(InviteRow.id))))


def _permohonan(session: Session, command: Command) -> Permohonan | None:
    found = WISH.fullmatch(command.data) if isinstance(command, Pressed) else None
    row = session.get(PermohonanRow, int(found[1])) if found else None
    return filled(Permohonan, row) if row else None


def _next_permohonan(session: Session) -> int:
    return 1 + (session.exec(select(func.max(PermohonanRow.id))).one() or 0)


def _wrong_codes(session: Session, user_id: int, now: datetime) -> int:
    """How often he has given a code nobody knows, within the last hour."""
    query = select(func.count()).where(
        col(WrongCodeRow.user_id) == user_id, col(WrongCodeRow.at) > now - CODE_MEMORY
    )
    return session.exec(query).one()


def former_state(session: Session, tugas: Tugas | None) -> Mapping[str, Any]:
    row = session.get(FormerRow, (tugas.perintah_id, tugas.seq)) if tugas else None
    return row.body if row else {}


def downtimes(session: Session) -> tuple[Downtime, ...]:
    rows = session.exec(select(OutageRow).order_by(col(OutageRow.begin)))
    return tuple(filled(Downtime, row) for row in rows)


def questions(session: Session) -> frozenset[tuple[str, str]]:
    """The slots in which somebody is asked something just now, each with its reader."""
    rows = session.exec(select(DraftRow.slot, DraftRow.person_id))
    return frozenset((slot, f"p{person_id}") for slot, person_id in rows)


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
