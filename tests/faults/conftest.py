"""The house and street of the bot's own tests."""

from tests.bot.conftest import (  # noqa: F401 # fixtures are found by their names
    empty_database,
    open_street,
    resources,
    street,
    workers,
)
