"""What stood before an act, and the times in which the system could not be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former",
        sa.Column("perintah_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["perintah_id", "seq"], ["tugas.perintah_id", "tugas.seq"]),
        sa.PrimaryKeyConstraint("perintah_id", "seq"),
    )
    op.create_table(
        "outage",
        sa.Column("begin", sa.String(32), nullable=False),
        sa.Column("end", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("begin"),
    )
