"""Lihat data: the rows of a unit or of the office, page by page, the worst first."""

from flows.filling.preview import look, show_page, units_seen
from flows.model.messages import Message
from flows.turn.turn import Turn
from tests.flows.small_office import FILLER, KASUBAG, a_turn, an_order, data_of, filling, task

ORDER = an_order(
    filling(), task("9", "kasubag_perencanaan"), data=(data_of("PPR"), data_of("DAL"))
)  # fmt: skip
PART, RECAP = ORDER.tugas


def shown(turn: Turn) -> Message:
    return [o for o in turn.speech.out if isinstance(o, Message)][-1]


def verbs(message: Message) -> list[list[str]]:
    return [[button.verb for button in row] for row in message.rows]


def test_a_unit_is_seen_by_its_own_people_and_all_by_the_office() -> None:
    turn = a_turn(KASUBAG, ORDER)

    assert units_seen(turn, PART) == ("DAL",)
    assert units_seen(turn, RECAP) == ("DAL", "PPR")


def test_the_rows_of_a_unit_fit_on_one_page() -> None:
    turn = a_turn(FILLER, ORDER)
    look(turn, PART)

    assert [line["kode"] for line in shown(turn).args["baris"]][:2] == ["DAL-08", "DAL-02"]
    assert (shown(turn).args["hal"], shown(turn).args["dari_hal"]) == (1, 1)
    assert verbs(shown(turn)) == [["xl", "tutup"]]


def test_pages_are_turned_and_none_lies_beyond_the_last() -> None:
    turn = a_turn(KASUBAG, ORDER)
    look(turn, RECAP)
    first = shown(turn)
    show_page(turn, RECAP, 9)
    last = shown(turn)

    assert (len(first.args["baris"]), len(last.args["baris"])) == (7, 7)
    assert (last.args["hal"], last.args["dari_hal"]) == (2, 2)
    assert verbs(first)[0] == ["l0", "l0", "l1"]
    assert verbs(last)[0] == ["l0", "l1", "l1"]
