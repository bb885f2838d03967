"""The Kasubag's board of receipts: the buttons that stand on it."""

from tests.conftest import Stage
from tests.officials import KASUBAG, accept, bring_in
from tests.stories.test_meetings import read_buttons


def test_the_board_offers_one_way_back_the_last_receipt_first(stage: Stage) -> None:
    kantor = stage("handed_out")
    for unit in ("KBK", "DAL"):
        bring_in(kantor, 1, unit)
    for unit in ("KBK", "DAL"):
        accept(kantor, unit)
    board = kantor.task(KASUBAG, "papan_masuk")
    both = [label for label in read_buttons(board) if label.startswith("Urungkan")]
    kantor.press(KASUBAG, "urungkan_unit", board)
    one = [label for label in read_buttons(kantor.again(KASUBAG, board)) if "Urungkan" in label]

    assert [label.split(" (")[0] for label in both] == ["Urungkan DAL"]
    assert [label.split(" (")[0] for label in one] == ["Urungkan KBK"]
