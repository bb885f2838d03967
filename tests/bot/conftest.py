"""A simulator for all tests of the bot, a new house for each."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.house import House
from tests.bot.rooms import Street, open_house, simulator


@pytest.fixture(scope="session")
def open_street() -> Iterator[Street]:
    with simulator() as street:
        yield street


@pytest.fixture
def street(open_street: Street) -> Street:
    open_street.calm()
    return open_street


@pytest.fixture
async def house(street: Street, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(street, tmp_path) as house:
        yield house
