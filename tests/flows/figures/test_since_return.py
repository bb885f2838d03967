"""What has changed in rows since they were sent back."""

from dataclasses import replace
from decimal import Decimal

from flows.figures.since_return import since_return, was_judged
from flows.model.perintah import Bagian
from tests.flows.sample import isian_of
from tests.flows.small_office import FILLER, NOW, a_turn, an_order, data_of, task

RETURNED = task("7", "kepala_unit", "DAL", state="ulang", outcome="dikembalikan", finished_at=NOW)
AGAIN = task("7", "kepala_unit", "DAL")
BEFORE = data_of("DAL")._replace(made_at=NOW)


def test_only_after_a_return_there_is_something_to_compare() -> None:
    order = an_order(task("7", "kepala_unit", "DAL"), data=(BEFORE,))

    assert since_return(a_turn(None, order), order.tugas[0], ("DAL",)) is None


def test_every_field_that_differs_has_its_line() -> None:
    rows = list(isian_of("DAL"))
    rows[4] = replace(rows[4], realisasi=Decimal(80), keterangan="tabel 7")
    later = BEFORE._replace(version=2, rows=tuple(rows), made_at=NOW.replace(hour=NOW.hour + 1))
    order = an_order(RETURNED, AGAIN, data=(BEFORE, later))
    lines = since_return(a_turn(None, order), order.tugas[1], ("DAL",))

    assert lines is not None
    assert [(line["kode"], line["hal"]) for line in lines] == [
        ("DAL-05", ""), ("DAL-05", "keterangan"),
    ]  # fmt: skip
    assert lines[1]["menjadi"] == "tabel 7"


def test_the_same_rows_come_again_unchanged() -> None:
    order = an_order(RETURNED, AGAIN, data=(BEFORE,))

    assert since_return(a_turn(None, order), order.tugas[1], ("DAL",)) == []


def test_a_version_made_after_the_return_was_sent_but_with_it_is_what_was_sent_back() -> None:
    """The message waited a while before it was decided on: then the version was frozen."""
    rows = list(isian_of("DAL"))
    rows[4] = replace(rows[4], realisasi=Decimal(80))
    decided = NOW.replace(hour=NOW.hour + 1)
    frozen = BEFORE._replace(made_at=decided)
    recap = task("6", "koordinator_data", "DAL", state="ulang", outcome="dikembalikan",
                 finished_at=NOW)  # fmt: skip
    order = an_order(
        recap,
        task("5", "pelaksana", "DAL", state="selesai", opened_at=decided),
        task("6", "koordinator_data", "DAL", opened_at=decided.replace(hour=decided.hour + 1)),
        data=(frozen,),
        bagian=(Bagian("DAL", FILLER, ("DAL-05",), (rows[4],)),),
    )
    lines = since_return(a_turn(None, order), order.tugas[2], ("DAL",))

    assert lines is not None
    assert [(line["kode"], line["hal"]) for line in lines] == [("DAL-05", "")]


def test_a_task_withdrawn_by_an_undo_has_been_shown_but_not_sent_back() -> None:
    withdrawn = task("7", "kepala_unit", "DAL", state="batal", outcome="ditarik")
    order = an_order(withdrawn, AGAIN, data=(BEFORE,))
    turn = a_turn(None, order)

    assert since_return(turn, order.tugas[1], ("DAL",)) is None
    assert was_judged(turn, order.tugas[1])
    assert not was_judged(turn, order.tugas[0])
