"""Whoever may sign in the name of the holder of a post (a.n.)."""

from alembic import op

revision = "0080"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("penugasan") as penugasan:
        penugasan.drop_constraint("known_jenis", type_="check")
        penugasan.create_check_constraint(
            "known_jenis", "jenis IN ('definitif', 'Plt', 'Plh', 'a.n')"
        )
