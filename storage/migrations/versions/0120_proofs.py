"""A random value beside each row whose proof stands in the record, and entries found by hash."""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0110"
branch_labels = None
depends_on = None

COVERED = (
    *("perintah", "tugas", "bagian", "data", "temuan", "dokumen", "rendition", "berkas"),
    *("person", "penugasan", "indicator", "local_day", "outage", "permohonan", "sop_approval"),
)


def upgrade() -> None:
    # Not by a batch: that would make the tables anew, without their triggers.
    for table in COVERED:
        op.add_column(table, sa.Column("salt", sa.String(), nullable=True))
    covered: sa.Column[bool] = sa.Column(
        "is_covered", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("chain", covered)
    op.create_index("ix_event_hash", "event", ["hash"])
