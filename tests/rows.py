"""What stands in the database, to be compared before and after."""

from typing import Any

from sqlmodel import SQLModel, func, select

from storage.reading.queries import Queries
from storage.rows.notation import plain
from storage.rows.tables import InboxRow, OutboxRow

# Tables that hold no fact of the office: how messages travel, and what guards the door.
PASSING = frozenset(
    {"inbox", "outbox", "slot", "sent_file", "meta", "wrong_code", "refusal", "former"}
)


def dump(queries: Queries) -> dict[str, list[dict[str, Any]]]:
    """Every fact of the office as plain JSON."""
    connection = queries._unit.session.connection()
    return {
        table.name: [
            {name: plain(value) for name, value in row.items()}
            for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()
        ]
        for table in SQLModel.metadata.sorted_tables
        if table.name not in PASSING
    }


def depths(queries: Queries) -> dict[str, dict[str, int]]:
    """How many rows stand in each state of the inbox and the outbox."""
    return {
        name: dict(queries._unit.session.exec(select(state, func.count()).group_by(state)).all())
        for name, state in (("inbox", InboxRow.state), ("outbox", OutboxRow.state))
    }
