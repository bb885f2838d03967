"""Marks that tell whether what a process remembers of the office is still true."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0080"
branch_labels = None
depends_on = None

OFFICE = (
    *("person", "penugasan", "chat_group", "local_day"),
    *("invite", "indicator", "permohonan", "outage"),
)
MARK = """
CREATE TRIGGER mark_{name} AFTER {word} ON {table} {when}
BEGIN UPDATE meta SET value = hex(randomblob(16)) WHERE key = 'mark:{mark}'; END
"""
BARE = """
INSERT INTO chain (chain, seq, hash, revision)
SELECT 'p' || id, 0, '{origin}', 0 FROM perintah
WHERE 'p' || id NOT IN (SELECT chain FROM chain)
"""


def upgrade() -> None:
    with op.batch_alter_table("chain") as chain:
        chain.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.execute(BARE.format(origin="0" * 64))
    for mark in ("office", "data"):
        op.execute(f"INSERT INTO meta VALUES ('mark:{mark}', hex(randomblob(16)))")
    for table in OFFICE:
        watch("office", table)
    watch("data", "data")
    watch("office", "perintah", UPDATE="WHEN old.status IS NOT new.status")
    for word in ("INSERT", "UPDATE"):
        trigger("office", "meta", word, "WHEN new.key = 'recount'")


def watch(mark: str, table: str, **when: str) -> None:
    for word in ("INSERT", "UPDATE", "DELETE"):
        trigger(mark, table, word, when.get(word, ""))


def trigger(mark: str, table: str, word: str, when: str) -> None:
    name = f"{table}_{word.lower()}"
    op.execute(MARK.format(name=name, word=word, table=table, when=when, mark=mark))
