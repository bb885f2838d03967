"""What becomes of the message that has asked: taken away whole, or without buttons."""

from dataclasses import replace

from flows.dialogs.asked_message import leave_behind
from flows.dialogs.question import Dialog, Question
from flows.model.conversation import Draft
from flows.model.messages import Removal
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, NOW, a_file, a_turn, an_order, filling

ASKING = Dialog(
    "uji",
    {"angka": lambda turn, answers: Question("angka", "tanya_angka", longest=9)},
    lambda turn, draft: None,
)
SINGLE = replace(ASKING, is_single=True)


def left(dialog: Dialog, slot: str) -> tuple[Turn, list[str]]:
    order = an_order(filling(codes=("DAL-04",)))
    draft = Draft(FILLER, dialog.name, "7-1", slot, NOW)
    turn = a_turn(FILLER, order, tugas=order.tugas[0], command=a_file(), draft=draft)
    return turn, leave_behind(turn, dialog, draft, "u13:1")


def test_a_question_of_its_own_goes_whole() -> None:
    turn, former = left(SINGLE, "u12:1")

    assert former == []
    assert turn.speech.out == [Removal("u12:1", is_whole=True, to=f"p{FILLER}")]


def test_other_dialogs_and_messages_of_a_task_lose_their_buttons_only() -> None:
    for dialog, slot in (
        (ASKING, "u12:1"),
        (SINGLE, f"t7-1:p{FILLER}"),
        (SINGLE, "ingat:7-1:p7"),
    ):
        turn, former = left(dialog, slot)
        assert former == [slot]
        assert turn.speech.out == [Removal(slot, is_over=False, to=f"p{FILLER}")]


def test_the_message_that_asks_again_stays_as_it_is() -> None:
    turn, former = left(SINGLE, "u13:1")

    assert (former, turn.speech.out) == ([], [])
