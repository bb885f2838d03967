"""Rows of the office's own: its days, what waits for a word, wrong codes, files Telegram has."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime, Values


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


class SentFileRow(SQLModel, table=True):
    """Telegram's own id of a file it already has."""

    __tablename__ = "sent_file"

    sha256: str = Field(primary_key=True)
    file_id: str
