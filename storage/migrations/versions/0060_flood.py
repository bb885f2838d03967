"""The oldest item that is ready is found at once, however many wait."""

from alembic import op

revision = "0060"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_inbox_state", "inbox", ["state"])
