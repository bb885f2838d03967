"""How Alembic runs a migration: on the connection it is given, in one transaction."""

from alembic import context
from sqlmodel import SQLModel

import storage.rows.office_tables  # as the tables below
import storage.rows.record_tables  # as the tables below
import storage.rows.tables  # noqa: F401  # the tables must be known before they are compared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
