"""Lists for reading: whole perintah, people, the record, and what waits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import SQLModel, col, func, select
from sqlmodel.sql.expression import Select

from flows.forms.form import Indicator
from flows.model.conversation import Draft
from flows.model.perintah import Perintah
from flows.model.view import Group, Head, Invite
from flows.office.people import Roster
from storage.queues.inbox import Item, item_of
from storage.reading.condition import OPEN, Condition
from storage.reading.proofs import Proofs
from storage.record.chain import Break, Entry, entries, verify
from storage.record.unit import columns, table_of
from storage.rows.mapping import (
    draft_of,
    group_of,
    head_of,
    indicator_of,
    invite_of,
    penugasan_of,
    perintah_of,
    person_of,
)
from storage.rows.notation import plain
from storage.rows.office_tables import SentFileRow
from storage.rows.tables import (
    BagianRow,
    DataRow,
    DokumenRow,
    DraftRow,
    GroupRow,
    InboxRow,
    IndicatorRow,
    InviteRow,
    MetaRow,
    OutboxRow,
    PenugasanRow,
    PerintahRow,
    PersonRow,
    RenditionRow,
    TemuanRow,
    TugasRow,
)

_PERINTAH = table_of(PerintahRow)
# Only the columns of a Head: the JSON of a whole row takes twice as long to read.
HEADS = (
    Select[Any](
        *(_PERINTAH.c.id, _PERINTAH.c.number, _PERINTAH.c.year, _PERINTAH.c.sop),
        *(_PERINTAH.c.period, _PERINTAH.c.form, _PERINTAH.c.status),
        *(_PERINTAH.c.parent_id, _PERINTAH.c.issued_at),
    )
    .where(_PERINTAH.c.status != "batal")
    .order_by(_PERINTAH.c.id.desc())
)
DRAFT = columns(DraftRow).where(table_of(DraftRow).c.person_id == bindparam("person"))
# Tables that hold no fact of the office: how messages travel, and what guards the door.
PASSING = frozenset(
    {"inbox", "outbox", "slot", "sent_file", "meta", "wrong_code", "refusal", "former"}
)

Owned = TugasRow | BagianRow | DataRow | TemuanRow | DokumenRow


class Queries(Condition, Proofs):
    def perintah(self, perintah_id: int) -> Perintah | None:
        row = self._session.get(PerintahRow, perintah_id)
        return self._whole(row) if row else None

    def parent(self, perintah_id: int) -> Perintah | None:
        row = self._session.get(PerintahRow, perintah_id)
        return self.perintah(row.parent_id) if row and row.parent_id else None

    def board(self, perintah_id: int) -> Perintah:
        """As it stands now; it must exist."""
        return self._whole(self._session.get_one(PerintahRow, perintah_id))

    def heads(self) -> tuple[Head, ...]:
        """All that are not batal, newest first."""
        return tuple(head_of(row) for row in self._session.exec(HEADS))

    def roster(self) -> Roster:
        people = self._session.exec(columns(PersonRow).order_by(col(PersonRow.id)))
        posts = self._session.exec(columns(PenugasanRow).order_by(col(PenugasanRow.id)))
        return Roster(
            tuple(person_of(row) for row in people), tuple(penugasan_of(row) for row in posts)
        )

    def indicators(self, year: int) -> tuple[Indicator, ...]:
        query = columns(IndicatorRow).where(col(IndicatorRow.year) == year)
        rows = self._session.exec(query.order_by(col(IndicatorRow.position)))
        return tuple(indicator_of(row) for row in rows)

    def group(self) -> Group | None:
        row = self._session.exec(columns(GroupRow)).first()
        return group_of(row) if row else None

    def draft(self, person_id: int) -> Draft | None:
        row = self._session.exec(DRAFT, params={"person": person_id}).first()
        return draft_of(row) if row else None

    def invites(self) -> tuple[Invite, ...]:
        """Those that have not been voided."""
        query = select(InviteRow).where(col(InviteRow.voided_at).is_(None))
        rows = self._session.exec(query.order_by(col(InviteRow.id)))
        return tuple(invite_of(row) for row in rows)

    def person_of(self, user_id: int) -> int | None:
        """Whom an account belongs to."""
        query = select(PersonRow.id).where(col(PersonRow.user_id) == user_id)
        return self._session.exec(query).first()

    def recipient_of(self, message_id: int) -> str | None:
        """To whom a message with that number went last; numbers are a chat's own."""
        query = select(OutboxRow.recipient).where(col(OutboxRow.message_id) == message_id)
        return self._session.exec(query.order_by(col(OutboxRow.id).desc())).first()

    def last_with_file(self) -> str | None:
        """The person who was sent a file last."""
        query = select(OutboxRow).where(
            col(OutboxRow.kind) == "message", col(OutboxRow.recipient).startswith("p")
        )
        rows = self._session.exec(query.order_by(col(OutboxRow.id).desc()))
        return next((row.recipient for row in rows if row.body["attachments"]), None)

    def has_sent(self, message_id: int, recipients: Collection[str]) -> bool:
        query = select(OutboxRow.id).where(
            col(OutboxRow.message_id) == message_id, col(OutboxRow.recipient).in_(recipients)
        )
        return self._session.exec(query).first() is not None

    def next_due(self, now: datetime) -> datetime | None:
        """The nearest limit of an open tugas that has not passed."""
        query = select(func.min(TugasRow.due_at)).where(
            col(TugasRow.state) == OPEN, col(TugasRow.due_at) > now
        )
        return self._session.exec(query).one()

    def admins(self, now: datetime) -> tuple[int, ...]:
        """The person ids of those who hold the post of admin, bound or not."""
        return tuple(sorted(self._holders("admin", now.date())))

    def has_admin(self) -> bool:
        """Whether anybody holds the post, be it without an account yet: he has his own code."""
        query = select(PenugasanRow.id).where(col(PenugasanRow.role) == "admin")
        return self._session.exec(query).first() is not None

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """The perintah with an open tugas whose next moment has come, longest waiting first."""
        query = (
            select(TugasRow.perintah_id)
            .where(col(TugasRow.state) == OPEN, col(TugasRow.next_at) <= now)
            .order_by(col(TugasRow.next_at), col(TugasRow.perintah_id))
        )
        found: dict[int, None] = {}
        for perintah_id in self._session.exec(query):
            found[perintah_id] = None
            if len(found) == limit:
                break
        return tuple(found)

    def rendition(self, perintah_id: int, seq: int, fmt: str) -> str | None:
        row = self._session.get(RenditionRow, (perintah_id, seq, fmt))
        return row.sha256 if row else None

    def uploads(self, keys: Sequence[str]) -> dict[str, str]:
        """Telegram's own ids of those it has."""
        known = select(SentFileRow).where(col(SentFileRow.sha256).in_(keys))
        return {row.sha256: row.file_id for row in self._session.exec(known)}

    def meta(self, key: str) -> str | None:
        row = self._session.get(MetaRow, key)
        return row.value if row else None

    def pending(self, state: str, limit: int) -> tuple[Item, ...]:
        """Items of the inbox in that state, oldest first."""
        query = select(InboxRow).where(col(InboxRow.state) == state).order_by(col(InboxRow.id))
        return tuple(item_of(row) for row in self._session.exec(query.limit(limit)))

    def depths(self) -> dict[str, dict[str, int]]:
        """How many rows stand in each state of the inbox and the outbox."""
        return {
            "inbox": dict(self._states(InboxRow.state)),
            "outbox": dict(self._states(OutboxRow.state)),
        }

    def events(self, chain: str) -> tuple[Entry, ...]:
        return entries(self._session, chain)

    def verify(self) -> tuple[Break, ...]:
        return verify(self._session, self._key)

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Every fact of the office as plain JSON, to be compared before and after."""
        tables = SQLModel.metadata.sorted_tables
        return {
            table.name: [
                {name: plain(value) for name, value in row.items()}
                for row in self._session.connection()
                .execute(table.select().order_by(*table.primary_key))
                .mappings()
            ]
            for table in tables
            if table.name not in PASSING
        }

    def _states(self, column: Any) -> list[tuple[str, int]]:
        return list(self._session.exec(select(column, func.count()).group_by(column)))

    def _holders(self, role: str, day: date) -> set[int]:
        rows = self._session.exec(select(PenugasanRow).where(col(PenugasanRow.role) == role))
        posts = (penugasan_of(row) for row in rows)
        return {post.person_id for post in posts if post.covers(day)}

    def _whole(self, row: Any) -> Perintah:
        return perintah_of(
            row,
            tugas=self._parts(TugasRow, row.id, TugasRow.seq),
            bagian=self._parts(BagianRow, row.id, BagianRow.unit, BagianRow.person_id),
            data=self._parts(DataRow, row.id, DataRow.made_at, DataRow.unit, DataRow.version),
            temuan=self._parts(TemuanRow, row.id, TemuanRow.seq),
            dokumen=self._parts(DokumenRow, row.id, DokumenRow.seq),
        )

    def _parts(self, table: type[Owned], perintah_id: int, *order: Any) -> list[Any]:
        query = columns(table).where(col(table.perintah_id) == perintah_id)
        return list(self._session.exec(query.order_by(*order)))
