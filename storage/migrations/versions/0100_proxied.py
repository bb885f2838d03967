"""Officials whose acts the operator may write down although Telegram reaches them."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a batch: that would make the table anew, without its triggers.
    column: sa.Column[bool] = sa.Column(
        "is_proxied", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("person", column)
