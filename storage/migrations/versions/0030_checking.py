"""What a refused file was refused for, and which files came as one album."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusal",
        sa.Column("perintah_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["perintah_id", "seq"], ["tugas.perintah_id", "tugas.seq"]),
        sa.PrimaryKeyConstraint("perintah_id", "seq"),
    )
    with op.batch_alter_table("berkas") as table:
        table.add_column(sa.Column("album", sa.String(), nullable=False, server_default=""))
