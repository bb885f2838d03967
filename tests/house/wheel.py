"""The project's wheel, built in a copy that holds only what the Dockerfile copies."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = "from setuptools import build_meta; build_meta.build_wheel('..')"


def build_wheel(folder: Path) -> Path:
    """The wheel in `folder`; setuptools is the locked one (make setup), no index is asked."""
    source = folder / "source"
    source.mkdir(parents=True)
    for name in copied():
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, source / name)
    command = [sys.executable, "-W", "ignore", "-c", BUILD]
    ended = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return next(folder.glob("*.whl"))


def copied() -> list[str]:
    """What the Dockerfile's first stage copies to build from."""
    stage = (ROOT / "Dockerfile").read_text("utf-8").split("\nFROM ")[1]
    lines = re.findall(r"^COPY (.+) \S+$", stage, flags=re.MULTILINE)
    return [name for line in lines for name in line.split()]
