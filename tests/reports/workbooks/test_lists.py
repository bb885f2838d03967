from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from contoh.make import main as make_examples
from flows.forms.form import Indicator
from flows.forms.lists import ListInvalid, ListMistake
from flows.forms.staff_list import StaffRow
from flows.office.kantor import Office
from flows.office.people import Post
from reports.workbooks.lists import (
    read_indicators,
    read_staff,
    write_indicators,
    write_indicators_template,
    write_staff,
    write_staff_template,
)

ROOT = Path(__file__).parents[3]
STAFF = ["Nama", "NIP", "Pangkat/Golongan", "Jabatan", "Peran", "Unit", "Jenis", "Mulai",
         "Selesai", "Nomor Surat"]  # fmt: skip
INDICATORS = ["Kode", "Unit", "Sasaran", "Indikator", "Satuan", "Arah (+/-)", "Frekuensi",
              "Sifat", "Desimal", "Batas", "Target Tahun", "Target TW1", "Target TW2",
              "Target TW3", "Target TW4"]  # fmt: skip
SOUND: dict[str, Any] = {
    "Nama": "Contoh Pegawai", "NIP": "198508172010012001", "Pangkat/Golongan": "Penata, III/c",
    "Jabatan": "Staf", "Peran": "pelaksana", "Unit": "KBK",
}  # fmt: skip
FIGURES: dict[str, Any] = {
    "Kode": "SEK-01", "Unit": "SEK", "Sasaran": "Baik", "Indikator": "Nilai", "Satuan": "nilai",
    "Arah (+/-)": "+", "Frekuensi": "tahunan", "Sifat": "posisi", "Desimal": 2,
    "Target Tahun": 72.5, "Target TW1": 70,
}  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Office:
    return Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")


def workbook(path: Path, header: list[str], *rows: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header)
    for row in rows:
        sheet.append([row.get(heading) for heading in header])
    book.save(path)
    return path


def staff(folder: Path, *rows: dict[str, Any]) -> Path:
    return workbook(folder / "pegawai.xlsx", STAFF, *({**SOUND, **row} for row in rows))


def indicators(folder: Path, *rows: dict[str, Any]) -> Path:
    return workbook(folder / "indikator.xlsx", INDICATORS, *({**FIGURES, **row} for row in rows))


def refused_staff(path: Path, office: Office) -> tuple[ListMistake, ...]:
    with pytest.raises(ListInvalid) as refusal:
        read_staff(path, office)
    return refusal.value.mistakes


def refused_indicators(path: Path, office: Office) -> tuple[ListMistake, ...]:
    with pytest.raises(ListInvalid) as refusal:
        read_indicators(path, office)
    return refusal.value.mistakes


def test_the_example_list_names_fourteen_people_and_their_posts(office: Office) -> None:
    rows = read_staff(ROOT / "contoh" / "staff.xlsx", office)

    plt = next(row for row in rows if row.jenis == "Plt")
    assert len({row.person for row in rows}) == 14
    assert plt.post == Post("kepala_unit", "PPR")
    assert plt.surat.startswith("800.1.11/57/BKPSDM")
    assert {row.sapaan for row in rows} == {"Bapak", "Ibu"}


def test_the_example_master_list_names_37_indicators(office: Office) -> None:
    found = read_indicators(ROOT / "contoh" / "indicators.xlsx", office)

    by_unit = {unit: [i for i in found if i.unit == unit] for unit in office.unit_codes}
    assert {unit: len(of) for unit, of in by_unit.items()} == {
        "SEK": 7, "DAL": 8, "KBK": 9, "PPR": 6, "PPA": 7,
    }  # fmt: skip
    limited = {i.kode for i in found if i.limits == (Decimal(0), Decimal(100))}
    assert limited == {i.kode for i in found if i.satuan == "%"} - {"DAL-03"}


def test_the_example_files_come_from_the_script_byte_for_byte(tmp_path: Path) -> None:
    make_examples(tmp_path)

    for name in ("staff.xlsx", "indicators.xlsx", "realisasi.xlsx"):
        assert (tmp_path / name).read_bytes() == (ROOT / "contoh" / name).read_bytes()


