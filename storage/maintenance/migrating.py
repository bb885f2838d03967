"""Migration of a database to the newest schema, after a copy of it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from storage import migrations
from storage.faults import (
    StoreDamaged,
    StoreForeign,
    StoreTooNew,
    StoreUnusable,
    remedy,
)

VERSION_TABLE = "alembic_version"
REVISION = re.compile(r"^((?:down_)?revision) = (?:\"(\w+)\"|None)$", re.MULTILINE)
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
RESTORE = "stop the bot, move the file away and restore a backup"
ANOTHER = "set DATABASE_URL to the office's own"
PACKAGED = Path(migrations.__file__).parent


def migrate(writing: Engine, reading: Engine, backups: Path, folder: Path = PACKAGED) -> None:
    place = Path(reading.url.database or "")
    try:
        with closing(reading.raw_connection()) as connection:
            present = revision(connection.driver_connection, place, is_thorough=True)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise fault_of(place, getattr(error, "orig", error)) from error
    if present is not None and is_newest(present, folder):
        return
    if present is not None:
        _back_up(writing, backups, present)
    # Alembic takes a third of a second to import, and most starts have nothing to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with writing.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_newest(present: str, folder: Path = PACKAGED) -> bool:
    """Whether nothing is to be migrated; StoreTooNew for a revision that is unknown here."""
    scripts = _scripts(folder)
    if present not in scripts:
        raise StoreTooNew(
            f"the database has revision {present!r}, which this version does not know;"
            " install the version that made it, or restore a backup"
        )
    return present not in scripts.values()


def revision(connection: Any, place: Path, *, is_thorough: bool) -> str | None:
    """The revision, None for an empty database; StoreBroken if damaged, foreign or unusable.

    `connection`: of sqlite3. `is_thorough`: looks at every page.
    """
    try:
        if is_thorough:
            [damage] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if damage != "ok":
                raise StoreDamaged(f"{place}: the database is damaged ({damage}); {RESTORE}")
        tables = {name for (name,) in connection.execute(TABLES)}
        if not tables:
            return None
        if VERSION_TABLE not in tables:
            raise StoreForeign(f"{place}: the database is not one of this program; {ANOTHER}")
        found = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    except sqlite3.DatabaseError as error:
        raise fault_of(place, error) from error
    if found is None:
        raise StoreDamaged(f"{place}: the database does not say which version it has; {RESTORE}")
    return str(found[0])


def fault_of(place: Path, error: object) -> StoreDamaged | StoreUnusable:
    """By the message of SQLite."""
    todo = remedy(error)
    kind = StoreDamaged if todo == remedy("") else StoreUnusable
    return kind(f"{place}: {error}; {todo}")


def _scripts(folder: Path) -> dict[str, str]:
    """Every revision with its predecessor; the newest is no predecessor."""
    texts = (path.read_text(encoding="utf-8") for path in (folder / "versions").glob("[0-9]*.py"))
    found = (dict(REVISION.findall(text)) for text in texts)
    return {script["revision"]: script["down_revision"] for script in found}


def _back_up(engine: Engine, backups: Path, revision: str) -> None:
    """Copies the database; does not overwrite an earlier copy of the same revision."""
    backups.mkdir(parents=True, exist_ok=True)
    numbers = range(1, 1_000_000)
    names = (backups / f"before-migration-{revision}-{number}.db" for number in numbers)
    target = next(name for name in names if not name.exists())
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
