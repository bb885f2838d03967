"""What stands in the database, to be compared before and after."""

from sqlmodel import func, select

from storage.reading.queries import Queries
from storage.rows.tables import InboxRow, OutboxRow

# Tables that hold no fact of the office: how messages travel, and what guards the door.
PASSING = frozenset(
    {"inbox", "outbox", "slot", "sent_file", "meta", "wrong_code", "refusal", "former"}
)


def depths(queries: Queries) -> dict[str, dict[str, int]]:
    """How many rows stand in each state of the inbox and the outbox."""
    return {
        name: dict(queries._unit.session.exec(select(state, func.count()).group_by(state)).all())
        for name, state in (("inbox", InboxRow.state), ("outbox", OutboxRow.state))
    }
