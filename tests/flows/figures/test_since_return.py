"""What has changed in rows since they were sent back."""

from dataclasses import replace
from decimal import Decimal

from flows.figures.since_return import since_return
from tests.flows.sample import isian_of
from tests.flows.small_office import NOW, a_turn, an_order, data_of, task

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
