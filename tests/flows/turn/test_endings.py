"""What becomes of the messages of a tugas that has ended and of questions that are answered."""

from flows.model.conversation import Slot
from flows.model.messages import Message, Outgoing, Removal, Restored
from flows.turn.endings import conclude, ended
from flows.turn.transitions import finish
from flows.turn.turn import Turn
from tests.flows.small_office import COORDINATOR, HEAD, OTHER_HEAD, a_slot, a_turn, an_order, task

OWN, OTHERS = f"t7-1:p{HEAD}", f"t7-1:p{OTHER_HEAD}"


def left(*slots: Slot, answered: bool = False) -> Turn:
    """After the head has validated; `answered`: with a line in a message of its own."""
    order = an_order(task("7", "kepala_unit", "DAL"))
    turn = a_turn(HEAD, order, slots=slots)
    finish(turn, order.tugas[0], "divalidasi")
    if answered:
        turn.speech.say(Message("selesai_divalidasi", f"p{HEAD}", slot="u9:1"))
    conclude(turn)
    return turn


def became(turn: Turn) -> dict[tuple[str, str], str]:
    """What was made of each message, by slot and recipient."""
    return {(o.slot, o.to): how(o) for o in turn.speech.out if isinstance(o, Message | Removal)}


def how(out: Outgoing) -> str:
    if isinstance(out, Message):
        return out.key
    return "deleted" if isinstance(out, Removal) and out.is_whole else "without buttons"


def test_whoever_else_had_the_tugas_reads_one_final_line() -> None:
    gone = a_slot("t7-1:p9", 9, is_live=False)
    turn = left(a_slot(OTHERS, OTHER_HEAD), a_slot("u3:1", OTHER_HEAD), gone)

    place = f"p{OTHER_HEAD}"
    assert became(turn) == {(OTHERS, place): "akhir", ("u3:1", place): "deleted"}


def test_whoever_acted_keeps_his_answer_his_files_and_his_records() -> None:
    form = a_slot(OWN, HEAD)._replace(has_file=True)
    record = f"catatan:7-1:u4:p{HEAD}"
    turn = left(form, a_slot("u3:1", HEAD), a_slot(record, HEAD), answered=True)

    made = {slot: what for (slot, _), what in became(turn).items()}
    assert made == {
        "u9:1": "selesai_divalidasi", OWN: "akhir", "u3:1": "deleted", record: "without buttons",
    }  # fmt: skip
    [line] = [o for o in turn.speech.out if isinstance(o, Message) and o.slot == OWN]
    assert line.args["berkas"]["langkah"] == 7


def test_a_question_without_a_file_goes_where_the_answer_stands_elsewhere() -> None:
    turn = left(a_slot(OWN, HEAD), answered=True)

    assert became(turn)[OWN, f"p{HEAD}"] == "deleted"


def test_an_open_question_of_another_is_not_deleted_below_him() -> None:
    asked = a_slot("u3:1", OTHER_HEAD)._replace(is_asking=True)
    turn = left(a_slot(OTHERS, OTHER_HEAD), asked)

    assert set(became(turn).values()) == {"akhir"}


def test_answered_questions_show_what_was_there_before_or_go() -> None:
    order = an_order(task("7", "kepala_unit", "DAL"))
    turn = a_turn(HEAD, order, slots=(a_slot(OWN, HEAD), a_slot("u3:1", HEAD)))
    turn.answered = [OWN, "u3:1"]
    turn.speech.say(Message("kendala_dicatat", f"p{HEAD}", slot="u9:1"))
    conclude(turn)

    again, gone, last = turn.speech.out
    assert isinstance(again, Message)
    assert (again.key, again.slot) == ("tugas_validasi", OWN)
    assert gone == Restored(f"d{HEAD}", Removal("u3:1", is_whole=True, to=f"p{HEAD}"))
    assert isinstance(last, Message)
    assert last.key == "kendala_dicatat"


def test_the_ending_names_the_outcome_and_who_it_was() -> None:
    order = an_order(task("7", "kepala_unit", "DAL"))
    turn = a_turn(COORDINATOR, order)

    assert ended(turn, order.tugas[0])["hasil"] == "_buka"
