import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.model.view import Setting
from storage.store import Store
from tests.storage import world

KEY = b"k" * 32


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    """A migrated, empty database in a file."""
    shutil.copy(empty_database, tmp_path)
    store = Store(f"sqlite:///{tmp_path}/sigap.db", tmp_path, KEY)
    yield store
    store.close()


@pytest.fixture
def staffed(store: Store) -> Store:
    """With the people of world.STAFF, all but the admin bound."""
    world.take_staff(store)
    world.bind(store, world.KADIS, world.SEKRETARIS, world.KASUBAG, world.PELAKSANA)
    return store


@pytest.fixture(scope="session")
def setting() -> Setting:
    return world.setting()
