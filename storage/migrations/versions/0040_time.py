"""Time and people: pauses, wishes, days of the office's own, claimed invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tugas") as tugas:
        tugas.add_column(sa.Column("opened_from", sa.Integer(), nullable=True))
        tugas.add_column(sa.Column("grants", sa.Integer(), nullable=False, server_default="0"))
        tugas.add_column(sa.Column("pauses", sa.Text(), nullable=False, server_default="[]"))
        tugas.add_column(sa.Column("blocked_at", sa.String(32), nullable=True))
        tugas.add_column(sa.Column("hindrance", sa.String(), nullable=False, server_default=""))
        tugas.add_column(sa.Column("wish", sa.Text(), nullable=False, server_default="{}"))
        tugas.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        tugas.create_foreign_key("recorder", "person", ["recorded_by"], ["id"])
    with op.batch_alter_table("perintah") as perintah:
        perintah.add_column(
            sa.Column("stop_reason", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("invite") as invite:
        invite.add_column(sa.Column("claimed_user", sa.BigInteger(), nullable=True))
        invite.add_column(sa.Column("claimed_chat", sa.BigInteger(), nullable=True))
    op.create_table(
        "local_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("nama", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "permohonan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
