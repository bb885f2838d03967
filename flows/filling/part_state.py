"""The answer that shows a part's progress below what was sent: only the newest one stays."""

from typing import Any

from flows.filling.part import part_args, part_rows
from flows.model.addresses import is_answer
from flows.model.changes import Decision
from flows.model.messages import Card
from flows.model.perintah import Tugas
from flows.turn.cards import task_args
from flows.turn.turn import Turn


def say_state(turn: Turn, tugas: Tugas, key: str, **more: Any) -> Decision | None:
    """Answers below the file or words with the part's progress, and Kirim once it is ready."""
    args = {**task_args(turn, tugas), **part_args(turn, tugas), **more}
    return show_state(turn, tugas, Card(key, args, part_rows(turn, tugas)))


def show_state(turn: Turn, tugas: Tugas, card: Card) -> Decision | None:
    """Shows the part's progress; of such answers only the newest stays. A message with a file,
    like the marked sheet, and one that asks something stay as well."""
    here = turn.speech.here
    newest = turn.speech.answer(card.key, card.args, card.rows, about=tugas.ref)
    for slot in turn.view.slots:
        is_former = slot.about == tugas.ref and slot.to == here and is_answer(slot.name)
        if is_former and slot.name != newest and not (slot.has_file or slot.is_asking):
            turn.speech.remove_message(slot.name, here)
    return None
