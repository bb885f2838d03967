"""Migration of a database to the newest schema, after a copy of it."""

import re
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError

from storage import migrations
from storage.faults import StoreBroken, StoreTooNew, remedy

VERSION_TABLE = "alembic_version"
REVISION = re.compile(r"^((?:down_)?revision) = (?:\"(\w+)\"|None)$", re.MULTILINE)
PACKAGED = Path(migrations.__file__).parent


def migrate(writing: Engine, reading: Engine, backups: Path, folder: Path = PACKAGED) -> None:
    scripts = _scripts(folder)
    present = _revision(reading)
    if present in scripts.keys() - scripts.values():
        return
    if present is not None and present not in scripts:
        raise StoreTooNew(
            f"the database has revision {present!r}, which this version does not know;"
            " install the version that made it, or restore a backup"
        )
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


def _scripts(folder: Path) -> dict[str, str]:
    """Every revision with its predecessor; the newest is no predecessor."""
    texts = (path.read_text(encoding="utf-8") for path in (folder / "versions").glob("[0-9]*.py"))
    found = (dict(REVISION.findall(text)) for text in texts)
    return {script["revision"]: script["down_revision"] for script in found}


def _revision(engine: Engine) -> str | None:
    """The revision, None for an empty database; StoreBroken if damaged or foreign."""
    place = engine.url.database
    try:
        with engine.connect() as connection:
            damage = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if damage != "ok":
                raise StoreBroken(f"{place}: the database is damaged ({damage}); restore a backup")
            tables = inspect(connection).get_table_names()
            if tables and VERSION_TABLE not in tables:
                raise StoreBroken(f"{place}: the database is not one of this program")
            if not tables:
                return None
            stamp = f"SELECT version_num FROM {VERSION_TABLE}"
            found = connection.exec_driver_sql(stamp).scalar()
    except DatabaseError as error:
        raise StoreBroken(f"{place}: {error.orig}; {remedy(error.orig)}") from error
    if not isinstance(found, str):
        raise StoreBroken("the database does not say which version it has")
    return found


def _back_up(engine: Engine, backups: Path, revision: str) -> None:
    """Copies the database; does not overwrite an earlier copy of the same revision."""
    backups.mkdir(parents=True, exist_ok=True)
    numbers = range(1, 1_000_000)
    names = (backups / f"before-migration-{revision}-{number}.db" for number in numbers)
    target = next(name for name in names if not name.exists())
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