def test_a_staff_list_written_is_read_back_the_same(tmp_path: Path, office: Office) -> None:
    given = (
        StaffRow(
            row=2,
            nama="Contoh Satu",
            nip="197001011995031001",
            pangkat="Pembina, IV/a",
            jabatan="Kepala Bidang",
            role="kepala_unit",
            unit="DAL",
            jenis="Plt",
            mulai=date(2026, 9, 1),
            selesai=date(2026, 11, 30),
            surat="=SUM(1) nomor 1",
        ),
        StaffRow(
            row=3,
            nama="Contoh Dua",
            nip=None,
            pangkat="",
            jabatan="Operator",
            role="operator",
            unit=None,
            jenis="definitif",
            mulai=None,
            selesai=None,
            surat="",
        ),
    )

    write_staff(tmp_path / "a.xlsx", given, office)

    assert read_staff(tmp_path / "a.xlsx", office) == given


def test_indicators_written_are_read_back_the_same(tmp_path: Path, office: Office) -> None:
    given = Indicator(
        kode="DAL-01",
        unit="DAL",
        sasaran="Terkendali",
        indikator="Angka kelahiran total",
        satuan="anak",
        arah="-",
        frekuensi="tahunan",
        sifat="posisi",
        desimal=2,
        limits=(Decimal(0), Decimal(100)),
        target_tahun=Decimal("2.20"),
        targets=(None, Decimal("0.00"), Decimal("2.25"), Decimal("2.20")),
        boleh_negatif=True,
    )

    write_indicators(tmp_path / "a.xlsx", [given], office)

    assert read_indicators(tmp_path / "a.xlsx", office) == (given,)


def test_the_templates_are_empty_lists_with_examples_apart(tmp_path: Path, office: Office) -> None:
    write_staff_template(tmp_path / "a.xlsx", office)
    write_indicators_template(tmp_path / "b.xlsx", office)

    assert [m.rule for m in refused_staff(tmp_path / "a.xlsx", office)] == ["empty_list"]
    assert [m.rule for m in refused_indicators(tmp_path / "b.xlsx", office)] == ["empty_list"]


@pytest.mark.parametrize("name", ["a.xlsx", "b.xlsx"])
def test_the_examples_of_the_templates_could_be_taken(
    tmp_path: Path, office: Office, name: str
) -> None:
    write_staff_template(tmp_path / "a.xlsx", office)
    write_indicators_template(tmp_path / "b.xlsx", office)
    book = openpyxl.load_workbook(tmp_path / name)
    del book[book.sheetnames[0]]
    book.save(tmp_path / name)

    read = {"a.xlsx": read_staff, "b.xlsx": read_indicators}[name]

    assert len(read(tmp_path / name, office)) == 2


def test_a_row_is_understood_as_people_write_it(tmp_path: Path, office: Office) -> None:
    path = staff(
        tmp_path,
        {"Nama": "  Contoh \u200b Satu ", "NIP": "19700101 199503 1 001", "Peran": "Kepala Bidang",
         "Unit": "dal", "Jenis": "PLT.", "Mulai": "1-9-2026", "Selesai": date(2026, 11, 30),
         "Nomor Surat": "800/1"},
        {"Peran": "Jabatan Pelaksana", "Unit": "Sekretariat", "Jabatan": None},
    )  # fmt: skip

    first, second = read_staff(path, office)

    assert first.nama == "Contoh Satu"
    assert first.nip == "197001011995031001"
    assert first.post == Post("kepala_unit", "DAL")
    assert (first.jenis, first.mulai, first.selesai) == (
        "Plt", date(2026, 9, 1), date(2026, 11, 30),
    )  # fmt: skip
    assert second.post == Post("pelaksana", "SEK")
    assert second.jabatan == "Pelaksana"


def test_headings_are_found_in_any_order_and_spelling(tmp_path: Path, office: Office) -> None:
    header = ["  nip", "NAMA", "Catatan", *STAFF[2:]]
    row = {**SOUND, "  nip": SOUND["NIP"], "NAMA": "Contoh Pegawai", "Catatan": "diabaikan"}

    (read,) = read_staff(workbook(tmp_path / "a.xlsx", header, row), office)

    assert read.nama == "Contoh Pegawai"


def test_blank_rows_between_are_passed_over(tmp_path: Path, office: Office) -> None:
    path = workbook(tmp_path / "a.xlsx", STAFF, SOUND, {}, {**SOUND, "Unit": "DAL"})

    assert [row.row for row in read_staff(path, office)] == [2, 4]


def test_missing_and_doubled_columns_are_told(tmp_path: Path, office: Office) -> None:
    header = ["Nama", "NIP", "nama", *STAFF[4:]]

    told = [str(m) for m in refused_staff(workbook(tmp_path / "a.xlsx", header, SOUND), office)]

    assert told == [
        "Pangkat/Golongan: this column is missing; the headings stand in row 1",
        "Jabatan: this column is missing; the headings stand in row 1",
        "C1 (Nama): this heading stands twice (also in A1)",
    ]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, office: Office) -> None:
    (tmp_path / "a.xlsx").write_text("Nama;NIP", "utf-8")

    assert refused_staff(tmp_path / "a.xlsx", office)[0].rule == "unreadable"
    assert refused_staff(tmp_path / "b.xlsx", office)[0].rule == "no_file"


