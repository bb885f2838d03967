"""What an administrator asks of the house, and what anybody may ask about his own data."""

from collections.abc import Mapping
from typing import Any

from flows.model.changes import Decision
from flows.office.capabilities import ADMIN
from flows.turn.command import ChatCommand, admins, everybody, plain
from flows.turn.turn import Turn, button

NUMBERS = ("masuk", "keluar", "disisihkan", "usia_masuk", "usia_keluar", "disk", "hari_libur")


def health(turn: Turn) -> Decision | None:
    """/sehat: how the house is doing, as it was found when the question came."""
    refused = _refuse_others(turn, "sehat")
    if refused is not None:
        return refused
    rows = ((button("nyatakan_gangguan", "menu", "kgangguan"),),)
    turn.speech.answer("sehat", {**_facts(turn), "saat": turn.now.isoformat()}, rows)
    return None


def backup(turn: Turn) -> Decision | None:
    """/cadangkan: the backup was made before this is decided; here its outcome is told."""
    refused = _refuse_others(turn, "cadangkan")
    if refused is not None:
        return refused
    facts = _facts(turn)
    if facts.get("cadangan_gagal"):
        return turn.refuse("gangguan_cadangan", {"sebab": facts["cadangan_gagal"]})
    turn.record("BackupMade", sha256=facts["sha256"])
    names = ("nama", "ukuran", "berkas")
    turn.speech.answer("cadangan_selesai", {name: facts[name] for name in names})
    return None


def privacy(turn: Turn) -> Decision | None:
    """/privasi: what is kept, why and how long; for a stranger as well, in private."""
    turn.speech.answer("privasi", {"terdaftar": turn.actor is not None})
    return None


def _refuse_others(turn: Turn, act: str) -> Decision | None:
    if turn.actor in turn.authority.admins and _facts(turn):
        return None
    who = turn.office.labels([ADMIN])
    return turn.refuse("bukan_kewenangan", {"berwenang": who, "tindakan": act})


def _facts(turn: Turn) -> Mapping[str, Any]:
    """Looked up for administrators only, before the turn."""
    command = turn.command
    found = getattr(getattr(command, "origin", None), "facts", None) or {}
    return {name: int(value) if name in NUMBERS else value for name, value in found.items()}


HEALTH = ChatCommand("sehat", plain(health), admins, facts="condition")
BACKUP = ChatCommand("cadangkan", plain(backup), admins, facts="backup")
PRIVACY = ChatCommand("privasi", plain(privacy), everybody)
