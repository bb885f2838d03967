"""/sehat, /cadangkan and /privasi: condition, backup, and what is stored about a person."""

from collections.abc import Mapping
from typing import Any

from flows.model.changes import Decision
from flows.office.capabilities import ADMIN
from flows.turn.command import ChatCommand, admins, bare, everybody, plain
from flows.turn.turn import Turn, menu_button

NUMBERS = ("masuk", "keluar", "disisihkan", "usia_masuk", "usia_keluar", "disk", "hari_libur")


def health(turn: Turn) -> Decision | None:
    """/sehat: the system's condition, collected by the bot before the turn."""
    if (refused := _refuse_others(turn, "sehat")) is not None:
        return refused
    rows = ((menu_button("nyatakan_gangguan", "gangguan"),),)
    return turn.answer("sehat", {**_facts(turn), "saat": turn.now.isoformat()}, rows)


def backup(turn: Turn) -> Decision | None:
    """/cadangkan: the result of the backup, which the bot made before the turn."""
    if (refused := _refuse_others(turn, "cadangkan")) is not None:
        return refused
    facts = _facts(turn)
    if facts.get("cadangan_gagal"):
        return turn.refuse("gangguan_cadangan", {"sebab": facts["cadangan_gagal"]})
    turn.record("BackupMade", sha256=facts["sha256"])
    names = ("nama", "ukuran", "berkas")
    return turn.answer("cadangan_selesai", {name: facts[name] for name in names})


def privacy(turn: Turn) -> Decision | None:
    """/privasi: what is kept, why and how long; for a stranger as well, in private."""
    gathering = (role for sop in turn.view.setting.book.current() for role in sop.gatherers)
    args = {
        "terdaftar": turn.actor is not None,
        "instansi": turn.office.instansi.nama,
        "pengumpul": turn.office.labels(gathering),
    }
    return turn.answer("privasi", args)


def _refuse_others(turn: Turn, act: str) -> Decision | None:
    if turn.actor in turn.authority.admins and _facts(turn):
        return None
    who = turn.office.labels([ADMIN])
    return turn.refuse("bukan_kewenangan", {"berwenang": who, "tindakan": act})


def _facts(turn: Turn) -> Mapping[str, Any]:
    """Facts collected before the turn, for administrators only."""
    command = turn.command
    found = getattr(getattr(command, "origin", None), "facts", None) or {}
    return {name: int(value) if name in NUMBERS else value for name, value in found.items()}


HEALTH = ChatCommand("sehat", plain(health), admins, facts="condition", example=bare)
BACKUP = ChatCommand("cadangkan", plain(backup), admins, facts="backup", example=bare)
PRIVACY = ChatCommand("privasi", plain(privacy), everybody, example=bare)
