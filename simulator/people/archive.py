"""The simulated office on disk: its chats are kept over a restart."""

import asyncio
import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

from simulator.world.world import World

_FORM = 1
_PAUSE_SECONDS = 2.0
_KEPT = ("people", "chats", "files", "commands", "office_group", "onboarding")


def save(world: World, path: Path) -> None:
    """Atomic: written to a temporary file that is then renamed."""
    state: dict[str, Any] = {name: getattr(world, name) for name in _KEPT}
    state |= {"now": world.clock.now(), "updates": world.updates.waiting()}
    beside = path.with_suffix(".part")
    beside.write_bytes(pickle.dumps((_FORM, world.bot.token, state)))
    os.replace(beside, path)


def load(world: World, path: Path) -> bool:
    """False where no file of this format exists."""
    try:
        form, token, state = pickle.loads(path.read_bytes())
    except (OSError, pickle.UnpicklingError, AttributeError, TypeError, ValueError, EOFError):
        return False
    if (form, token) != (_FORM, world.bot.token):
        return False
    for name in _KEPT:
        setattr(world, name, state[name])
    world.clock.set(max(world.clock.now(), state["now"]))
    world.updates.restore(state["updates"])
    return True


async def keep(world: World, path: Path) -> None:
    """Saves at intervals until cancelled, and once more at the end."""
    saved = -1
    try:
        while True:
            if world.feed.last_id != saved:
                saved = world.feed.last_id
                save(world, path)
            await asyncio.sleep(_PAUSE_SECONDS)
    finally:
        with suppress(OSError):
            save(world, path)
