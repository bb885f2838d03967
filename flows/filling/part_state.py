"""Progress messages of a part, with the button of the next action."""

from typing import Any

from flows.filling.part import (
    asks_again,
    old_figure,
    part_args,
    part_of,
    pending_doubt,
    wanting,
)
from flows.model.messages import Button, Rows
from flows.model.perintah import Tugas
from flows.turn.cards import task_args
from flows.turn.turn import Turn, bumped, task_button


def part_rows(turn: Turn, tugas: Tugas) -> Rows:
    """Kirim if nothing is missing, else the button for the next missing thing."""
    want = wanting(turn, tugas)
    part = part_of(turn, tugas)
    chat = chat_button(turn, tugas)
    if want.reasons:
        code = want.reasons[0]
        former = old_figure(turn, tugas.unit or "", code)
        return ((task_button(tugas, "pakai", "pakai", nilai=former, kode=code),), (chat,))
    if want.rows or want.evidence:
        return ((chat,),)
    file = task_button(tugas, "ganti_berkas", "ganti")
    change = task_button(tugas, "ubah_angka", "ubah")
    if pending_doubt(turn, tugas) is not None:
        words = part_args(turn, tugas)["tanya"]
        return ((task_button(tugas, "pasti", "pasti", **words),), (file, change))
    label = turn.act(tugas).label or ""
    key, label = ("tetap_kirim", "") if part.warnings else ("act", label)
    send = task_button(tugas, key, "ok", label=label)
    look = task_button(tugas, "lihat_data", "lihat")
    again = ((chat,),) if asks_again(turn, tugas) else ()
    return ((send, change), (look, file), *again)


def chat_button(turn: Turn, tugas: Tugas) -> Button:
    """The button of filling in the chat; names the progress of an interrupted filling."""
    part = part_of(turn, tugas)
    filled = sum(part.row(code) is not None for code in part.codes)
    if 0 < filled < len(part.codes):
        return task_button(tugas, "isi_chat_lanjut", "chat", ke=filled, dari=len(part.codes))
    return task_button(tugas, "isi_chat", "chat")


def say_state(turn: Turn, tugas: Tugas, key: str, **more: Any) -> None:
    """Answers below the file or words with the part's progress, and Kirim once it is ready."""
    args = {**task_args(turn, tugas), **part_args(turn, tugas), **more}
    turn.speech.answer(key, args, part_rows(turn, tugas), about=tugas.ref)


def touched(turn: Turn, tugas: Tugas) -> Tugas:
    """The tugas with its revision raised: buttons of the former state become stale."""
    current = bumped(turn.perintah.task(tugas.ref) or tugas)
    turn.perintah = turn.perintah.with_tugas(current)
    return current
