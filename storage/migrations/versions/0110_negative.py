"""Indicators whose figures may lie below zero."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a batch: that would make the table anew, without its triggers.
    column: sa.Column[bool] = sa.Column(
        "boleh_negatif", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("indicator", column)
