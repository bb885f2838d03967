"""The Kepala Dinas's word on the reconstruction of an SOP."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0090"
branch_labels = None
depends_on = None

MARK = """
CREATE TRIGGER mark_sop_approval_{name} AFTER {word} ON sop_approval
BEGIN UPDATE meta SET value = hex(randomblob(16)) WHERE key = 'mark:office'; END
"""


def upgrade() -> None:
    op.create_table(
        "sop_approval",
        sa.Column("sop", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("sop", "version"),
    )
    for word in ("INSERT", "UPDATE", "DELETE"):
        op.execute(MARK.format(name=word.lower(), word=word))
