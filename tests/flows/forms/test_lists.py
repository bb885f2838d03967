"""The lists of staff and of indicators: every wrong cell is told with its rule, at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.forms.form import Cell, Sheet
from flows.forms.lists import ListInvalid
from flows.forms.master_list import indicator_headings, read_master
from flows.forms.staff_list import read_staff_sheet, staff_headings
from flows.office.kantor import Office
from tests.flows.sheets import as_sheet, cell_of

OFFICE = Office.parse(
    (Path(__file__).parents[3] / "kantor.yaml").read_text("utf-8"), "kantor.yaml"
)
STAFF = {
    "Nama": "Contoh Pegawai",
    "NIP": "198508172010012001",
    "Jabatan": "Staf",
    "Peran": "pelaksana",
    "Unit": "KBK",
}
INDICATOR = {
    "Kode": "SEK-01",
    "Unit": "SEK",
    "Indikator": "Nilai",
    "Satuan": "nilai",
    "Arah (+/-)": "+",
    "Frekuensi": "tahunan",
    "Sifat": "posisi",
    "Desimal": Decimal(2),
    "Target Tahun": Decimal("72.5"),
}
STAFF_HEADINGS = [heading.name for heading in staff_headings(OFFICE)]
INDICATOR_HEADINGS = [heading.name for heading in indicator_headings(OFFICE)]

Values = dict[str, Cell | str | Decimal | None]


def table(headings: list[str], *rows: Values) -> Sheet:
    """Headings in row 1; a value that is a cell already takes its place as it is."""
    cells = {}
    for number, row in enumerate([{name: name for name in headings}, *rows], 1):
        for column, name in enumerate(headings):
            address = f"{chr(ord('A') + column)}{number}"
            value = row.get(name)
            cells[address] = value if isinstance(value, Cell) else cell_of(address, value)
    return as_sheet(cells, {})


def staff(*rows: Values) -> list[str]:
    """What is told of these rows, each a sound one but for what is given."""
    with pytest.raises(ListInvalid) as refusal:
        read_staff_sheet(table(STAFF_HEADINGS, *({**STAFF, **row} for row in rows)), OFFICE, "x")
    return [f"{m.cell} {m.rule}" for m in refusal.value.mistakes]


def indicators(*rows: Values) -> list[str]:
    sheet = table(INDICATOR_HEADINGS, *({**INDICATOR, **row} for row in rows))
    with pytest.raises(ListInvalid) as refusal:
        read_master(sheet, OFFICE, "x")
    return [f"{m.cell} {m.rule}" for m in refusal.value.mistakes]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"Nama": None}, "A2 required"),
        ({"Nama": "x" * 501}, "A2 too_long"),
        ({"Nama": Cell("A2", "error", "#REF!")}, "A2 cell_error"),
        ({"NIP": None}, "B2 required"),
        ({"NIP": Decimal(198508172010012001)}, "B2 nip_number"),
        ({"NIP": "1,98508E+17"}, "B2 nip_number"),
        ({"NIP": "1985"}, "B2 nip_invalid"),
        ({"Peran": None}, "E2 required"),
        ({"Peran": "raja"}, "E2 unknown_role"),
        ({"Unit": "XYZ"}, "F2 unknown_unit"),
        ({"Unit": None}, "F2 unit_required"),
        ({"Peran": "kepala_dinas"}, "F2 unit_not_wanted"),
        ({"Peran": "kepala_unit", "Unit": "SEK"}, "F2 seat_taken"),
        ({"Jenis": "Pj"}, "G2 unknown_jenis"),
        ({"Jenis": "Plt"}, "J2 letter_required"),
        ({"Mulai": "kemarin"}, "H2 bad_date"),
        ({"Mulai": "31-02-2026"}, "H2 bad_date"),
        ({"Mulai": "02-01-2026", "Selesai": "01-01-2026"}, "I2 end_before_start"),
    ],
)
def test_a_wrong_cell_of_the_staff_list_is_told(row: Values, told: str) -> None:
    assert staff(row) == [told]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"Unit": "DAL", "Nama": "Contoh Lain"}, "B3 nip_two_names"),
        ({}, "E3 row_twice"),
    ],
)
def test_a_row_of_the_staff_list_may_contradict_one_above_it(second: Values, told: str) -> None:
    assert staff({}, second) == [told]


def test_a_post_for_one_is_not_held_by_two() -> None:
    head: Values = {"Peran": "kepala_dinas", "Unit": None}

    assert staff(head, {**head, "Nama": "Contoh Lain", "NIP": "197001011995031001"}) == [
        "E3 two_holders"
    ]


def test_days_and_kinds_of_posts_are_read_as_people_write_them() -> None:
    row: Values = {
        **STAFF,
        "Jenis": "PLH.",
        "Nomor Surat": "800/1",
        "Mulai": "1-9-2026",
        "Selesai": Cell("I2", "date", "2026-11-30 00:00:00"),
    }

    (read,) = read_staff_sheet(table(STAFF_HEADINGS, row), OFFICE, "x")

    assert (read.jenis, read.mulai, read.selesai) == (
        "Plh", date(2026, 9, 1), date(2026, 11, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"Kode": None}, "A2 required"),
        ({"Kode": "SEK 01"}, "A2 bad_kode"),
        ({"Unit": None}, "B2 required"),
        ({"Unit": "XYZ"}, "B2 unknown_unit"),
        ({"Indikator": None}, "D2 required"),
        ({"Arah (+/-)": "naik"}, "F2 not_one_of"),
        ({"Frekuensi": None}, "G2 required"),
        ({"Desimal": Decimal(3)}, "I2 not_one_of"),
        ({"Batas": "100-0"}, "J2 bad_limits"),
        ({"Batas": "banyak"}, "J2 bad_limits"),
        ({"Boleh Negatif": "mungkin"}, "P2 not_one_of"),
        ({"Satuan": Cell("E2", "picture")}, "E2 cell_picture"),
        ({"Target Tahun": None}, "K2 required"),
        ({"Target Tahun": "banyak"}, "K2 not_a_number"),
        ({"Target Tahun": Decimal(-1)}, "K2 negative"),
        ({"Target Tahun": Decimal(0)}, "K2 target_zero"),
        ({"Target Tahun": "1.234"}, "K2 ambiguous"),
        ({"Target Tahun": "12 ribu"}, "K2 ambiguous"),
        ({"Desimal": Decimal(0)}, "K2 fraction"),
    ],
)
def test_a_wrong_cell_of_the_master_list_is_told(row: Values, told: str) -> None:
    assert indicators(row) == [told]


def test_a_code_stands_in_one_row_alone() -> None:
    assert indicators({}, {}) == ["A3 kode_twice"]


def test_limits_and_targets_of_an_indicator_are_read() -> None:
    row: Values = {**INDICATOR, "Batas": "0 – 100", "Target TW3": Decimal(70)}

    (read,) = read_master(table(INDICATOR_HEADINGS, row), OFFICE, "x")

    assert read.limits == (Decimal(0), Decimal(100))
    assert read.targets == (None, None, Decimal("70.00"), None)


@pytest.mark.parametrize(
    ("written", "may"), [("ya", True), ("Ya ", True), (None, False), ("", False)]
)
def test_a_figure_may_be_negative_where_the_list_says_so(written: str | None, may: bool) -> None:
    row: Values = {**INDICATOR, "Boleh Negatif": written}

    (read,) = read_master(table(INDICATOR_HEADINGS, row), OFFICE, "x")

    assert read.boleh_negatif is may


def test_a_list_of_the_former_version_has_no_such_column() -> None:
    (read,) = read_master(table(INDICATOR_HEADINGS[:-1], dict(INDICATOR)), OFFICE, "x")

    assert not read.boleh_negatif


@pytest.mark.parametrize(
    ("headings", "rows", "told"),
    [
        (STAFF_HEADINGS, 0, "holds no row under the headings"),
        (STAFF_HEADINGS, 5_001, "holds more than 5000 rows"),
        (STAFF_HEADINGS[1:], 1, "Nama: this column is missing; the headings stand in row 1"),
        (
            [*STAFF_HEADINGS, "nama"],
            1,
            "K1 (Nama): this heading stands twice (also in A1)",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_whole(headings: list[str], rows: int, told: str) -> None:
    sheet = table(headings, *[dict(STAFF)] * rows)

    with pytest.raises(ListInvalid) as refusal:
        read_staff_sheet(sheet, OFFICE, "pegawai.xlsx")

    assert str(refusal.value) == f"pegawai.xlsx: {told}"
