"""Where the copies of papers stand in the chats."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class PaperCopyRow(SQLModel, table=True):
    """A message that bears a rekap; `outbox_id` is what was sent with it."""

    __tablename__ = "paper_copy"

    id: int | None = Field(default=None, primary_key=True)
    perintah_id: int = Field(index=True)
    format: str
    name: str
    outbox_id: int
    recipient: str
    message_id: int = Field(sa_type=sa.BigInteger)
