"""The answer with a part's progress: which messages it takes the place of."""

from flows.filling.part_state import say_state
from flows.model.conversation import Slot
from flows.model.messages import Message, Removal
from flows.model.perintah import Bagian
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, a_turn, an_order, filling

CODES = ("DAL-04", "DAL-05")
HERE = f"p{FILLER}"


def removed(*slots: Slot) -> list[str]:
    rows = tuple(row for row in isian_of("DAL") if row.kode in CODES)
    order = an_order(filling(codes=CODES), bagian=(Bagian("DAL", FILLER, CODES, rows),))
    turn = a_turn(FILLER, order)
    turn.view = turn.view._replace(slots=slots)
    say_state(turn, order.tugas[0], "isian_dicatat")
    assert [o.key for o in turn.speech.out if isinstance(o, Message)] == ["isian_dicatat"]
    return [o.slot for o in turn.speech.out if isinstance(o, Removal)]


def test_former_answers_about_the_part_go() -> None:
    assert removed(Slot("u1:1", HERE, "7-1", True), Slot("u2:1b", HERE, "7-1", True)) == [
        "u1:1",
        "u2:1b",
    ]


def test_files_questions_records_and_other_chats_stay() -> None:
    assert not removed(
        Slot("u1:1", HERE, "7-1", True, has_file=True),
        Slot("u2:1", HERE, "7-1", True, is_asking=True),
        Slot("u3:1", "p999", "7-1", True),
        Slot("u4:1", HERE, "7-2", True),
        Slot("catatan:u5:1", HERE, "7-1", True),
        Slot(f"t7-1:{HERE}", HERE, "7-1", True),
    )
