"""Table of the copies of papers in chats."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


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
