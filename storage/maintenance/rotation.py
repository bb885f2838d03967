"""Rotation of backups by numbers of days, weeks and months."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

NAME = re.compile(r"sigap-(\d{8})-(\d{4})\.tar\.gz")


def backup_name(local: datetime) -> str:
    return f"sigap-{local:%Y%m%d-%H%M}.tar.gz"


def backups(folder: Path) -> list[Path]:
    """Backups in the folder by their names, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if NAME.fullmatch(path.name))


def spare(paths: Iterable[Path], days: int, weeks: int, months: int) -> list[Path]:
    """Backups to delete: all but the newest of each of the last days, weeks and months."""
    newest_first = sorted(paths, key=lambda path: path.name, reverse=True)
    kept: set[Path] = set()
    rules: tuple[tuple[Callable[[date], Any], int], ...] = (
        (lambda day: day, days),
        (lambda day: day.isocalendar()[:2], weeks),
        (lambda day: (day.year, day.month), months),
    )
    for period, count in rules:
        newest: dict[Any, Path] = {}
        for path in newest_first:
            newest.setdefault(period(_day(path)), path)
        kept |= set(list(newest.values())[:count])
    return [path for path in newest_first if path not in kept]


def _day(path: Path) -> date:
    named = NAME.fullmatch(path.name)
    return datetime.strptime(named[1] if named else "", "%Y%m%d").date()  # noqa: DTZ007 # a day only
