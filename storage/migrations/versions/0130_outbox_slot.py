"""What a message said before is found by its slot."""

from alembic import op

revision = "0130"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_slot", "outbox", ["slot", "recipient"])
