"""One life of the bot, in a process forked from one that has imported all of it once."""

import os
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path

import bot.__main__
import bot.app  # noqa: F401 # what a start imports is read once for all lives


def live(program: str, environment: Mapping[str, str], log: Path) -> None:
    """As `python -m PROGRAM run`, with what it says at the end of that file."""
    os.environ.update(environment)
    said = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.argv = [program, "run"]
    runpy.run_module(program, run_name="__main__", alter_sys=True)
