"""A unit's figures as the messages show them."""

from dataclasses import replace
from decimal import Decimal

from flows.figures.shown import (
    changes,
    figure,
    fillers,
    merged_rows,
    office_figures,
    row_lines,
    unit_figures,
)
from flows.figures.unit_rows import baseline, rekap_units, unit_rows
from flows.forms.form import Isian
from flows.model.perintah import Bagian
from tests.flows.sample import UNITS, isian_of
from tests.flows.small_office import (
    COLLEAGUE,
    FILLER,
    NAMES,
    a_turn,
    an_order,
    data_of,
    finding,
)

DAL = a_turn(None, an_order(data=(data_of("DAL"),)))
BY_CODE = {row.kode: row for row in isian_of("DAL")}


def test_a_figure_is_written_as_its_indicator_is_measured() -> None:
    assert figure(DAL, "DAL", BY_CODE["DAL-04"]) == "48"
    assert figure(DAL, "DAL", BY_CODE["DAL-01"]) == "2,24"
    assert figure(DAL, "DAL", Isian("DAL-04", Decimal(12345))) == "12.345"
    assert figure(DAL, "DAL", BY_CODE["DAL-03"]) == "n/a"
    assert figure(DAL, "DAL", Isian("DAL-04")) == figure(DAL, "DAL", None) == "kosong"


def test_what_was_filled_in_stands_over_the_data_in_the_order_of_the_master() -> None:
    own = replace(BY_CODE["DAL-05"], realisasi=Decimal(80))
    part = Bagian("DAL", FILLER, ("DAL-05",), (own,))
    turn = a_turn(None, an_order(data=(data_of("DAL"),), bagian=(part,)))

    rows = merged_rows(turn, "DAL")
    assert [row.kode for row in rows] == [f"DAL-0{n}" for n in range(1, 9)]
    assert rows[4] == own
    assert merged_rows(a_turn(None, an_order(bagian=(part,))), "DAL") == (own,)


def test_the_worst_row_comes_first_and_those_without_a_figure_last() -> None:
    lines = row_lines(DAL, {"DAL": isian_of("DAL")})

    assert [line["kode"] for line in lines[:3]] == ["DAL-08", "DAL-02", "DAL-04"]
    assert (lines[0]["capaian"], lines[0]["singkat"], lines[0]["target"]) == ("0,00", "SR", "1")
    assert (lines[-1]["kode"], lines[-1]["nilai"], lines[-1]["capaian"]) == (
        "DAL-03",
        "n/a",
        "n/a",
    )


def test_the_averages_of_a_unit_are_those_of_its_rows_with_a_figure() -> None:
    """98,18 78,33 87,27 104,40 101,33 102,90 0,00: seven rows; 8,63 of them above 100."""
    told = unit_figures(DAL, "DAL")

    assert (told["terisi"], told["jumlah"], told["na"]) == (7, 8, 1)
    assert Decimal(told["mentah"]).quantize(Decimal("0.01")) == Decimal("81.77")
    assert Decimal(told["dibatasi"]).quantize(Decimal("0.01")) == Decimal("80.54")
    assert (told["kategori"], told["singkat"]) == ("Tinggi", "T")


def test_the_office_is_told_of_every_unit_that_has_data() -> None:
    turn = a_turn(None, an_order(data=(data_of("PPR"), data_of("DAL"))))

    assert rekap_units(turn) == ("DAL", "PPR"), "in the order of the office"
    assert [one["kode"] for one in office_figures(turn)["unit"]] == ["DAL", "PPR"]
    assert office_figures(turn)["jumlah"] == 14


def test_every_row_of_the_sample_is_graded() -> None:
    turn = a_turn(None, an_order(data=tuple(data_of(unit) for unit in UNITS)))

    assert sum(len(unit_rows(turn, unit)) for unit in UNITS) == 37


def test_who_filled_in_what_is_told() -> None:
    rows = (
        replace(BY_CODE["DAL-04"], filled_by=FILLER, berkas="a" * 64),
        replace(BY_CODE["DAL-05"], filled_by=FILLER),
        replace(BY_CODE["DAL-06"], filled_by=FILLER),
        replace(BY_CODE["DAL-07"], filled_by=COLLEAGUE),
    )
    turn = a_turn(None, an_order(bagian=(Bagian("DAL", FILLER, (), rows),)))

    assert fillers(turn, "DAL") == [
        {"nama": NAMES[FILLER], "baris": ["DAL-04"], "berkas": True},
        {"nama": NAMES[FILLER], "baris": ["DAL-05", "DAL-06"], "berkas": False},
        {"nama": NAMES[COLLEAGUE], "baris": ["DAL-07"], "berkas": False},
    ]


def test_a_correction_tells_what_differs_from_the_first_data() -> None:
    again = data_of("DAL")._replace(version=2, rows=())
    told = (finding("DAL-04", 1), finding("DAL-05", 2, verdict="gugur"))
    turn = a_turn(None, an_order(data=(data_of("DAL"), again), temuan=told, sop="PERBAIKAN"))
    rows = (
        replace(BY_CODE["DAL-04"], realisasi=Decimal(55)),
        replace(BY_CODE["DAL-05"], realisasi=Decimal(80)),
        replace(BY_CODE["DAL-06"], keterangan="hanya catatan"),
    )

    found = changes(turn, "DAL", rows)

    assert [(c["kode"], c["semula"], c["menjadi"], c["temuan"]) for c in found] == [
        ("DAL-04", "48", "55", True), ("DAL-05", "78,30", "80,00", False),
    ]  # fmt: skip
    assert (found[0]["capaian_semula"], found[0]["capaian"]) == ("87,27", "100,00")
    assert tuple(baseline(turn.perintah, "DAL").values()) == isian_of("DAL")
    assert baseline(turn.perintah, "PPR") == {}