def test_an_endless_list_is_refused(tmp_path: Path, office: Office) -> None:
    path = workbook(tmp_path / "a.xlsx", STAFF, *[SOUND] * 5001)

    assert [mistake.rule for mistake in refused_staff(path, office)] == ["too_many_rows"]


@pytest.mark.parametrize(
    ("fields", "cell", "rule"),
    [
        ({"Nama": None}, "A2", "required"),
        ({"Nama": "x" * 501}, "A2", "too_long"),
        ({"Nama": "#N/A"}, "A2", "cell_error"),
        ({"NIP": 198508172010012001}, "B2", "nip_number"),
        ({"NIP": "1,98508172010012E+17"}, "B2", "nip_number"),
        ({"NIP": "198513172010012001"}, "B2", "nip_invalid"),
        ({"NIP": None}, "B2", "required"),
        ({"Peran": "Staf"}, "E2", "unknown_role"),
        ({"Peran": None}, "E2", "required"),
        ({"Unit": "XYZ"}, "F2", "unknown_unit"),
        ({"Unit": None}, "F2", "unit_required"),
        ({"Peran": "sekretaris"}, "F2", "unit_not_wanted"),
        ({"Peran": "kepala_unit", "Unit": "SEK"}, "F2", "seat_taken"),
        ({"Jenis": "Pj"}, "G2", "unknown_jenis"),
        ({"Jenis": "Plh"}, "J2", "letter_required"),
        ({"Mulai": "2026/09/01"}, "H2", "bad_date"),
        ({"Mulai": "31-02-2026"}, "H2", "bad_date"),
        ({"Mulai": 46000}, "H2", "bad_date"),
        ({"Mulai": "02-09-2026", "Selesai": "01-09-2026"}, "I2", "end_before_start"),
    ],
)
def test_a_mistake_in_a_row_is_told_with_its_cell(
    tmp_path: Path, office: Office, fields: dict[str, Any], cell: str, rule: str
) -> None:
    told = refused_staff(staff(tmp_path, fields), office)

    assert [(mistake.cell, mistake.rule) for mistake in told] == [(cell, rule)]


def test_an_operator_needs_no_nip(tmp_path: Path, office: Office) -> None:
    path = staff(
        tmp_path,
        {"NIP": None, "Peran": "operator", "Unit": None},
        {"NIP": None, "Peran": "admin", "Unit": None},
    )

    first, second = read_staff(path, office)

    assert first.nip is None
    assert first.person == second.person


def test_a_mistake_is_worded_with_place_value_rule_and_example(
    tmp_path: Path, office: Office
) -> None:
    with pytest.raises(ListInvalid) as refusal:
        read_staff(staff(tmp_path, {"Peran": "Staf"}), office)

    assert str(refusal.value) == (
        "pegawai.xlsx: E2 (Peran, Contoh Pegawai): 'Staf' is no role; known: kepala_dinas, "
        "sekretaris, kasubag_perencanaan, kepala_unit, koordinator_data, pelaksana, operator, "
        "admin; example: pelaksana"
    )


def test_all_mistakes_of_all_rows_are_told_at_once(tmp_path: Path, office: Office) -> None:
    path = staff(tmp_path, {"NIP": 1, "Peran": "Staf"}, {"Unit": "XYZ", "Jenis": "Pj"})

    told = {(mistake.cell, mistake.rule) for mistake in refused_staff(path, office)}

    assert told == {
        ("B2", "nip_number"),
        ("E2", "unknown_role"),
        ("F3", "unknown_unit"),
        ("G3", "unknown_jenis"),
    }


def test_one_nip_under_two_names_is_told(tmp_path: Path, office: Office) -> None:
    path = staff(tmp_path, {"Nama": "Contoh Satu"}, {"Nama": "Contoh Dua", "Unit": "DAL"})

    (mistake,) = refused_staff(path, office)

    assert (mistake.cell, mistake.rule) == ("B3", "nip_two_names")
    assert mistake.detail == "Contoh Satu"


