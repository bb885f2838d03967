"""A rekap from before the bot: what a correction of it begins with."""

from typing import Any

from flows.model.changes import KeepBerkas
from flows.office.period import Period
from flows.orders.earlier_rekap import (
    data_of,
    is_sent_in,
    keep,
    period_of,
    rows_of,
    sop_of,
    version_of,
)
from tests.flows.sample import isian_of
from tests.flows.small_office import KASUBAG, NOW, a_turn, an_order

ANSWERS: dict[str, Any] = {
    "sop": "PERBAIKAN",
    "periode": "2026-TW2",
    "rekap": {
        "sha256": "a" * 64, "nama": "rekap.xlsx", "ukuran": 900, "versi": 3,
        "baris": {"DAL": list(isian_of("DAL")), "PPR": list(isian_of("PPR"))},
    },
}  # fmt: skip


def test_a_rekap_sent_in_names_its_period() -> None:
    assert is_sent_in(ANSWERS)
    assert not is_sent_in({"sop": "PERBAIKAN", "perintah": 7})
    assert period_of(ANSWERS) == Period(2026, 2)
    assert sop_of(a_turn(KASUBAG), ANSWERS).code == "PERBAIKAN"


def test_each_unit_begins_with_the_rows_of_the_workbook() -> None:
    data = data_of(a_turn(KASUBAG), ANSWERS)

    assert [(d.unit, d.version, d.made_at, d.made_by) for d in data] == [
        ("DAL", 1, NOW, KASUBAG), ("PPR", 1, NOW, KASUBAG),
    ]  # fmt: skip
    assert data[0].rows == isian_of("DAL")
    assert rows_of({}) == {}


def test_its_version_goes_on_from_that_of_the_workbook() -> None:
    assert version_of(ANSWERS) == 3
    assert version_of({"rekap": {"versi": 0}}) == 1


def test_the_workbook_belongs_to_the_record() -> None:
    turn = a_turn(KASUBAG, an_order())
    keep(turn, an_order(), ANSWERS)

    assert turn.changes == [KeepBerkas("a" * 64, "rekap.xlsx", 900, 7, None, "", KASUBAG)]
    assert [(e.name, e.data["units"]) for e in turn.events] == [("RekapTaken", ["DAL", "PPR"])]
