"""Fixtures of the bot's tests: one simulator for all, new resources for each test."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.resources import Resources
from reports.workers import Workers
from tests.bot.rooms import Street, open_resources, simulator


@pytest.fixture(scope="session")
def open_street() -> Iterator[Street]:
    with simulator() as street:
        yield street


@pytest.fixture
def street(open_street: Street) -> Street:
    open_street.calm()
    return open_street


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
async def resources(
    street: Street, tmp_path: Path, workers: Workers, empty_database: Path
) -> AsyncIterator[Resources]:
    shutil.copy(empty_database, tmp_path)
    async with open_resources(street, tmp_path, workers) as resources:
        yield resources