HEAD = {"Peran": "kepala_unit", "Unit": "DAL"}
OTHER = {"Nama": "Contoh Lain", "NIP": "197001011995031001"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"Selesai": "30-09-2026"}, {"Mulai": "30-09-2026"}),
        ({"Mulai": "01-01-2026"}, {"Selesai": "01-01-2026"}),
    ],
)
def test_two_definitif_holders_of_one_post_on_one_day_are_told(
    tmp_path: Path, office: Office, first: dict[str, Any], second: dict[str, Any]
) -> None:
    path = staff(tmp_path, {**HEAD, **first}, {**HEAD, **OTHER, **second})

    (mistake,) = refused_staff(path, office)

    assert (mistake.cell, mistake.rule) == ("E3", "two_holders")
    assert mistake.detail == "Contoh Pegawai (row 2)"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"Selesai": "30-09-2026"}, {"Mulai": "01-10-2026"}),
        ({}, {"Jenis": "Plh", "Nomor Surat": "800/1"}),
        ({}, {"Unit": "PPA"}),
        ({"Peran": "pelaksana"}, {"Peran": "pelaksana"}),
    ],
)
def test_holders_one_after_the_other_or_side_by_side_are_taken(
    tmp_path: Path, office: Office, first: dict[str, Any], second: dict[str, Any]
) -> None:
    path = staff(tmp_path, {**HEAD, **first}, {**HEAD, **OTHER, **second})

    assert len(read_staff(path, office)) == 2


def test_a_row_that_stands_twice_is_told(tmp_path: Path, office: Office) -> None:
    (mistake,) = refused_staff(staff(tmp_path, {}, {}), office)

    assert (mistake.cell, mistake.rule, mistake.detail) == ("E3", "row_twice", "2")


@pytest.mark.parametrize(
    ("fields", "cell", "rule"),
    [
        ({"Kode": None}, "A2", "required"),
        ({"Kode": "SEK 01"}, "A2", "bad_kode"),
        ({"Unit": None}, "B2", "required"),
        ({"Unit": "XYZ"}, "B2", "unknown_unit"),
        ({"Indikator": None}, "D2", "required"),
        ({"Satuan": None}, "E2", "required"),
        ({"Arah (+/-)": "naik"}, "F2", "not_one_of"),
        ({"Frekuensi": "harian"}, "G2", "not_one_of"),
        ({"Sifat": None}, "H2", "required"),
        ({"Desimal": 1}, "I2", "not_one_of"),
        ({"Batas": "0 sampai 100"}, "J2", "bad_limits"),
        ({"Batas": "100-0"}, "J2", "bad_limits"),
        ({"Target Tahun": None}, "K2", "required"),
        ({"Target Tahun": "banyak"}, "K2", "not_a_number"),
        ({"Target Tahun": "n/a"}, "K2", "not_a_number"),
        ({"Target TW1": 0}, "L2", "target_zero"),
        ({"Target TW1": -1}, "L2", "negative"),
        ({"Target TW2": "1.250"}, "M2", "ambiguous"),
        ({"Desimal": 0, "Target Tahun": 72, "Target TW3": 7.5}, "N2", "fraction"),
        ({"Desimal": 0, "Target Tahun": 72, "Target TW3": "7,5"}, "N2", "fraction"),
    ],
)
def test_a_mistake_in_an_indicator_is_told_with_its_cell(
    tmp_path: Path, office: Office, fields: dict[str, Any], cell: str, rule: str
) -> None:
    told = refused_indicators(indicators(tmp_path, fields), office)

    assert [(mistake.cell, mistake.rule) for mistake in told] == [(cell, rule)]


def test_a_kode_that_stands_twice_is_told(tmp_path: Path, office: Office) -> None:
    (mistake,) = refused_indicators(indicators(tmp_path, {}, {}), office)

    assert (mistake.cell, mistake.rule, mistake.detail) == ("A3", "kode_twice", "2")


def test_figures_are_read_exactly_and_open_targets_stay_open(
    tmp_path: Path, office: Office
) -> None:
    path = indicators(
        tmp_path,
        {"Target Tahun": "1.234,56", "Target TW1": 0.1, "Batas": "0–100"},
        {"Kode": "SEK-02", "Arah (+/-)": "−", "Target TW1": 0, "Desimal": "0",
         "Target Tahun": "11.853"},
    )  # fmt: skip

    first, second = read_indicators(path, office)

    assert first.target_tahun == Decimal("1234.56")
    assert first.targets == (Decimal("0.10"), None, None, None)
    assert first.limits == (Decimal(0), Decimal(100))
    assert second.target_tahun == Decimal(11853)
    assert (second.arah, second.targets[0]) == ("-", Decimal(0))
