"""Tables of the office: days, permohonan, wrong codes, outages, approvals, sent files."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.rows.columns import UtcDateTime, Values

RECOUNT = "recount"


class LocalDayRow(SQLModel, table=True):
    """A local holiday, or a day worked in exchange; `basis` is its legal ground."""

    __tablename__ = "local_day"

    day: date = Field(primary_key=True)
    nama: str
    basis: str
    is_workday: bool
    salt: str | None = None


class PermohonanRow(SQLModel, table=True):
    """What waits for another person's decision: concept of an order, staff list."""

    __tablename__ = "permohonan"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id")
    body: dict[str, Any] = Field(sa_type=Values)
    made_at: datetime = Field(sa_type=UtcDateTime)
    outcome: str = ""
    salt: str | None = None


class WrongCodeRow(SQLModel, table=True):
    __tablename__ = "wrong_code"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(index=True, sa_type=sa.BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)


class FormerRow(SQLModel, table=True):
    """The state before an act, kept while the act can be undone."""

    __tablename__ = "former"
    __table_args__ = (
        sa.ForeignKeyConstraint(["perintah_id", "seq"], ["tugas.perintah_id", "tugas.seq"]),
    )

    perintah_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_type=Values)


class OutageRow(SQLModel, table=True):
    """An outage; `declared_by` None: found by the bot itself."""

    __tablename__ = "outage"

    begin: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
    reason: str = ""
    declared_by: int | None = Field(default=None, foreign_key="person.id")
    is_counted: bool = False
    salt: str | None = None


class SentFileRow(SQLModel, table=True):
    """Telegram's id of an uploaded file, by the hash of its content, sort and name."""

    __tablename__ = "sent_file"

    sha256: str = Field(primary_key=True)
    file_id: str


class SopApprovalRow(SQLModel, table=True):
    """The approval of a reconstructed SOP by the Kepala Dinas."""

    __tablename__ = "sop_approval"

    sop: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    sha256: str
    person_id: int = Field(foreign_key="person.id")
    mandate: str
    at: datetime = Field(sa_type=UtcDateTime)
    salt: str | None = None


class PaperCopyRow(SQLModel, table=True):
    """A message with a rekap; `outbox_id` is the outbox row that sent it."""

    __tablename__ = "paper_copy"

    id: int | None = Field(default=None, primary_key=True)
    perintah_id: int = Field(index=True)
    format: str
    name: str
    outbox_id: int
    recipient: str
    message_id: int = Field(sa_type=sa.BigInteger)
