"""Files with the token that others of the machine can read."""

import os
import stat
from pathlib import Path

# Set by deploy/sigap: the environment file of the service.
NAMED = "SIGAP_ENV"
OTHERS = stat.S_IRGRP | stat.S_IROTH


def open_to_others() -> tuple[Path, ...]:
    """`.env` of this folder, and the service's, where group or others may read them."""
    named = os.environ.get(NAMED, "")
    files = (Path(".env"), *([Path(named)] if named else []))
    return tuple(file for file in files if _mode(file) & OTHERS)


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode
    except OSError:
        return 0
