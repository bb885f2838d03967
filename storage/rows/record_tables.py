"""Tables of the record: its entries and the head of every chain."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.rows.columns import UtcDateTime


class EventRow(SQLModel, table=True):
    """An entry of the record; triggers refuse its change or deletion."""

    __tablename__ = "event"

    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    body: str = Field(sa_type=Text)
    prev_hash: str
    hash: str = Field(index=True)
    seal: str


class ChainRow(SQLModel, table=True):
    """The head of each chain; it shows whether entries at the end are missing.

    `revision` counts the changes of its perintah; `is_covered`: its rows are proven in it.
    """

    __tablename__ = "chain"

    chain: str = Field(primary_key=True)
    seq: int
    hash: str
    revision: int = 0
    is_covered: bool = False
