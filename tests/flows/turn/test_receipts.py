"""Receipts counted by unit: by whom, and of whom one is still awaited."""

from flows.model.perintah import Tugas
from flows.turn.receipts import receipts
from tests.flows.small_office import NOW, a_turn, an_order, task

SHEETS = task("3", "kasubag_perencanaan", state="selesai")


def counted(*tugas: Tugas) -> dict[str, bool]:
    order = an_order(SHEETS, *tugas)
    turn = a_turn(None, order)
    found = receipts(order, turn.sop, order.tugas[0])
    return {each.unit: each.by is not None for each in found}


def test_nobody_has_received_what_nobody_has_opened() -> None:
    assert counted() == {"DAL": False, "PPR": False}


def test_a_receipt_or_the_act_itself_counts() -> None:
    received = task("4", "kepala_unit", "DAL", received_at=NOW)
    done = task("4", "kepala_unit", "PPR", state="selesai")

    assert counted(received, done) == {"DAL": True, "PPR": True}


def test_only_the_last_round_counts() -> None:
    former = task("4", "kepala_unit", "DAL", state="ulang", received_at=NOW)

    assert counted(former, task("4", "kepala_unit", "DAL", round=2)) == {
        "DAL": False,
        "PPR": False,
    }
