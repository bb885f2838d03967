"""Rows of the office's own: its days, and what waits for somebody else's word."""

from datetime import date, datetime
from typing import Any

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
