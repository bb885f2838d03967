"""Compliance of a unit with the standards of its steps."""

from flows.model.perintah import Perintah, Tugas
from flows.turn.turn import Turn

DONE = ("selesai", "ulang")
ON_TIME = "Tepat waktu"


def lateness(turn: Turn, unit: str) -> str:
    """Words for the rekap: on time, or the steps that exceeded their limit."""
    if unit not in turn.perintah.units:
        return ""
    steps = [turn.sop.step_of(tugas.act) for tugas in _late(turn.perintah, unit)]
    numbers = sorted({step.number for step in steps if step is not None})
    if not numbers:
        return ON_TIME
    return f"Terlambat: langkah {', '.join(str(number) for number in numbers)}"


def _late(perintah: Perintah, unit: str) -> list[Tugas]:
    return [
        tugas
        for tugas in perintah.tugas
        if tugas.unit == unit
        and tugas.state in DONE
        and tugas.due_at is not None
        and tugas.finished_at is not None
        and tugas.finished_at > tugas.due_at
    ]
