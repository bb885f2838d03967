"""Rows of the record: its entries, and the head of every chain of them."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.rows.columns import UtcDateTime


class EventRow(SQLModel, table=True):
    """An entry of the record; triggers refuse to change or delete one."""

    __tablename__ = "event"

    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    body: str = Field(sa_type=Text)
    prev_hash: str
    hash: str
    seal: str


class ChainRow(SQLModel, table=True):
    """The head of each chain, so that a record cut off at its end is noticed.

    `revision` counts how often the perintah it tells of was changed.
    """

    __tablename__ = "chain"

    chain: str = Field(primary_key=True)
    seq: int
    hash: str
    revision: int = 0
