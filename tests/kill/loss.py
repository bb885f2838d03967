"""What a bot may never do: confirm an update that it has not kept."""

import sqlite3
from contextlib import closing
from pathlib import Path


def lost_updates(folder: Path, last_confirmed: int) -> list[int]:
    """Numbers that Telegram has let go and the inbox has not; it gives them without a gap."""
    with closing(sqlite3.connect(f"file:{folder / 'sigap.db'}?mode=ro", uri=True)) as database:
        kept = {number for (number,) in database.execute("SELECT update_id FROM inbox")}
    first = min(kept, default=last_confirmed + 1)
    return [number for number in range(first, last_confirmed + 1) if number not in kept]
