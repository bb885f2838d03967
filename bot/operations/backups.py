"""Backups: when one is due, where it goes, which are pruned."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from bot.runtime.config import Settings
from flows.office.kantor import Office
from storage.maintenance.backup import Backup, back_up, backup_name, backups, spare


def database_file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


def backup_folder(settings: Settings) -> Path:
    return settings.data_dir / "backups"


def make_backup(
    settings: Settings, office: Office, now: datetime, target: Path | None = None
) -> Backup:
    """Blocking. Writes to `target`, or to the backup folder, which is then pruned."""
    database = database_file(settings)
    if target is not None:
        return back_up(database, settings.data_dir, target, now)
    local = now.astimezone(ZoneInfo(office.jam_kerja.zona))
    folder = backup_folder(settings)
    made = back_up(database, settings.data_dir, folder / backup_name(local), now)
    rule = office.cadangan
    kept = (rule.simpan_harian, rule.simpan_mingguan, rule.simpan_bulanan)
    for path in spare(backups(folder), *kept):
        path.unlink()
    return made


def is_backup_due(office: Office, now: datetime, last: str | None) -> bool:
    """Once a day from the hour on; `last` is the day (ISO) of the latest one."""
    local = now.astimezone(ZoneInfo(office.jam_kerja.zona))
    return local.hour * 60 + local.minute >= office.cadangan.pukul and (
        last != local.date().isoformat()
    )


def free_share(folder: Path) -> float:
    """The free part of the disk, 0 to 1."""
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total


def newest(paths: Sequence[Path]) -> Path | None:
    return max(paths, key=lambda path: path.name, default=None)
