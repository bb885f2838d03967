"""/inventaris: how many units the running perintah of the third SOP waits for."""

from flows.model.changes import Decision
from flows.turn.command import ChatCommand, everybody
from flows.turn.turn import Turn

WORDS = {
    "pesan": {"inventaris": "No. {{ nomor }}: {{ unit|daftar }} belum selesai."},
    "menu": {"inventaris": "Unit yang belum selesai"},
}


def _show(turn: Turn) -> Decision | None:
    args = {"nomor": turn.perintah.nomor, "unit": list(turn.perintah.units)}
    turn.speech.answer("inventaris", args, is_below=True)
    return None


def _run(turn: Turn, number: str) -> Decision | None:
    return _show(turn) if turn.work is not None else turn.refuse("belum_ada_perintah")


INVENTORY = ChatCommand("inventaris", _run, everybody, _show)
