"""Completion and card of an act that is a single press, shared by several kinds."""

from typing import Any

from flows.detours import returning
from flows.model.changes import Decision
from flows.model.messages import Button, Card
from flows.model.perintah import Tugas
from flows.office.people import Person
from flows.turn import transitions
from flows.turn.cards import act_button, return_button, rows_of, task_args
from flows.turn.receipts import handed_line
from flows.turn.turn import Turn


def complete(turn: Turn, tugas: Tugas, outcome: str, **args: Any) -> Decision | None:
    """Finishes the act, says its line and opens the acts that follow it; refuses nothing."""
    finish(turn, tugas, outcome, f"selesai_{outcome}", **args)
    transitions.advance(turn)
    return None


def finish(turn: Turn, tugas: Tugas, outcome: str, key: str, **args: Any) -> None:
    # By the mandate of whoever acts: the first holder may be the superior in whose name he does.
    words = {**task_args(turn, tugas, turn.person), "saat": turn.at.isoformat(), **args}
    transitions.finish(turn, tugas, outcome, handed_line(turn, tugas, key, words))


def task_card(
    turn: Turn, tugas: Tugas, person: Person, key: str, *beside: Button, **args: Any
) -> Card:
    """The usual card: the act's button, then the other buttons, the return on its own row."""
    rows = rows_of((act_button(turn, tugas), *beside), return_button(turn, tugas))
    return Card(key, {**task_args(turn, tugas, person), **args}, rows)


give_back = returning.begin
