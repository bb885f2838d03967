"""Rows of the office's own: its days, outages, what waits for a word, wrong codes, files."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.rows.columns import UtcDateTime, Values

RECOUNT = "recount"


class LocalDayRow(SQLModel, table=True):
    """A holiday of the office's own, or a day worked in exchange, and what it rests on."""

    __tablename__ = "local_day"

    day: date = Field(primary_key=True)
    nama: str
    basis: str
    is_workday: bool


class PermohonanRow(SQLModel, table=True):
    """What waits for somebody else's word: a concept of an order, a staff list to be taken."""

    __tablename__ = "permohonan"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id")
    body: dict[str, Any] = Field(sa_type=Values)
    made_at: datetime = Field(sa_type=UtcDateTime)
    outcome: str = ""


class WrongCodeRow(SQLModel, table=True):
    __tablename__ = "wrong_code"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(index=True, sa_type=sa.BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)


class FormerRow(SQLModel, table=True):
    """What stood before an act, for as long as it may be taken back."""

    __tablename__ = "former"
    __table_args__ = (
        sa.ForeignKeyConstraint(["perintah_id", "seq"], ["tugas.perintah_id", "tugas.seq"]),
    )

    perintah_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_type=Values)


class OutageRow(SQLModel, table=True):
    """A time in which the system could not be reached; `declared_by` None: it saw so itself."""

    __tablename__ = "outage"

    begin: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
    reason: str = ""
    declared_by: int | None = Field(default=None, foreign_key="person.id")
    is_counted: bool = False


class SentFileRow(SQLModel, table=True):
    """Telegram's own id of a file it already has, by the hash of its content, sort and name."""

    __tablename__ = "sent_file"

    sha256: str = Field(primary_key=True)
    file_id: str


class SopApprovalRow(SQLModel, table=True):
    """The Kepala Dinas's word on the reconstruction of an SOP."""

    __tablename__ = "sop_approval"

    sop: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    sha256: str
    person_id: int = Field(foreign_key="person.id")
    mandate: str
    at: datetime = Field(sa_type=UtcDateTime)
