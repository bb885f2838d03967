"""Facts for administrators' commands (health, backup), collected before the decision."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping

from bot.operations.backups import backup_folder, free_share, make_backup, newest
from bot.receiving.updates import Json, message_of, number, part
from bot.resources import Resources
from flows.turn.command import Facts
from storage.maintenance.backup import BackupFailed
from storage.maintenance.rotation import backups

log = logging.getLogger(__name__)


async def facts(wanted: Facts, raw: Json, resources: Resources) -> Mapping[str, str]:
    """Empty for anybody who is no administrator."""
    message = message_of(raw)
    user_id = 0 if part(message, "sender_chat") else number(message, "from", "id")
    now = resources.clock.now()
    person, admins = await resources.read(
        lambda q: (q.office.person_of(user_id), q.office.admins(now))
    )
    if not user_id or person not in admins:
        return {}
    if wanted == "condition":
        return await resources.in_thread(_condition, resources)
    return await _backup(resources)


def _condition(resources: Resources) -> Mapping[str, str]:
    now = resources.clock.now()
    with resources.store.reading() as queries:
        waiting, parked = queries.backlog.waiting(now), queries.backlog.parked()
    last = newest(backups(backup_folder(resources.settings)))
    year = resources.setting.calendar.day_of(now).year + 1
    found = {
        "masuk": waiting["inbox"][0],
        "usia_masuk": round(waiting["inbox"][1]),
        "keluar": waiting["outbox"][0],
        "usia_keluar": round(waiting["outbox"][1]),
        "disisihkan": len(parked),
        "kode": ", ".join(parked[:5]),
        "disk": round(free_share(resources.settings.data_dir) * 100),
        "cadangan": last.name if last else "",
        "tahun": year,
        "hari_libur": sum(1 for day in resources.setting.calendar.holidays if day.year == year),
    }
    return {name: str(value) for name, value in found.items()}


async def _backup(resources: Resources) -> Mapping[str, str]:
    now, office = resources.clock.now(), resources.setting.office
    try:
        made = await asyncio.to_thread(make_backup, resources.settings, office, now)
    except (BackupFailed, OSError) as fault:
        log.error("backup_failed", extra={"fault": str(fault)})
        return {"cadangan_gagal": type(fault.__cause__ or fault).__name__}
    with made.path.open("rb") as stream:
        sha256 = await asyncio.to_thread(hashlib.file_digest, stream, "sha256")
    return {
        "nama": made.path.name,
        "ukuran": f"{made.size / 2**20:.1f}",
        "berkas": str(made.files),
        "sha256": sha256.hexdigest(),
    }
