"""The fixtures of the bot's own tests."""

from tests.bot.conftest import (  # noqa: F401 # fixtures are found by their names
    open_street,
    resources,
    street,
    workers,
)
