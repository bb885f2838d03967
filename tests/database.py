"""SQLite as tests in this process open it: statements compiled once for all stores, no fsync.

Registered in the place of SQLAlchemy's own dialect, so the product opens its stores as ever.
Processes that tests start, among them all that are killed, keep the product's own way.
"""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

COMPILED: dict[Any, Any] = {}


class SharedDialect(SQLiteDialect_pysqlite):
    """Equal to every other of its class, since compiled statements are kept by dialect."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedDialect)

    def __hash__(self) -> int:
        return hash(SharedDialect)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=COMPILED)

        @event.listens_for(engine, "checkout")
        def spare_the_disk(connection: Any, *_: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")


registry.register("sqlite", __name__, SharedDialect.__name__)
