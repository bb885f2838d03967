"""Reads of the office: people, posts, invitations, group, lists, days, downtimes, meta."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from flows.forms.form import Indicator
from flows.model.conversation import Draft, unpacked
from flows.model.proof import SopApproval
from flows.model.view import Downtime, Group, Invite, LocalDay
from flows.office.people import Penugasan, Person, Roster
from storage.record.unit import Part, columns, put, table_of
from storage.rows.mapping import (
    fields_of,
    filled,
    indicator_of,
    invite_of,
    person_of,
)
from storage.rows.office_tables import LocalDayRow, OutageRow, PermohonanRow, SopApprovalRow
from storage.rows.tables import (
    DraftRow,
    GroupRow,
    IndicatorRow,
    InviteRow,
    MetaRow,
    PenugasanRow,
    PersonRow,
)

DRAFT = columns(DraftRow).where(table_of(DraftRow).c.person_id == bindparam("person"))


def holding(roster: Roster, person_id: int | None, day: date) -> Person | None:
    """The person if he holds a post on that day or later; None makes him a stranger."""
    posts = (post for post in roster.penugasan if post.person_id == person_id)
    is_here = any(post.selesai is None or post.selesai >= day for post in posts)
    return roster.person(person_id) if person_id and is_here else None


class Office(Part):
    def roster(self) -> Roster:
        people = self._session.exec(columns(PersonRow).order_by(col(PersonRow.id)))
        posts = self._session.exec(columns(PenugasanRow).order_by(col(PenugasanRow.id)))
        return Roster(
            tuple(person_of(row) for row in people), tuple(filled(Penugasan, row) for row in posts)
        )

    def accounts(self) -> Mapping[int, int]:
        """The person id of each Telegram account that is bound."""
        query = select(PersonRow.user_id, PersonRow.id).where(col(PersonRow.user_id).is_not(None))
        bound = self._session.exec(query)
        return {user_id: person_id for user_id, person_id in bound if user_id and person_id}

    def registered(self, day: date) -> frozenset[int]:
        """The accounts of whoever is no stranger on that day."""
        roster, accounts = self.roster(), self.accounts()
        return frozenset(user for user, id in accounts.items() if holding(roster, id, day))

    def person_of(self, user_id: int) -> int | None:
        """The person id of an account."""
        query = select(PersonRow.id).where(col(PersonRow.user_id) == user_id)
        return self._session.exec(query).first()

    def admins(self, now: datetime) -> tuple[int, ...]:
        """The person ids of those who hold the post of admin, bound or not."""
        rows = self._session.exec(select(PenugasanRow).where(col(PenugasanRow.role) == "admin"))
        posts = (filled(Penugasan, row) for row in rows)
        return tuple(sorted({post.person_id for post in posts if post.covers(now.date())}))

    def has_admin(self) -> bool:
        """Whether anybody holds the post, with or without an account."""
        query = select(PenugasanRow.id).where(col(PenugasanRow.role) == "admin")
        return self._session.exec(query).first() is not None

    def indicators(self, year: int) -> tuple[Indicator, ...]:
        query = columns(IndicatorRow).where(col(IndicatorRow.year) == year)
        rows = self._session.exec(query.order_by(col(IndicatorRow.position)))
        return tuple(indicator_of(row) for row in rows)

    def group(self) -> Group | None:
        row = self._session.exec(columns(GroupRow)).first()
        return filled(Group, row) if row else None

    def draft(self, person_id: int) -> Draft | None:
        """The person's open dialog."""
        return self.drafts(person_id)[0]

    def drafts(self, person_id: int) -> tuple[Draft | None, tuple[Draft, ...]]:
        """The person's open dialog, and those that it has interrupted."""
        row = self._session.exec(DRAFT, params={"person": person_id}).first()
        return unpacked(filled(Draft, row) if row else None)

    def invites(self) -> tuple[Invite, ...]:
        """The invitations that are not void."""
        query = select(InviteRow).where(col(InviteRow.voided_at).is_(None))
        rows = self._session.exec(query.order_by(col(InviteRow.id)))
        return tuple(invite_of(row) for row in rows)

    def claims(self) -> tuple[Invite, ...]:
        """Invitations opened by an account that must still be confirmed."""
        query = columns(InviteRow).where(
            col(InviteRow.claimed_user).is_not(None),
            col(InviteRow.used_at).is_(None),
            col(InviteRow.voided_at).is_(None),
        )
        return tuple(
            invite_of(row) for row in self._session.exec(query.order_by(col(InviteRow.id)))
        )

    def next_permohonan(self) -> int:
        return 1 + (self._session.exec(select(func.max(PermohonanRow.id))).one() or 0)

    def local_days(self) -> tuple[LocalDay, ...]:
        rows = self._session.exec(columns(LocalDayRow).order_by(col(LocalDayRow.day)))
        return tuple(filled(LocalDay, row) for row in rows)

    def sop_approvals(self) -> tuple[SopApproval, ...]:
        rows = self._session.exec(columns(SopApprovalRow).order_by(col(SopApprovalRow.sop)))
        return tuple(filled(SopApproval, row) for row in rows)

    def downtimes(self) -> tuple[Downtime, ...]:
        rows = self._session.exec(select(OutageRow).order_by(col(OutageRow.begin)))
        return tuple(filled(Downtime, row) for row in rows)

    def has_uncounted(self) -> bool:
        """Whether a declared outage still has to move the limits."""
        query = select(OutageRow.begin).where(col(OutageRow.is_counted).is_(False))
        return self._session.exec(query).first() is not None

    def keep_downtime(self, downtime: Downtime, now: datetime) -> None:
        self._session.merge(OutageRow(**fields_of(downtime)))
        self._session.flush()
        self._unit.settle(now)

    def meta(self, key: str) -> str | None:
        row = self._session.get(MetaRow, key)
        return row.value if row else None

    def set_meta(self, key: str, value: str) -> None:
        put(self._session, MetaRow, [{"key": key, "value": value}])
